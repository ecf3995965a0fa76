"""Practices in the Wagtail admin: every field, and parts that stay the same when they are edited."""

import pytest

from practices.models import GoodPractice
from tests.admin import address, edit, new_part
from tests.factories import (
    AdminFactory,
    BuildingBlockFactory,
    EvidenceFactory,
    GoodPracticeFactory,
    PracticeLinkFactory,
    UserFactory,
    publish,
    reread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


@pytest.fixture
def practice():
    """A public one with parts of each kind."""
    practice = GoodPracticeFactory()
    for part in (BuildingBlockFactory, EvidenceFactory, PracticeLinkFactory):
        part(practice=practice)
    return publish(reread(practice))


def test_every_field_can_be_edited(desk):
    form = desk.get(address(GoodPractice, "add")).context["form"]

    assert set(GoodPractice.content_fields) - set(form.fields) == set()
    for name in ("building_blocks", "evidence", "links"):
        formset = form.formsets[name]
        hidden = {"id", "uid", "sort_order", formset.fk.name}
        editable = {field.name for field in formset.model._meta.fields} - hidden
        assert editable - set(formset.empty_form.fields) == set(), name


def test_the_ledger_cannot_be_edited_but_for_the_organisation(desk):
    form = desk.get(address(GoodPractice, "add")).context["form"]

    assert set(GoodPractice.ledger_fields) & set(form.fields) == {"organisation_in_charge"}


def test_parts_keep_their_uid_when_they_are_edited_and_published(desk, practice):
    before = [practice.building_blocks.get().uid, practice.evidence.get().uid, practice.links.get().uid]

    changes = {
        "building_blocks-0-title_0": "A minute each",
        "evidence-0-value": "42.5",
        "links-0-url": "https://plan.example/",
    }
    edit(desk, practice, "publish", **changes)

    practice = reread(practice)
    block, evidence, link = practice.building_blocks.get(), practice.evidence.get(), practice.links.get()
    assert [block.uid, evidence.uid, link.uid] == before
    document = practice.entry.record
    assert document["building_blocks"][0]["title"]["en"] == "A minute each"
    assert (document["evidence"][0]["value"], document["links"][0]["url"]) == ("42.5", "https://plan.example/")


def test_a_block_is_added(desk, practice):
    edit(desk, practice, "publish", **new_part("building_blocks", 1, title_0="Threads on a plan"))

    assert [str(block) for block in reread(practice).building_blocks.all()] == [
        "One name on the door",
        "Threads on a plan",
    ]


def test_goals_and_branches_are_chosen(desk, practice):
    edit(desk, practice, "publish", sdgs=["17", "9"], nace=["C"])

    assert (reread(practice).sdgs, practice.nace) == ([9, 17], ["C"])


@pytest.mark.parametrize(
    ("field", "typed"),
    [("resources_setup_amount", "-1"), ("resources_setup_currency", "eur"), ("resources_running_year", "20")],
)
def test_what_cannot_be_is_refused_beside_its_field(desk, practice, field, typed):
    page = edit(desk, practice, **{field: typed})

    assert list(page.context["form"].errors) == [field]


def test_two_revisions_are_compared(desk, practice):
    older = practice.latest_revision_id
    edit(desk, practice, "publish", challenges_0="Winter.", **{"building_blocks-0-title_0": "A minute each"})

    newer = reread(practice).latest_revision_id
    page = desk.get(address(practice, "revisions_compare", older, newer))

    assert (page.status_code, "A minute each" in page.content.decode()) == (200, True)


def test_staff_withdraws_what_is_public_while_its_next_version_is_reviewed(client, practice):
    client.force_login(UserFactory(role="Editors"))
    author = practice.owner or UserFactory(member_of=practice.organisation_in_charge)
    practice.save_revision(user=author)
    reread(practice).get_workflow().start(reread(practice), author)
    assert address(practice, "unpublish") in client.get(address(practice, "edit")).content.decode()

    answer = client.post(address(practice, "unpublish"), {"reason": "personal_data"})

    assert answer["Location"] == address(GoodPractice, "list")
    assert not reread(practice).live
    assert practice.entry.reason == "personal_data"
