"""Organisations and their members in the Wagtail admin."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from partners.models import Membership, Organisation
from tests.admin import address, edit, errors_of, new_row
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish, reread

pytestmark = pytest.mark.django_db

MEMBERSHIPS = "memberships:index"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


def test_every_field_can_be_edited(editor):
    form = editor.get(address(Organisation, "add")).context["form"]
    assert set(Organisation.content_fields) - set(form.fields) == set()


def test_other_names_have_their_years(editor):
    organisation = OrganisationFactory()
    edit(
        editor,
        organisation,
        "publish",
        **new_row("aliases", 0, name="Bistra", from_="1998", to="2004"),
        **new_row("aliases", 1, name="SRC"),
    )
    names = [{"name": "Bistra", "from": 1998, "to": 2004}, {"name": "SRC", "from": None, "to": None}]
    assert organisation.entry.record["aliases"] == names
    page = edit(editor, organisation, **new_row("aliases", 2, name="ZRS", from_="2004", to="1998"))
    assert errors_of(page) == {"aliases": ["Row 3, To: It ends before it begins."]}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"nuts": "SI999", "nuts_version": "2021"}, "nuts"),
        ({"nuts_version": "1066"}, "nuts_version"),
        ({"lat": "46"}, "lat"),
        ({"lat": "91", "lng": "15"}, "lat"),
        ({"lat": "nan", "lng": "15"}, "lat"),
        ({"lat": "46", "lng": "inf"}, "lng"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(editor, typed, field):
    organisation = OrganisationFactory()
    page = edit(editor, organisation, "publish", **typed)
    assert field in errors_of(page)
    assert not reread(organisation).live


def test_a_state_that_is_gone_is_a_country_too(editor):
    organisation = OrganisationFactory()
    edit(editor, organisation, "publish", country="CSXX")
    assert organisation.entry.record["places"][0]["country"] == "CSXX"


# Members


def test_somebody_joins_and_becomes_coordinator(editor):
    organisation, person = publish(OrganisationFactory()), UserFactory()
    typed = {"user": person.pk, "organisation": organisation.pk, "role": "member"}
    assert editor.post(reverse("memberships:add"), typed).status_code == 302
    membership = Membership.objects.get()
    editor.post(reverse("memberships:edit", args=[membership.pk]), typed | {"role": "coordinator"})
    assert person.memberships.get().role == "coordinator"


def test_nobody_joins_twice(editor):
    there = MembershipFactory()
    typed = {"user": there.user.pk, "organisation": there.organisation.pk, "role": "coordinator"}
    page = editor.post(reverse("memberships:add"), typed)
    assert page.status_code == 200
    assert Membership.objects.count() == 1


def test_somebody_leaves(editor):
    membership = MembershipFactory()
    assert editor.post(reverse("memberships:delete", args=[membership.pk])).status_code == 302
    assert Membership.objects.count() == 0


def test_members_stand_on_the_page_of_their_organisation(editor):
    membership = MembershipFactory()
    MembershipFactory()
    page = editor.get(address(membership.organisation, "edit")).content.decode()
    assert page.count(reverse("memberships:edit", args=[membership.pk])) == 1
    filtered = f"{reverse(MEMBERSHIPS)}?organisation={membership.organisation.pk}"
    assert filtered in page
    assert list(editor.get(filtered).context["object_list"]) == [membership]


def headings(page) -> list[str]:
    return [cell.get_text(strip=True) for cell in BeautifulSoup(page.content, "html.parser").select("table.listing th")]


def test_columns_have_the_names_of_their_fields(editor):
    publish(OrganisationFactory())
    MembershipFactory()
    assert "Type" in headings(editor.get(address(Organisation, "list")))
    assert headings(editor.get(reverse(MEMBERSHIPS))) == ["User", "Organisation", "Role", "Since"]


def test_members_are_found_by_name_and_by_organisation(editor):
    membership = MembershipFactory(user__last_name="Žnidaršič", organisation__name_english="Chamber of Nice")
    MembershipFactory()
    for words in ("nidar", "chamber"):
        assert list(editor.get(reverse(MEMBERSHIPS), {"q": words}).context["object_list"]) == [membership]


def test_the_list_of_members_costs_the_same_for_one_and_for_three(editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(reverse(MEMBERSHIPS)).status_code == 200
        return len(queries)

    MembershipFactory()
    queries()
    one = queries()
    MembershipFactory()
    MembershipFactory()
    assert queries() == one


def test_people_without_a_name_are_known_to_the_staff_by_their_address(editor):
    membership = MembershipFactory(user__first_name="", user__last_name="", user__email="k@example.org")

    for url in (reverse("memberships:index"), reverse("memberships:add"), address(membership.organisation, "edit")):
        assert "k@example.org" in editor.get(url).content.decode(), url
