"""Whatever is edited in whatever order, what is stale is what the plain rule says."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import origins
from catalogue.reviewing import save_draft
from catalogue.texts import Text
from practices.models import BuildingBlock
from tests.factories import GoodPracticeFactory, UserFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]

FIELDS = ("summary", "how_it_works")
WORDS = st.sampled_from(["", "a", "b", "c"])
EDITS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(FIELDS), st.sampled_from(["en", "sl", "de"]), WORDS),
    st.tuples(st.just("part"), st.integers(0, 2), st.sampled_from(["en", "sl"]), WORDS),
    st.tuples(st.just("add")),
    st.tuples(st.just("turn")),
    st.tuples(st.just("drop"), st.integers(0, 2)),
)


@dataclass
class Plain:
    """Path → language → text; and of each translation every original that it is known to fit."""

    texts: dict = field(default_factory=dict)
    fits: set = field(default_factory=set)

    def saved(self, now: dict) -> None:
        for path, each in now.items():
            before = self.texts.get(path, {})
            source = each.get("en")
            for language, text in each.items():
                if language == "en" or not source:
                    continue
                never = not any(known[:3] == (path, language, text) for known in self.fits)
                if before.get(language) != text or (not before.get("en") and never):
                    self.fits.add((path, language, text, source))
        self.texts = now

    def stale(self) -> set:
        return {
            (path, language)
            for path, each in self.texts.items()
            for language, text in each.items()
            if language != "en" and each.get("en") and (path, language, text, each["en"]) not in self.fits
        }


def applied(draft, edit) -> None:
    match edit:
        case ("write", name, language, text):
            setattr(draft, name, Text({**Text.map_of(getattr(draft, name)), language: text}))
        case ("part", place, language, text):
            for part in list(draft.building_blocks.all())[place : place + 1]:
                part.title = Text({**Text.map_of(part.title), language: text})
        case ("add",):
            draft.building_blocks.set([*draft.building_blocks.all(), BuildingBlock(title={"en": "a", "sl": "b"})])
        case ("turn",):
            draft.building_blocks.set(list(draft.building_blocks.all())[::-1])
        case ("drop", place):
            draft.building_blocks.set([each for at, each in enumerate(draft.building_blocks.all()) if at != place])


@given(st.lists(st.lists(EDITS, min_size=1, max_size=4), max_size=8))
def test_what_is_stale_is_what_the_plain_rule_says(saves):
    nina = UserFactory()
    practice = GoodPracticeFactory(owner=nina, original_language="en")
    practice.save_revision(user=nina)
    plain = Plain()
    plain.saved(origins.texts_of(practice.latest_draft()))

    for edits in saves:

        def edit(draft, edits=edits):
            for each in edits:
                applied(draft, each)

        practice = save_draft(record=practice, by=nina, edit=edit, expected_revision=practice.latest_revision_id)
        draft = practice.latest_draft()
        plain.saved(origins.texts_of(draft))

        found = {(each.path, each.language) for each in origins.translations_of(draft) if each.is_stale}
        assert found == plain.stale()
