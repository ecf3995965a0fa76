"""A reviewer sees what is new before she reads the whole again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from catalogue import reviewing
from projects import parts
from projects.models import Project
from tests.factories import (
    GoodPracticeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    ResultFactory,
    UserFactory,
    publish,
    reread,
    texts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def organisation():
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def ida(organisation):
    return MembershipFactory(user=UserFactory(first_name="Ida"), organisation=organisation, role="coordinator").user


@pytest.fixture
def marta():
    return UserFactory(first_name="Marta", role=User.Role.REVIEWER)


@pytest.fixture
def practice(organisation, ida):
    return GoodPracticeFactory(organisation_in_charge=organisation, owner=ida)


def submit(record, by, **values):
    record = reread(record)

    def edit(draft):
        for name, value in values.items():
            setattr(draft, name, value)

    record = reviewing.save_draft(record=record, by=by, edit=edit, expected_revision=record.latest_revision_id)
    reviewing.submit(record=record, by=by)
    return hand_on(reread(record), by)


def hand_on(record, by):
    """Her organisation's own check is behind it."""
    step = record.current_workflow_task_state
    if reviewing.hands_on(step):
        reviewing.approve(record=record, by=by, revision=step.revision_id)
    return reread(record)


def decide(record, by, decision, **told):
    decision(record=record, by=by, revision=record.latest_revision_id, **told)
    return reread(record)


def sections(client, record, reader) -> dict[str, str]:
    """Heading → words, of what the review's page says of changes."""
    client.force_login(reader)
    page = client.get(reverse("reviews:review", args=[record.uid])).content.decode()
    found = re.findall(r'(?s)<section class="rail" aria-labelledby="changed-\w+">.*?</section>', page)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", section).split()) for section in found]
    headings = [re.search(r"<h2[^>]*>(.*?)</h2>", section)[1] for section in found]
    return dict(zip(headings, plain, strict=True))


def test_of_a_first_submission_nothing_is_public(client, practice, ida, marta):
    practice = submit(practice, ida, status="ended")

    told = sections(client, practice, marta)

    assert list(told) == ["What it changes"]
    assert "Nothing of it is public" in told["What it changes"]


def test_a_new_version_is_shown_beside_what_is_public(client, practice, ida, marta):
    practice = decide(submit(practice, ida, title=texts("A quiet yard", "Dvorišče")), marta, reviewing.approve)
    practice = submit(practice, ida, title=texts("A very quiet yard", "Dvorišče"))

    told = sections(client, practice, marta)

    assert list(told) == ["What it changes"]
    assert "Title English A added: very quiet yard" in told["What it changes"]
    assert "Slovenian" not in told["What it changes"]


def test_what_came_back_is_shown_beside_what_she_read(client, practice, ida, marta):
    practice = decide(submit(practice, ida, title=texts("A quiet yard", "Dvorišče")), marta, reviewing.approve)
    practice = decide(submit(practice, ida, status="ended"), marta, reviewing.send_back, message="Since when?")
    practice = submit(practice, ida, title=texts("A very quiet yard", "Dvorišče"))

    told = sections(client, practice, marta)

    assert list(told) == ["Since you last read it", "What it changes"]
    assert "A added: very quiet yard" in told["Since you last read it"]
    assert "Ended" not in told["Since you last read it"]
    assert "Status removed: Running added: Ended" in told["What it changes"]


def test_another_reviewer_sees_what_changed_since_it_was_sent_back(client, practice, ida, marta):
    practice = decide(submit(practice, ida, status="ended"), marta, reviewing.send_back, message="Since when?")
    practice = submit(practice, ida, title=texts("A very quiet yard", "Dvorišče"))

    told = sections(client, practice, UserFactory(role=User.Role.REVIEWER))

    assert list(told) == ["Since it was sent back", "What it changes"]
    assert "very quiet" in told["Since it was sent back"]


def test_of_a_project_only_the_part_under_review_is_shown(client, organisation, ida, marta):
    participation = ParticipationFactory(organisation=organisation, name_as_printed="ZRS Bistra")
    ResultFactory(project=participation.project)
    other = publish(OrganisationFactory(name_english="Town of Graz"))
    ParticipationFactory(project=participation.project, organisation=other)
    project = publish(participation.project)

    def edit(draft):
        parts.part_of(draft, organisation).contribution = texts("Advised ten areas.", "Svetovala conam.")

    known = {"project": project, "organisation": organisation, "by": ida}
    parts.save(**known, edit=edit, expected_revision=project.latest_revision_id)
    parts.submit(**known)

    [told] = sections(client, Project.objects.get(), marta).values()

    assert "What Bistra Ptuj says of its part, beside what is public now." in told
    assert "Changed Bistra Ptuj" in told
    assert "What it contributed English added: Advised ten areas." in told
    assert "Graz" not in told
    assert "Results" not in told


def test_the_comparison_costs_the_same_however_often_it_was_sent_back(client, practice, ida, marta):
    def queries():
        sections(client, practice, marta)
        with CaptureQueriesContext(connection) as asked:
            sections(client, practice, marta)
        return len(asked)

    for number in (1, 2, 3):
        practice = decide(submit(practice, ida, status="ended"), marta, reviewing.send_back, message="More.")
        practice = submit(practice, ida, title=texts(f"Yard {number}", "Dvorišče"))
        if number == 2:
            twice = queries()

    assert queries() == twice


def test_what_she_sent_back_before_she_approved_it_she_knows_from_what_is_public(client, practice, ida, marta):
    """Sent back, approved, and a second version submitted: nothing of it was sent back."""
    practice = decide(submit(practice, ida, status="ended"), marta, reviewing.send_back, message="Since when?")
    practice = decide(submit(practice, ida, title=texts("A quiet yard", "Dvorišče")), marta, reviewing.approve)
    practice = submit(practice, ida, title=texts("A very quiet yard", "Dvorišče"))

    told = sections(client, practice, marta)

    assert list(told) == ["What it changes"]


def test_what_was_published_past_its_review_she_knows_from_what_is_public(client, practice, ida, marta):
    practice = decide(submit(practice, ida, status="ended"), marta, reviewing.send_back, message="Since when?")
    practice = publish(practice)
    practice = submit(practice, ida, title=texts("A very quiet yard", "Dvorišče"))

    told = sections(client, practice, marta)

    assert list(told) == ["What it changes"]
