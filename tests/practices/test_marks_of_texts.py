"""Wherever a text of a practice is drawn that a machine made, or that is older than its original, it says so."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import TextOrigin
from practices import pdf
from tests.factories import (
    AttachmentFactory,
    BuildingBlockFactory,
    EvidenceFactory,
    GoodPracticeFactory,
    PracticeImageFactory,
    PracticeLinkFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    republish,
    reread,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

WORDS = "translated by a machine"


@pytest.fixture
def practice():
    """In English, and in Slovenian by a machine; two figures of one unit, so that they are drawn as bars."""
    practice = GoodPracticeFactory(
        original_language="en",
        title=texts("Heat", "Toplota"),
        summary=texts("Waste heat warms.", "Toplota greje."),
        how_it_works=texts("By a pipe.", "Po cevi."),
    )
    for part in (BuildingBlockFactory, PracticeImageFactory, PracticeLinkFactory, AttachmentFactory, EvidenceFactory):
        part(practice=practice)
    EvidenceFactory(practice=practice, indicator=texts("Firms moved", "Podjetja, ki so se preselila"), value=3)
    publish(reread(practice))
    TextOrigin.objects.filter(uid=practice.uid, language="sl").update(state="machine")
    return republish(reread(practice), challenges={"en": "Money."})


def page(client, practice, language="sl", **asked) -> str:
    with override(language):
        address = reverse("catalogue:record", args=["practices", practice.slug])
    return re.sub(r"\s+", " ", client.get(address).content.decode())


MARK = f'<small class="behind">({WORDS})</small>'


@pytest.mark.parametrize(
    "drawn",
    [
        '<span lang="sl">Podjetja, ki so dobila nasvet</span> MARK',
        "41 podjetij MARK",
        "Priročnik</a> MARK",
        "Pogodba</span> MARK",
        "Eno ime na vratih</span> MARK",
        "Toplota greje.</span> MARK",
        f'<span class="behind">Words of the figures: {WORDS}</span>',
        f'<span class="behind">Description of the picture: {WORDS}</span>',
    ],
)
def test_on_its_page_beside_each(client, practice, drawn):
    """Seen by a reader of English, whose texts are taken away: she reads the Slovenian ones."""
    practice.refresh_from_db()
    html = page(client, _in_slovenian_alone(practice), "en")

    assert drawn.replace("MARK", MARK) in html


def _in_slovenian_alone(practice):
    """The document as it stands, without its English texts."""
    entry = practice.entry
    document = json.loads(entry.document, object_hook=_without_english)
    entry.document = json.dumps(document | {"original_language": "en"})
    entry.card = json.dumps(json.loads(entry.card, object_hook=_without_english))
    entry.save(update_fields=["document", "card"])
    return practice


def _without_english(found: dict) -> dict:
    is_text = set(found) == {"en", "sl"} and all(isinstance(text, str) and "/" not in text for text in found.values())
    return {"sl": found["sl"]} if is_text else found


def test_in_lists_and_side_by_side(client, practice):
    other = _in_slovenian_alone(publish(GoodPracticeFactory(title=texts("Other", "Drugo"))))
    practice = _in_slovenian_alone(practice)

    listed = client.get("/en/practices/").content.decode()
    assert f"<span>{WORDS.capitalize()}</span>" in listed

    html = client.get(f"/en/practices/compare/?with={practice.uid}&with={other.uid}").content.decode()
    told = re.sub(r"\s+", " ", html)
    assert f"Toplota</a> {MARK}" in told
    assert f'Po cevi.</p></div><p class="behind">{WORDS.capitalize()}</p>' in told
    assert told.count("by a machine") == told.lower().count(WORDS) >= 8


def test_on_paper(practice):
    entry = _in_slovenian_alone(practice).entry
    version = entry.versions.get(number=2)
    version.document = entry.document
    with override("en"):
        told = json.dumps(pdf.content_of(version, entry, pdf.context_of(version, entry))[0], ensure_ascii=False)

    for text in (f"Priročnik ({WORDS})", f"nasvet ({WORDS})", f"podjetij ({WORDS})", f"vratih ({WORDS})"):
        assert text in told
    assert f'"lines": ["({WORDS})"]' in told


def test_a_result_of_a_project_is_marked_by_the_projects_own(client, practice):
    project = ProjectFactory(original_language="en")
    result = ResultFactory(project=project, text=texts("Guide", "Vodnik"))
    publish(reread(project))
    TextOrigin.objects.filter(uid=project.uid, path__contains="results", language="sl").update(state="machine")
    republish(reread(project), summary={"en": "A project."})
    practice = reread(practice)
    practice.projects.set([project])
    republish(practice, grew_from=[str(result.uid)])

    with override("sl"):
        html = page(client, reread(practice))

    assert re.search(r'Vodnik</a> <small class="behind">', html)


def test_what_is_a_persons_has_no_mark(client):
    practice = publish(GoodPracticeFactory(summary=texts("Waste heat warms.", "Toplota greje.")))

    assert 'class="behind"' not in page(client, practice)
