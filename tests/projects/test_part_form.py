"""A coordinator writes what her organisation did in a project, as long as nobody else is at work on it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from projects import parts
from projects.models import Project
from projects.part_form import PartForm
from reviews import work as review_work
from tests.drafting import sent_from
from tests.factories import OrganisationFactory, ParticipationFactory, ResultFactory, UserFactory, publish, reread

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def address(organisation, project, step="edit"):
    return reverse(f"parts:{step}", args=[organisation.uid, project.uid])


def sent(project, organisation, user, **changes):
    form = PartForm(draft=project.latest_draft(), user=user, organisation=organisation)
    return sent_from(form, project, **changes)


def latest(project):
    return Project.objects.get(pk=project.pk).latest_draft()


def part(project, organisation):
    return parts.part_of(latest(project), organisation)


def by_an_editor(project, ema, **changes):
    draft = latest(project)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=ema)


def test_it_is_there_for_the_coordinator_of_a_partner_alone(client, ecole, bistra, graz, ida, nina, zala, ema):
    seen = {}
    for user in (ida, nina, zala, ema):
        client.force_login(user)
        seen[user.first_name] = [client.get(address(each, ecole)).status_code for each in (bistra, graz)]

    assert seen == {"Ida": [200, 404], "Zala": [404, 200], "Nina": [404, 404], "Ema": [404, 404]}


def test_a_project_in_which_it_takes_no_part_is_not_there(as_ida, bistra, graz):
    other, draft = (
        publish(ParticipationFactory(organisation=graz).project),
        ParticipationFactory(organisation=bistra).project,
    )

    assert [as_ida.get(address(bistra, each)).status_code for each in (other, draft)] == [404, 404]


def test_every_field_finds_its_place_and_nothing_else_changes(as_ida, ida, ecole, bistra, graz):
    before = latest(ecole).serializable_data()
    typed = {
        "role": "lead_partner",
        "contribution_en": "Advised ten areas.",
        "contribution_sl": "Svetovala desetim conam.",
        "joined": "2006-10-01",
        "left": "2008-03-31",
        "total_eligible_budget": "180 000,50",
        "cofinancing_amount": "135000",
        "cofinancing_rate": "75",
    }

    response = as_ida.post(address(bistra, ecole), sent(ecole, bistra, ida, **typed, action="save"))

    hers = part(ecole, bistra)
    assert (response.status_code, response.url) == (302, address(bistra, ecole))
    assert (hers.role, str(hers.joined), str(hers.left), hers.budget_basis) == (
        *("lead_partner", "2006-10-01", "2008-03-31"),
        "published",
    )
    assert hers.contribution.data == {"en": "Advised ten areas.", "sl": "Svetovala desetim conam."}
    assert [str(hers.total_eligible_budget), str(hers.cofinancing_amount)] == ["180000.50", "135000.00"]
    after = latest(ecole).serializable_data()
    of_wagtail = {"latest_revision", "has_unpublished_changes", "last_published_at", "live_revision", "saved"}
    assert {name for name in before if before[name] != after[name]} - of_wagtail == {"participations"}
    assert before["participations"][1] == after["participations"][1]
    assert ecole.entry.record["participations"][0]["contribution"] is None


def test_what_the_form_shows_it_gives_back_unchanged(client, ecole, graz, zala):
    client.force_login(zala)

    client.post(address(graz, ecole), sent(ecole, graz, zala))

    assert Project.objects.get().latest_revision_id == ecole.latest_revision_id


def test_what_the_papers_print_stays_as_they_print_it(as_ida, ida, bistra):
    printed = ParticipationFactory(organisation=bistra, source_document="ecole.txt", source_line=3)
    project = publish(printed.project)
    forged = {"role": "lead_partner", "total_eligible_budget": "1", "name_as_printed": "Mine"}

    as_ida.post(address(bistra, project), sent(project, bistra, ida, contribution_en="Advised.") | forged)

    hers = part(project, bistra)
    assert (hers.role, hers.total_eligible_budget, hers.name_as_printed) == ("partner", None, "RA Ptuj")
    assert hers.contribution.data == {"en": "Advised."}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"role": "king"}, "role"),
        ({"joined": "yesterday"}, "joined"),
        ({"joined": "2008-01-01", "left": "2007-01-01"}, "left"),
        ({"total_eligible_budget": "much"}, "total_eligible_budget"),
        ({"cofinancing_rate": "101"}, "cofinancing_rate"),
        ({"total_eligible_budget": "1", "cofinancing_amount": "2"}, "cofinancing_amount"),
        ({"contribution_sl": "a\x00b"}, "contribution_sl"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost(as_ida, ida, ecole, bistra, typed, field):
    response = as_ida.post(address(bistra, ecole), sent(ecole, bistra, ida, contribution_en="Kept as typed", **typed))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "Kept as typed" in response.content.decode()
    assert Project.objects.get().latest_revision_id == ecole.latest_revision_id


def test_a_foreign_id_in_any_field_has_no_effect(as_ida, ida, ecole, bistra):
    foreign = {"organisation": OrganisationFactory().pk, "project": "1", "uid": "1", "title_en": "x"}

    as_ida.post(address(bistra, ecole), sent(ecole, bistra, ida, contribution_en="Advised.") | foreign)

    draft = latest(ecole)
    assert (part(ecole, bistra).organisation, draft.uid, draft.title) == (bistra, ecole.uid, ecole.title)


# Beside others


def test_while_an_editor_is_at_work_there_is_no_form(as_ida, ida, ecole, bistra, ema):
    form = sent(ecole, bistra, ida, contribution_en="Typed before.")
    by_an_editor(ecole, ema, summary={"en": "Shorter."})

    page = as_ida.get(address(bistra, ecole)).content.decode()
    response = as_ida.post(address(bistra, ecole), form)

    assert "Somebody else is at work on this project" in page and "Ema Editor has changed it" in page
    assert (response.status_code, "Typed before." in response.content.decode()) == (409, True)
    assert part(ecole, bistra).contribution.data == {}
    assert as_ida.post(address(bistra, ecole, "submit")).status_code == 409
    assert as_ida.get(address(bistra, ecole, "preview")).context["sent"] == []


def test_with_the_editors_revision_in_hand_she_writes_nothing_either(ida, ecole, bistra, ema):
    by_an_editor(ecole, ema, acronym="OTHER")

    with pytest.raises(parts.SomebodyIsAtWork):
        parts.save(
            project=ecole,
            organisation=bistra,
            by=ida,
            edit=lambda draft: None,
            expected_revision=reread(ecole).latest_revision_id,
        )


def test_her_own_draft_of_this_part_goes_on(as_ida, ida, ecole, bistra):
    as_ida.post(address(bistra, ecole), sent(ecole, bistra, ida, contribution_en="First."))
    again = Project.objects.get()

    response = as_ida.post(address(bistra, ecole), sent(again, bistra, ida, contribution_en="Second."))

    assert (response.status_code, part(ecole, bistra).contribution.data) == (302, {"en": "Second."})


def test_another_partner_waits_until_her_draft_is_gone(client, ecole, bistra, graz, ida, zala):
    client.force_login(ida)
    client.post(address(bistra, ecole), sent(ecole, bistra, ida, contribution_en="First."))
    assert not parts.is_free(Project.objects.get(), graz)

    client.post(address(bistra, ecole), sent(Project.objects.get(), bistra, ida, contribution_en=""))
    assert parts.is_free(Project.objects.get(), graz)


def test_in_two_windows_the_second_sees_both_texts(as_ida, ida, ecole, bistra):
    first = sent(ecole, bistra, ida, contribution_en="Here.")
    as_ida.post(address(bistra, ecole), sent(ecole, bistra, ida, contribution_en="There."))

    response = as_ida.post(address(bistra, ecole), first)

    [difference] = response.context["differences"]
    assert (response.status_code, difference.mine, difference.theirs) == (409, "Here.", "There.")


def test_who_does_not_coordinate_writes_nothing(nina, ecole, bistra):
    with pytest.raises(PermissionDenied):
        parts.save(project=ecole, organisation=bistra, by=nina, edit=lambda draft: None, expected_revision=None)


def test_a_project_whose_parts_have_parts_is_free_after_every_publication(ecole, bistra):
    ResultFactory(project=ecole)
    publish(ecole)

    assert parts.is_free(Project.objects.get(), bistra)


# What comes of it


def test_the_preview_and_the_page_show_it(as_ida, client, ida, ecole, bistra):
    response = as_ida.post(
        address(bistra, ecole),
        sent(ecole, bistra, ida, contribution_en="Advised areas.", action="preview"),
        follow=True,
    )
    assert "Advised areas." in response.content.decode()

    publish(latest(ecole))

    assert "Advised areas." in client.get(f"/en/projects/{ecole.slug}/").content.decode()
    assert reread(ecole).entry.record["participations"][0]["contribution"] == {"en": "Advised areas."}


def test_a_reviewer_reads_the_project_as_it_would_be_and_publishes_it(client, ecole, bistra, graz, ida, zala):
    reviewer = UserFactory(role=User.Role.REVIEWER)
    client.force_login(ida)
    client.post(address(bistra, ecole), sent(ecole, bistra, ida, contribution_en="Advised areas.", action="submit"))
    submitted = Project.objects.get()
    assert "A reviewer reads it next" in client.get(address(bistra, ecole)).content.decode()
    client.force_login(zala)
    assert "Somebody else is at work" in client.get(address(graz, ecole)).content.decode()

    client.force_login(reviewer)
    review = reverse("reviews:review", args=[ecole.uid])
    read = client.get(review).content.decode()
    assert "Advised areas." in read
    assert f"You are reviewing what {bistra} says of its part." in read
    assert f"part of {bistra}" in reviewer.notifications.get().title
    assert [item.facts[0] for _place, item in review_work.of(reviewer)] == ["part in a project"]
    client.post(review, {"action": "approve", "revision": submitted.latest_revision_id})

    assert ecole.entry.record["participations"][0]["contribution"] == {"en": "Advised areas."}
    assert parts.is_free(Project.objects.get(), graz)


def test_an_address_in_it_is_told_beside_it(as_ida, ida, ecole, bistra):
    typed = sent(ecole, bistra, ida, contribution_en="Write to jana@example.org", action="submit")
    response = as_ida.post(address(bistra, ecole), typed, follow=True)

    assert list(response.context["form"].errors) == ["contribution_en"]


def test_the_form_costs_the_same_with_one_partner_and_three(as_ida, ida, ecole, bistra):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            as_ida.get(address(bistra, ecole))
        return len(queries)

    cost()
    before = cost()
    for _number in range(2):
        ParticipationFactory(project=ecole)
    publish(ecole)

    assert cost() == before


def test_letters_lead_to_the_part_of_her_organisation(as_ida, ecole, bistra, graz):
    assert as_ida.get(reverse("parts:mine", args=[ecole.uid])).url == address(bistra, ecole)
    other = publish(ParticipationFactory(organisation=graz).project)
    assert as_ida.get(reverse("parts:mine", args=[other.uid])).status_code == 404
