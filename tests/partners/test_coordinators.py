"""One coordinator at most: handing over, leaving, removing, asking for a place that is free; and who is named in public."""

from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import consents, erasure
from accounts.models import User
from notices.models import Notification
from operations.models import AuditEntry
from partners import joining, memberships
from partners.memberships import NAMED
from partners.models import JoinRequest, Membership, Organisation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def roles(organisation) -> dict[str, str]:
    return dict(organisation.memberships.values_list("user__first_name", "role"))


def told(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def closed(user) -> User:
    user.is_active = False
    user.save()
    return user


# Handing over


def test_she_hands_over_and_both_are_told(browser, bistra, ida, nina):
    address, heir = reverse("partners:hand_over", args=[bistra.uid]), nina.memberships.get()
    asked = browser(ida).get(f"{address}?to={heir.pk}")
    assert asked.context["form"]["to"].value() == str(heir.pk)
    assert roles(bistra) == {"Ida": "coordinator", "Nina": "member"}

    browser(ida).post(address, {"to": heir.pk})

    assert roles(bistra) == {"Ida": "member", "Nina": "coordinator"}
    assert (told(nina), told(ida)) == (["made-coordinator"], ["coordinator-changed"])
    assert AuditEntry.objects.values_list("what", "actor", "whom").get() == ("coordinator.made", ida.pk, nina.pk)
    assert browser(ida).post(address, {"to": heir.pk}).status_code == 404


@pytest.mark.parametrize("whom", ["nobody", "herself", "a stranger", "who has left the portal", "nonsense"])
def test_she_hands_over_to_a_colleague_alone(browser, bistra, ida, nina, whom):
    to = {
        "nobody": "",
        "herself": ida.memberships.get().pk,
        "a stranger": MembershipFactory().pk,
        "who has left the portal": closed(UserFactory(member_of=bistra)).memberships.get().pk,
        "nonsense": "1 OR 1",
    }[whom]

    page = browser(ida).post(reverse("partners:hand_over", args=[bistra.uid]), {"to": to})

    assert page.status_code == 422
    assert roles(bistra)["Ida"] == "coordinator"


def test_to_two_at_once_one_coordinates(together):
    organisation = publish(OrganisationFactory())
    ida = MembershipFactory(organisation=organisation, role="coordinator").user
    heirs = MembershipFactory.create_batch(2, organisation=organisation)

    def hand_over(to):
        try:
            memberships.hand_over(organisation=organisation, to=to, by=ida)
        except PermissionDenied:
            return "refused"
        return "done"

    assert sorted(together(*[lambda to=to: hand_over(to) for to in heirs])) == ["done", "refused"]
    assert organisation.memberships.filter(role="coordinator").count() == 1


# Leaving and removing


def test_a_member_leaves_at_any_time(browser, bistra, ida, nina):
    address = reverse("partners:leave", args=[bistra.uid])
    assert browser(nina).get(address).status_code == 200

    browser(nina).post(address)

    assert roles(bistra) == {"Ida": "coordinator"}
    assert told(ida) == ["member-left"]
    assert browser(nina).get(reverse("partners:people", args=[bistra.uid])).status_code == 404


def test_the_coordinator_hands_over_first(browser, bistra, ida, nina):
    page = browser(ida).post(reverse("partners:leave", args=[bistra.uid]))

    assert page.status_code == 422
    assert reverse("partners:hand_over", args=[bistra.uid]) in page.content.decode()
    assert roles(bistra)["Ida"] == "coordinator"


def test_the_last_one_may_go_and_nobody_coordinates_it(browser, bistra, ida, ema):
    closed(UserFactory(member_of=bistra))

    browser(ida).post(reverse("partners:leave", args=[bistra.uid]))

    assert list(Organisation.objects.without_coordinator()) == [bistra]
    assert told(ema) == ["without-coordinator"]
    assert Notification.objects.get(recipient=ema).path == f"/cms/memberships/?organisation={bistra.pk}"


def test_when_a_coordinator_has_her_account_erased_members_and_staff_hear_of_it(bistra, ida, nina, ema):
    erasure.erase(user=ida, by=ida)

    assert (told(nina), told(ema)) == (["without-coordinator"], ["without-coordinator"])
    assert Notification.objects.get(recipient=nina).path == f"my/organisations/{bistra.uid}/"


def test_the_coordinator_removes_a_member_who_is_told(browser, bistra, ida, nina):
    address = reverse("partners:remove", args=[bistra.uid, nina.memberships.get().pk])
    assert "Remove Nina Kos?" in browser(ida).get(address).content.decode()

    browser(ida).post(address)

    assert roles(bistra) == {"Ida": "coordinator"}
    assert told(nina) == ["member-removed"]


def test_nobody_else_removes_and_she_not_herself(browser, bistra, ida, nina, luka, ema):
    elsewhere = MembershipFactory(role="coordinator")
    hers, idas = nina.memberships.get(), ida.memberships.get()

    for person, organisation, whom in (
        *((person, bistra, hers) for person in (nina, luka, ema, elsewhere.user)),
        (elsewhere.user, elsewhere.organisation, hers),
        (ida, bistra, idas),
    ):
        address = reverse("partners:remove", args=[organisation.uid, whom.pk])
        assert browser(person).post(address).status_code == 404
        with pytest.raises(PermissionDenied):
            memberships.remove(membership=whom, by=person)
    assert len(roles(bistra)) == 2


# Where there is none


def test_a_closed_account_coordinates_nothing(bistra, ida, nina):
    assert not Organisation.objects.without_coordinator().exists()

    closed(ida)

    assert list(Organisation.objects.without_coordinator()) == [bistra]


def test_a_member_asks_for_the_free_place_and_the_staff_gives_it(browser, bistra, ida, nina, ema):
    closed(ida)
    page = browser(nina).get(reverse("partners:people", args=[bistra.uid]))
    assert reverse("partners:ask", args=[bistra.uid]) in page.content.decode()

    browser(nina).post(reverse("partners:ask", args=[bistra.uid]), {"message": "I know the firms."})
    request = JoinRequest.objects.get()
    assert (request.wants, told(ema)) == ("coordinator", ["asked-to-coordinate"])
    browser(ema).post(reverse("partners:decide", args=[request.pk]), {"action": "accept"})

    assert roles(bistra) == {"Ida": "member", "Nina": "coordinator"}
    assert told(nina) == ["made-coordinator"]


def test_a_taken_place_is_not_offered_and_cannot_be_asked_for(browser, bistra, ida, luka):
    page = browser(luka).post(reverse("partners:ask", args=[bistra.uid]), {"wants": "coordinator"})

    assert page.status_code == 302  # the form has one choice, and that was taken
    assert JoinRequest.objects.get().wants == "member"
    with pytest.raises(joining.PlaceTaken):
        joining.ask(organisation=bistra, by=UserFactory(), wants="coordinator")


def test_coordinators_do_not_decide_who_coordinates(bistra, ida, nina):
    closed(ida)
    request = joining.ask(organisation=bistra, by=nina, wants="coordinator")
    ida.is_active = True
    ida.save()

    assert not JoinRequest.objects.decidable_by(ida).exists()
    with pytest.raises(PermissionDenied):
        joining.accept(request=request, by=ida)


def test_she_who_came_back_keeps_the_place(browser, bistra, ida, nina, ema):
    closed(ida)
    request = joining.ask(organisation=bistra, by=nina, wants="coordinator")
    ida.is_active = True
    ida.save()

    page = browser(ema).post(reverse("partners:decide", args=[request.pk]), {"action": "accept", "answer": "Well"})

    assert page.status_code == 422
    assert "Well</textarea>" in page.content.decode()
    assert roles(bistra) == {"Ida": "coordinator", "Nina": "member"}


def test_two_ask_at_once_and_the_first_accepted_has_it(bistra, nina, luka, ema):
    first = joining.ask(organisation=bistra, by=nina, wants="coordinator")
    second = joining.ask(organisation=bistra, by=luka, wants="coordinator")

    joining.accept(request=second, by=ema)

    assert roles(bistra) == {"Nina": "member", "Luka": "coordinator"}
    assert told(nina) == ["coordinator-place-taken"]
    first.refresh_from_db()
    assert first.outcome == "declined"
    with pytest.raises(joining.Decided):
        joining.accept(request=first, by=ema)


def test_two_staff_who_accept_two_at_once_make_one_coordinator(together):
    organisation = publish(OrganisationFactory())
    staff = [UserFactory(role=User.Role.EDITOR) for _each in range(2)]
    requests = [joining.ask(organisation=organisation, by=UserFactory(), wants="coordinator") for _each in range(2)]

    def accept(request, by):
        client = Client()
        client.force_login(by)
        return client.post(reverse("partners:decide", args=[request.pk]), {"action": "accept"}).status_code

    pairs = zip(requests, staff, strict=True)
    assert together(*[lambda pair=pair: accept(*pair) for pair in pairs]) == [302, 302]
    assert organisation.memberships.filter(role="coordinator").count() == 1
    assert sorted(JoinRequest.objects.values_list("outcome", flat=True)) == ["accepted", "declined"]


# The constraint


def test_the_admin_says_so_beside_the_field(browser, bistra, ida, nina, ema):
    typed = {"user": nina.pk, "organisation": bistra.pk, "role": "coordinator"}

    page = browser(ema).post(reverse("memberships:edit", args=[nina.memberships.get().pk]), typed)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["role"]
    assert "Ida Zupan" in page.context["form"].errors["role"][0]


def test_of_several_the_earliest_stays(bistra, ida, nina):
    """What the migration does, before the constraint comes."""
    migration = import_module("partners.migrations.0005_one_coordinator")

    migration.keep_the_earliest(apps, None)

    assert roles(bistra) == {"Ida": "coordinator", "Nina": "member"}


# Seeing


def test_members_see_their_people_and_the_coordinator_the_tools(browser, bistra, ida, nina):
    address = reverse("partners:people", args=[bistra.uid])
    members, coordinators = browser(nina).get(address).content.decode(), browser(ida).get(address).content.decode()

    for name in ("Ida Zupan", "Nina Kos"):
        assert name in members and name in coordinators
    for tool in ("invite", "hand-over", "remove"):
        assert (f"/{tool}/" in members, f"/{tool}/" in coordinators) == (False, True)
    assert "nina@" not in coordinators


def test_others_learn_nothing_of_who_belongs(browser, bistra, ida, luka, ema):
    for person in (luka, ema, MembershipFactory(role="coordinator").user):
        for name in ("people", "name", "leave", "hand_over", "invite"):
            assert browser(person).get(reverse(f"partners:{name}", args=[bistra.uid])).status_code == 404


# Being named


def people_on(page) -> list[str]:
    facts = BeautifulSoup(page.content, "html.parser").select("section[aria-labelledby=people] dl > div")
    return [" ".join(fact.get_text(" ").split()) for fact in facts]


def page_of(organisation):
    return Client().get(f"/en/partners/{organisation.slug}/")


def test_nobody_is_named_who_did_not_agree(browser, bistra, ida, nina):
    assert people_on(page_of(bistra)) == []  # and the page is kept

    browser(nina).post(reverse("partners:name", args=[bistra.uid]), {"named": "yes"})
    assert people_on(page_of(bistra)) == ["Member Nina Kos"]
    assert consents.has(nina, NAMED, bistra.uid)
    assert "Nina" not in Client().get(f"/api/v1/partners/{bistra.uid}/").content.decode()

    browser(nina).post(reverse("partners:name", args=[bistra.uid]), {"named": "no"})
    assert people_on(page_of(bistra)) == []
    assert not consents.has(nina, NAMED, bistra.uid)


@pytest.mark.parametrize(
    "what", ["withdraws", "leaves", "is removed", "is renamed", "is closed", "is gone", "coordinates"]
)
def test_kept_pages_follow(what, bistra, ida, nina):
    memberships.be_named(organisation=bistra, by=nina, is_named=True)
    assert people_on(page_of(bistra)) == ["Member Nina Kos"]

    if what == "is renamed":
        nina.last_name = "Novak"
        nina.save()
    {
        "withdraws": lambda: consents.withdraw(nina, NAMED, bistra.uid),
        "leaves": lambda: memberships.leave(organisation=bistra, by=nina),
        "is removed": lambda: memberships.remove(membership=nina.memberships.get(), by=ida),
        "is renamed": lambda: None,
        "is closed": lambda: closed(nina),
        "is gone": nina.delete,
        "coordinates": lambda: memberships.hand_over(organisation=bistra, to=nina.memberships.get(), by=ida),
    }[what]()

    left = {"is renamed": ["Member Nina Novak"], "coordinates": ["Coordinator Nina Kos"]}
    assert people_on(page_of(bistra)) == left.get(what, [])
    if what in ("leaves", "is removed"):
        assert not consents.has(nina, NAMED, bistra.uid)


def test_she_alone_decides(browser, bistra, ida, nina, ema):
    browser(ida).post(reverse("partners:name", args=[bistra.uid]), {"named": "yes", "user": nina.pk})
    typed = {"user": nina.pk, "organisation": bistra.pk, "role": "member", "is_named": "on"}
    browser(ema).post(reverse("memberships:edit", args=[nina.memberships.get().pk]), typed)

    assert list(Membership.objects.named().values_list("user__first_name", flat=True)) == ["Ida"]


def test_the_page_of_an_organisation_costs_the_same_for_one_and_for_three(bistra, ida):
    def costs() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert page_of(bistra).status_code == 200
        return len(queries)

    def one_more():
        memberships.be_named(organisation=bistra, by=UserFactory(member_of=bistra), is_named=True)

    one_more()
    costs()
    one = costs()
    one_more()
    one_more()

    assert costs() == one <= 5


def test_signing_in_makes_no_page_anew(bistra, nina, django_assert_num_queries):
    memberships.be_named(organisation=bistra, by=nina, is_named=True)

    with django_assert_num_queries(1):
        nina.save(update_fields=["last_login"])


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_while_she_is_handed_the_organisation_is_gone_in_the_end(together, bistra, ida, nina, ema):
    """Neither waits for the other in a circle, which PostgreSQL would end with an error."""
    membership = bistra.memberships.get(user=nina)

    def hand_over():
        try:
            memberships.hand_over(organisation=bistra, to=membership, by=ida)
        except PermissionDenied:
            return "she was gone"
        return "handed over"

    erased, handed = together(lambda: erasure.erase(user=nina, by=nina), hand_over)

    assert erased
    assert roles(bistra) == ({"Ida": "coordinator"} if handed == "she was gone" else {"Ida": "member"})
