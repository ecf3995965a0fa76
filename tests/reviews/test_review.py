"""The pages of organisations, their areas and their part in projects go the way of practices: written by the coordinator, read
by an expert, published.
"""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import WorkflowContentType, WorkflowState

from accounts.models import User
from catalogue import reviewing
from catalogue.models import Entry
from notices.models import Notification
from partners.models import IndustrialArea, Organisation
from practices.models import GoodPractice
from projects.models import Project
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    UserFactory,
    publish,
    reread,
)
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def organisation(db):
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def ida(organisation):
    ida = UserFactory(first_name="Ida", last_name="Kos", mail=User.Mail.ALL)
    MembershipFactory(user=ida, organisation=organisation, role="coordinator")
    return ida


@pytest.fixture
def marta(db):
    return UserFactory(first_name="Marta", role=User.Role.REVIEWER)


@pytest.fixture
def editor(db):
    return UserFactory(role=User.Role.EDITOR)


def save(record, by, **values):
    def edit(draft):
        for name, value in values.items():
            setattr(draft, name, value)

    reread(record)
    return reviewing.save_draft(record=record, by=by, edit=edit, expected_revision=record.latest_revision_id)


def submitted(record, by, **values):
    record = save(record, by, **values)
    reviewing.submit(record=record, by=by)
    return reread(record)


@pytest.fixture
def area(organisation):
    return publish(IndustrialAreaFactory(manager=organisation))


@pytest.fixture
def project(organisation):
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    return publish(project)


# Who


def test_coordinators_alone_write_what_is_their_organisations(ida, editor, marta, organisation, area, project):
    member, stranger = UserFactory(member_of=organisation), MembershipFactory(role="coordinator").user

    for record in (organisation, area, project):
        records = type(record).objects
        assert list(records.editable_by(ida)) == [record]
        for other in (member, stranger, editor, marta):
            assert record not in records.editable_by(other)
            with pytest.raises(PermissionDenied):
                save(record, other, topics=["green-marketing"])


def test_areas_alone_may_be_withdrawn_by_those_who_write_them(ida, organisation, area, project):
    for record in (organisation, project):
        with pytest.raises(PermissionDenied):
            reviewing.withdraw(record=record, by=ida)

    reviewing.withdraw(record=area, by=ida)
    assert Entry.objects.get(uid=area.uid).is_visible is False


def test_nobody_reviews_what_is_of_her_organisation(ida, organisation, area, project):
    colleague = UserFactory(role=User.Role.REVIEWER, member_of=organisation)

    for record in (organisation, area, project):
        record = submitted(record, ida, topics=["green-marketing"])
        with pytest.raises(PermissionDenied):
            reviewing.approve(record=record, by=colleague, revision=record.latest_revision_id)


def test_who_wrote_a_page_before_she_left_does_not_review_it(ida, marta, organisation, area, project):
    hers = MembershipFactory(user=marta, organisation=organisation)
    for record in (organisation, area, project):
        ida.memberships.update(role="member")
        hers.role = "coordinator"
        hers.save()
        save(record, marta, topics=["green-marketing"])
        hers.delete()
        ida.memberships.update(role="coordinator")
        record = submitted(record, ida, keywords=["yard"])

        assert list(type(record).objects.reviewable_by(marta)) == list(record.reviewers(ida)) == []
        with pytest.raises(PermissionDenied):
            reviewing.approve(record=record, by=marta, revision=record.latest_revision_id)


# The way


def test_what_the_coordinator_writes_is_public_when_a_reviewer_has_approved_it(ida, marta, organisation, area, project):
    for record in (organisation, area, project):
        record = submitted(record, ida, topics=["green-marketing"])
        assert list(type(record).objects.reviewable_by(marta)) == [record]
        assert Entry.objects.get(uid=record.uid).record["topics"] != ["green-marketing"]

        reviewing.approve(record=record, by=marta, revision=record.latest_revision_id)

        assert Entry.objects.get(uid=record.uid).record["topics"] == ["green-marketing"]
        assert list(type(record).objects.reviewable_by(marta)) == []


def test_what_the_former_coordinator_submitted_again_waits_for_the_new_one(ida, marta, organisation):
    record = submitted(organisation, ida, topics=["green-marketing"])
    reviewing.take_back(record=record, by=ida)
    ida.memberships.update(role="member")
    MembershipFactory(organisation=organisation, role="coordinator")

    with pytest.raises(PermissionDenied):
        reviewing.submit(record=record, by=ida)


def test_a_page_with_gaps_is_not_submitted(ida, organisation):
    with pytest.raises(reviewing.NotReady):
        submitted(organisation, ida, name_original="", name_english="")
    assert not WorkflowState.objects.for_instance(organisation).exists()


def test_parts_of_a_record_are_content_too(ida, marta, organisation, project):
    def edit(draft):
        [part] = draft.participations.all()
        part.name_as_printed = "ZRS Bistra"
        draft.participations = [part]

    saved = reviewing.save_draft(record=project, by=ida, edit=edit, expected_revision=project.latest_revision_id)
    assert saved.has_unpublished_changes
    reviewing.submit(record=saved, by=ida)
    reviewing.approve(record=saved, by=marta, revision=reread(saved).latest_revision_id)

    [part] = Entry.objects.get(uid=project.uid).record["participations"]
    assert part["name_as_printed"] == "ZRS Bistra"


# Pages and letters


def test_the_reviewer_reads_each_as_the_public_would(client, ida, marta, organisation, area, project):
    client.force_login(marta)
    for record, template in ((organisation, "partner"), (area, "area"), (project, "project")):
        record = submitted(record, ida, topics=["green-marketing"])
        address = reverse("reviews:review", args=[record.uid])

        page = client.get(address)
        assert page.status_code == 200
        assert page.templates[1].name.endswith(f"/{template}.html")
        assert "Approve and publish" in page.content.decode()

        step = page.context["step"]
        sent = {"action": "approve", "revision": step.revision_id, "step": step.pk}
        assert "Approved: it is public now." in client.post(address, sent, follow=True).content.decode()
        assert "You have decided on this already." in client.post(address, sent, follow=True).content.decode()


def test_to_others_the_review_is_not_there(client, ida, editor, organisation):
    record = submitted(organisation, ida, topics=["green-marketing"])

    for user in (ida, editor, UserFactory(member_of=organisation)):
        client.force_login(user)
        assert client.get(reverse("reviews:review", args=[record.uid])).status_code == 404


def test_the_review_costs_the_same_however_much_waits(client, ida, marta, organisation):
    record = submitted(organisation, ida, topics=["green-marketing"])
    client.force_login(marta)
    address = reverse("reviews:review", args=[record.uid])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    cost()
    before = cost()
    for _number in range(3):
        submitted(publish(IndustrialAreaFactory(manager=organisation)), ida, topics=["green-marketing"])
    assert cost() == before


def my_work(client, user):
    client.force_login(user)
    groups = client.get(reverse("notices:my_work")).context["groups"]
    return {(group.place.value, item.symbol, item.title, item.url) for group in groups for item in group.items}


def test_my_work_shows_every_kind_at_its_step(client, ida, marta, organisation, area):
    title, page = "Bistra Ptuj", f"/en/my/organisations/{organisation.uid}/page/"
    save(organisation, ida, topics=["green-marketing"])
    area = submitted(area, ida, topics=["green-marketing"])

    hers = my_work(client, ida)
    assert ("drafts", "partner", title, page) in hers
    assert ("in-review", "area", str(area), f"/en/my/areas/{area.uid}/") in hers
    assert ("published", "partner", title, f"/en/partners/{organisation.slug}/") in hers
    assert my_work(client, marta) == {("waits-for-you", "area", str(area), f"/en/my/reviews/{area.uid}/")}


def test_an_editors_draft_of_a_project_is_none_of_the_partners(client, ida, editor, project):
    project.title = {"en": "Confidential"}
    project.save_revision(user=editor)

    assert [title for _place, _symbol, title, _url in my_work(client, ida) if title == "Confidential"] == []


def test_my_work_costs_the_same_with_all_kinds(client, ida, marta, organisation, area, project):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            my_work(client, ida)
        return len([query for query in captured if "SESSION" not in query["sql"].upper()])

    cost()
    before = cost()
    for record in (organisation, area, project):
        submitted(record, ida, topics=["green-marketing"])
    for _number in range(3):
        save(publish(IndustrialAreaFactory(manager=organisation)), ida, topics=["green-marketing"])
    assert cost() == before


def test_people_hear_of_every_kind(ida, marta, organisation, area):
    record = submitted(organisation, ida, topics=["green-marketing"])
    reviewing.send_back(record=record, by=marta, revision=record.latest_revision_id, message="Which street?")
    area = submitted(area, ida, topics=["green-marketing"])
    reviewing.approve(record=area, by=marta, revision=area.latest_revision_id)

    told = Notification.objects.order_by("pk").values_list("kind", "recipient", "about_kind", "path")
    assert list(told) == [
        ("record-submitted", marta.pk, "partners", f"my/reviews/{organisation.uid}/"),
        ("record-sent-back", ida.pk, "partners", f"my/organisations/{organisation.uid}/page/"),
        ("record-submitted", marta.pk, "areas", f"my/reviews/{area.uid}/"),
        ("record-published", ida.pk, "areas", f"/id/{area.uid}/"),
    ]


def test_the_coordinator_hears_that_an_editor_withdrew_her_area(ida, editor, area):
    area.unpublish(user=editor)

    assert Notification.objects.get(kind="record-withdrawn").recipient == ida


# The editors' desk


@pytest.mark.parametrize("model", [GoodPractice, Organisation, IndustrialArea, Project])
def test_editors_publish_and_submit_nothing_at_their_desk(client, editor, model):
    client.force_login(editor)
    page = client.get(reverse(f"{model.snippet_viewset.url_namespace}:add")).content.decode()

    assert 'name="action-publish"' in page
    assert 'name="action-submit"' not in page


def test_what_is_under_review_is_locked_for_editors_too(client, ida, marta, editor, organisation):
    record = submitted(organisation, ida, topics=["green-marketing"])
    client.force_login(editor)
    views = Organisation.snippet_viewset.url_namespace

    def desk():
        return client.get(reverse(f"{views}:edit", args=[organisation.pk])).content.decode()

    assert 'name="action-publish"' not in desk()
    reviewing.send_back(record=record, by=marta, revision=record.latest_revision_id, message="Which street?")
    assert 'name="action-publish"' in desk()


# The migration


def test_without_the_workflow_reviews_end_and_drafts_stay(ida, organisation):
    migration = import_module("practices.migrations.0009_partners_and_projects_are_reviewed")
    record = submitted(organisation, ida, topics=["green-marketing"])

    migration.review_them_no_more(apps, None)

    assert WorkflowContentType.objects.get().workflow.name == "Review of good practices"
    assert WorkflowState.objects.for_instance(record).get().status == "cancelled"
    assert record.latest_draft().topics == ["green-marketing"]
    with pytest.raises(ImproperlyConfigured):
        reviewing.submit(record=record, by=ida)

    migration.review_them(apps, None)
    assert reviewing.submit(record=record, by=ida) is True
