"""Which practices stand beside a practice, in which order, and for which reason."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.places import place
from catalogue.surroundings import Surroundings
from practices.similar import similar_lines
from tests.events.factories import AgendaItemFactory, EventFactory
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

HERE, ELSEWHERE = [place("SI", town="Ptuj")], [place("IT", town="Prato")]


def practice(title: str, *, projects=(), **fields):
    made = GoodPracticeFactory(title={"en": title}, **{"topics": ["green-marketing"], "places": ELSEWHERE} | fields)
    made.projects.add(*projects)
    made.save()
    return publish(made)


def beside(record) -> list[tuple[str, list[str]]]:
    document = record.entry.record
    return [(each["title"], each["meta"]) for each in similar_lines(document, Surroundings(document))]


def test_what_has_most_in_common_stands_first_and_says_why():
    project, organisation = publish(ProjectFactory(acronym="ECOLE")), publish(OrganisationFactory())
    mine = {"topics": ["circular-economy", "clusters-and-sme-services"], "places": HERE}
    here = practice("Here", projects=[project], organisation_in_charge=organisation, **mine)
    practice("Topic and country", topics=["circular-economy"], places=HERE)
    practice("Project", projects=[project])
    practice("Both topics", topics=["clusters-and-sme-services", "circular-economy"])
    practice("Nothing")

    assert beside(here) == [
        ("Project", ["From the same project: ECOLE"]),
        ("Both topics", ["Also about: Circular economy, Clusters and SME services"]),
        ("Topic and country", ["Also about: Circular economy", "From the same country: Slovenia"]),
    ]


def test_what_was_shown_at_the_same_event_says_so():
    here, together = practice("Here", topics=[], places=HERE), practice("Together")
    event = EventFactory()
    AgendaItemFactory(event=event, practices=[here, together])
    publish(event)

    assert beside(here) == [("Together", ["Shown at the same event"])]
    withdraw(event)
    assert beside(here) == []


def test_neither_drafts_nor_what_was_withdrawn_stand_beside():
    here = practice("Here")
    GoodPracticeFactory(topics=["green-marketing"]).save_revision()
    withdraw(practice("Gone"))

    assert beside(here) == []


def test_the_page_of_a_practice_asks_four_times_at_most(client):
    project = publish(ResultFactory(project=ProjectFactory()).project)
    here = practice("Here", projects=[project], organisation_in_charge=publish(OrganisationFactory()))
    for number in range(4):
        practice(f"Like it {number}", projects=[project])
    event = EventFactory()
    AgendaItemFactory(event=event, practices=[here])
    publish(event)
    client.get(f"/en/practices/{here.slug}/")
    caches["pages"].clear()

    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/en/practices/{here.slug}/").content.decode()

    assert len(asked) <= 4
    assert "/v/1/" in page
    assert page.count("From the same project") == 3
