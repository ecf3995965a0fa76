"""Invented histories: whatever happens, and whenever a harvester looks, it ends with what is published."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.codes import Topic
from catalogue.models import CatalogueState, Entry
from catalogue.serializers import utc
from tests.factories import GoodPracticeFactory, publish, republish, texts, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]

TOPICS = [Topic.GREEN_MARKETING.value, Topic.CIRCULAR_ECONOMY.value]
SETS = ["", "kind:practices", *(f"topic:{topic}" for topic in TOPICS)]

which = st.integers(0, 4)
topics = st.lists(st.sampled_from(TOPICS), unique=True)
steps = st.one_of(
    st.tuples(st.just("create"), which, topics),
    st.tuples(st.just("edit"), which, topics),
    st.tuples(st.just("rename"), which, topics),
    st.tuples(st.just("withdraw"), which, topics),
    st.tuples(st.just("wait"), which, topics),
    st.tuples(st.just("harvest"), which, topics),
)


class History:
    def __init__(self, monkeypatch):
        self.now, self.records = datetime(2026, 6, 1, tzinfo=UTC), []
        monkeypatch.setattr("catalogue.models.state.timezone", SimpleNamespace(now=lambda: self.now))

    def happen(self, what: str, number: int, topics: list[str]) -> None:
        self.now += timedelta(seconds=0.3 if what != "wait" else 5)
        record = self.records[number % len(self.records)] if self.records else None
        if what == "create":
            self.records.append(publish(GoodPracticeFactory(topics=topics)))
        elif what == "edit" and record:
            republish(record, topics=topics)
        elif what == "rename" and record:
            republish(record, title=texts(f"{self.now}", f"{self.now}"))
        elif what == "withdraw" and record and record.live:
            withdraw(record)


@given(history=st.lists(steps, min_size=3, max_size=14), size=st.integers(1, 4))
def test_a_mirror_is_what_is_published(pages, page_of, monkeypatch, history, size):
    page_of(size)
    Entry.objects.all().delete()
    CatalogueState.objects.update(modified=None)
    world, mirrors, dates = History(monkeypatch), {spec: {} for spec in SETS}, dict.fromkeys(SETS, "")

    def harvest() -> None:
        for spec in SETS:
            asked = {name: value for name, value in (("set", spec), ("from_", dates[spec])) if value}
            found = pages("ListIdentifiers", **asked)
            dates[spec] = found[0].date
            for header in (header for page in found for header in page.headers):
                if header.deleted:
                    mirrors[spec].pop(header.uid, None)
                else:
                    mirrors[spec][header.uid] = header.datestamp

    for what, number, its_topics in history:
        world.happen(what, number, its_topics) if what != "harvest" else harvest()
    harvest()

    for spec in SETS:
        visible = Entry.objects.visible()
        if spec.startswith("topic:"):
            visible = visible.with_facet("topic", [spec.removeprefix("topic:")])
        assert mirrors[spec] == {str(entry.uid): utc(entry.modified) for entry in visible}
