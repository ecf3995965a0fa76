"""Who answers for a record: its people, and staff where there are none."""

import pytest

from feedback import people
from feedback.models import Suggestion
from tests.factories import (
    AdminFactory,
    GoodPracticeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    UserFactory,
    publish,
)
from tests.partners.factories import IndustrialAreaFactory

pytestmark = pytest.mark.django_db


def answering(record) -> list:
    return people.who_answer_for(record.entry.kind, record.uid)


def test_for_a_practice_its_owner_and_the_coordinator_of_the_organisation_in_charge(practice, nina, ida, organisation):
    UserFactory(member_of=organisation)

    assert answering(practice) == [nina, ida]


def test_for_an_organisation_and_its_areas_its_coordinator(organisation, ida, eva):
    assert answering(organisation) == [ida]
    assert answering(publish(IndustrialAreaFactory(manager=organisation))) == [ida]


def test_for_a_project_the_coordinators_of_those_who_take_part_the_lead_first(organisation, ida):
    lead = MembershipFactory(role="coordinator", organisation=publish(OrganisationFactory()))
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    ParticipationFactory(project=project, organisation=lead.organisation, role="lead_partner")

    assert answering(publish(project)) == [lead.user, ida]


def test_for_everything_else_staff(eva):
    admin = AdminFactory()
    AdminFactory(is_active=False)

    assert set(answering(publish(ProgrammeFactory()))) == {eva, admin}
    assert set(answering(publish(GoodPracticeFactory()))) == {eva, admin}


def test_staff_stands_in_for_those_who_are_gone(practice, nina, ida, eva, settings):
    for user in (nina, ida):
        user.is_active = False
        user.save()
    assert answering(practice) == [eva]

    demo = UserFactory(is_demo=True)
    practice.owner = demo
    type(practice).objects.filter(pk=practice.pk).update_ledger(owner=demo)
    assert answering(practice) == [eva]
    settings.DEMO = True
    assert answering(practice) == [demo]


def test_the_rows_say_the_same_as_the_people(practice, nina, ida, eva, luka, suggestion):
    """The one query that finds what waits for a person, and the list of those who are told."""
    rows = [suggestion(), suggestion(about_kind="programmes", about_uid=publish(ProgrammeFactory()).uid)]

    for row in rows:
        told = people.who_answer_for(row.about_kind, row.about_uid)
        for user in (nina, ida, eva, luka):
            assert (row in Suggestion.objects.waiting_for(user)) == (user in told)
    assert [len(Suggestion.objects.answerable_by(user)) for user in (nina, ida, eva, luka)] == [1, 1, 2, 0]
