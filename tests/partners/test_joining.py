"""Asking to belong to an organisation, registering a new one, and who decides."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notices.models import Notification
from operations.models import AuditEntry
from partners import joining, memberships
from partners.models import JoinRequest, Membership, Organisation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish, withdraw
from tests.partners.factories import IndustrialAreaFactory, JoinRequestFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]

TYPED = {
    "name_original": "Tehnološki park Sora",
    "original_language": "sl",
    "name_english": "Sora Technology Park",
    "country": "SI",
    "town": "Škofja Loka",
    "website": "sora.example",
    "message": "We run the zone.",
}


def told(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def role_of(user, organisation) -> str | None:
    return Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()


# Asking


def test_a_stranger_asks_and_the_coordinator_accepts(browser, bistra, ida, luka):
    asking = browser(luka).post(reverse("partners:ask", args=[bistra.uid]), {"message": "I run the archive."})
    request = JoinRequest.objects.get()
    assert asking.url == reverse("partners:asked", args=[request.pk])
    assert told(ida) == ["asked-to-join"]
    assert "I run the archive." in browser(ida).get(reverse("notices:my_work")).content.decode()

    answer = {"action": "accept", "answer": "Welcome!"}
    browser(ida).post(reverse("partners:decide", args=[request.pk]), answer)

    assert role_of(luka, bistra) == "member"
    assert told(luka) == ["join-accepted"]
    request.refresh_from_db()
    assert (request.outcome, request.decided_by, request.answer) == ("accepted", ida, "Welcome!")
    acts = AuditEntry.objects.order_by("pk").values_list("what", "actor", "whom")
    assert list(acts) == [("membership.asked", luka.pk, None), ("membership.accepted", ida.pk, luka.pk)]


def test_declined_she_reads_why(browser, bistra, ida, luka):
    request = joining.ask(organisation=bistra, by=luka)

    browser(ida).post(reverse("partners:decide", args=[request.pk]), {"action": "decline", "answer": "Who are you?"})

    assert role_of(luka, bistra) is None
    assert told(luka) == ["join-declined"]
    page = browser(luka).get(reverse("partners:asked", args=[request.pk])).content.decode()
    assert "Who are you?" in page and "declined" in page


def test_where_nobody_coordinates_the_staff_is_asked(browser, bistra, nina, luka, ema):
    request = joining.ask(organisation=bistra, by=luka)

    assert (told(nina), told(ema)) == ([], ["asked-to-join"])
    assert "Luka Hribar" in browser(ema).get(reverse("notices:my_work")).content.decode()
    joining.accept(request=request, by=ema)
    assert role_of(luka, bistra) == "member"


def test_a_coordinators_requests_do_not_wait_for_the_staff_who_may_decide_all_the_same(bistra, ida, luka, ema):
    request = joining.ask(organisation=bistra, by=luka)

    assert told(ema) == []
    assert list(JoinRequest.objects.waiting_for(ema)) == []
    assert list(JoinRequest.objects.waiting_for(ida)) == list(JoinRequest.objects.decidable_by(ema)) == [request]


def test_asking_twice_is_asking_once(browser, bistra, luka):
    for _press in range(2):
        browser(luka).post(reverse("partners:ask", args=[bistra.uid]), {"wants": "member"})

    assert JoinRequest.objects.count() == 1


def test_two_presses_at_the_same_time_ask_once(together):
    bistra, luka = publish(OrganisationFactory()), UserFactory()

    requests = together(*[lambda: joining.ask(organisation=bistra, by=luka).pk] * 3)

    assert len(set(requests)) == JoinRequest.objects.count() == 1


def test_who_belongs_already_does_not_ask(browser, bistra, ida, nina):
    answer = browser(nina).get(reverse("partners:ask", args=[bistra.uid]))

    assert answer.url == reverse("partners:people", args=[bistra.uid])
    with pytest.raises(joining.Belongs):
        joining.ask(organisation=bistra, by=nina)


def test_she_is_told_to_which_she_belongs(browser, bistra, nina, luka):
    found = {
        user: browser(user).get(reverse("partners:join"), {"q": "bistra"}).content.decode() for user in (nina, luka)
    }

    ask = reverse("partners:ask", args=[bistra.uid])
    assert ("you belong to it" in found[nina], ask in found[nina]) == (True, False)
    assert ("you belong to it" in found[luka], ask in found[luka]) == (False, True)


def test_nobody_asks_without_end(browser, luka):
    for organisation in OrganisationFactory.create_batch(joining.MOST_A_DAY):
        JoinRequestFactory(user=luka, organisation=organisation, outcome="declined", decided=timezone.now())
    other = publish(OrganisationFactory())

    page = browser(luka).post(reverse("partners:ask", args=[other.uid]), {"wants": "member", "message": "Please"})

    assert page.status_code == 422
    assert "Please</textarea>" in page.content.decode()
    assert not other.join_requests.exists()


def test_too_long_a_message_stays_in_the_form(browser, bistra, ida, luka):
    page = browser(luka).post(reverse("partners:ask", args=[bistra.uid]), {"message": "x" * 1001})

    assert page.status_code == 422
    assert "x" * 1001 in page.content.decode()


def test_she_takes_it_back(browser, bistra, ida, luka):
    request = joining.ask(organisation=bistra, by=luka)

    browser(luka).post(reverse("partners:asked", args=[request.pk]))

    request.refresh_from_db()
    assert request.outcome == "taken_back"
    with pytest.raises(joining.Decided):
        joining.accept(request=request, by=ida)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_there_cannot_be_joined(browser, luka, state):
    hidden = OrganisationFactory()
    if state == "withdrawn":
        MembershipFactory(organisation=hidden)
        withdraw(publish(hidden))

    assert browser(luka).get(reverse("partners:ask", args=[hidden.uid])).status_code == 404
    with pytest.raises(PermissionDenied):
        joining.ask(organisation=hidden, by=luka)


# Deciding


def test_nobody_else_decides(browser, bistra, ida, nina, luka):
    request = joining.ask(organisation=bistra, by=luka)
    elsewhere = MembershipFactory(role="coordinator").user

    for person in (luka, nina, elsewhere):
        address = reverse("partners:decide", args=[request.pk])
        assert browser(person).get(address).status_code == 404
        assert browser(person).post(address, {"action": "accept"}).status_code == 404
        with pytest.raises(PermissionDenied):
            joining.accept(request=request, by=person)
    assert role_of(luka, bistra) is None


def test_staff_do_not_accept_themselves(bistra, ema):
    request = joining.ask(organisation=bistra, by=ema)

    with pytest.raises(PermissionDenied):
        joining.accept(request=request, by=ema)


def test_a_second_press_finds_it_decided(browser, bistra, ida, luka):
    request = joining.ask(organisation=bistra, by=luka)
    address = reverse("partners:decide", args=[request.pk])
    first = browser(ida).post(address, {"action": "accept"})

    second = browser(ida).post(address, {"action": "decline"}, follow=True)

    assert first.status_code == 302
    assert "has been decided already" in second.content.decode()
    assert role_of(luka, bistra) == "member"


def test_an_act_that_is_none_decides_nothing(browser, bistra, ida, luka):
    request = joining.ask(organisation=bistra, by=luka)

    page = browser(ida).post(reverse("partners:decide", args=[request.pk]), {"action": "explode", "answer": "Hm"})

    assert (page.status_code, "Hm</textarea>" in page.content.decode()) == (422, True)
    assert JoinRequest.objects.open().count() == 1


# Registering


def registered(browser, user, **more) -> JoinRequest:
    browser(user).post(reverse("partners:register"), TYPED | more)
    return JoinRequest.objects.latest("pk")


def test_an_organisation_is_registered_and_accepted(browser, luka, ema):
    request = registered(browser, luka)
    organisation = request.organisation

    assert (organisation.live, organisation.website, str(organisation)) == (
        False,
        "https://sora.example",
        "Sora Technology Park",
    )
    assert told(ema) == ["organisation-registered"]
    assert browser(luka).get(reverse("partners:people", args=[organisation.uid])).status_code == 404

    joining.accept(request=request, by=ema, answer="Welcome!")

    assert role_of(luka, organisation) == "coordinator"
    assert told(luka) == ["made-coordinator"]
    assert Organisation.objects.joinable().filter(pk=organisation.pk).exists()  # for her colleagues


def test_declined_it_is_deleted_and_told_why(browser, luka, ema):
    request = registered(browser, luka)

    answer = {"action": "decline", "answer": "It is no organisation."}
    browser(ema).post(reverse("partners:decide", args=[request.pk]), answer)

    assert not Organisation.objects.exists()
    page = browser(luka).get(reverse("partners:asked", args=[request.pk])).content.decode()
    assert "Sora Technology Park" in page and "It is no organisation." in page


def test_taken_back_it_is_deleted(browser, luka):
    request = registered(browser, luka)

    joining.take_back(request=request, by=luka)

    assert not Organisation.objects.exists()


def test_what_an_editor_made_of_it_meanwhile_stays(browser, luka, ema):
    request = registered(browser, luka)
    publish(request.organisation)

    joining.decline(request=request, by=ema)

    assert Organisation.objects.get().live


def test_what_others_use_meanwhile_stays_as_a_draft(browser, luka, ema):
    request = registered(browser, luka)
    IndustrialAreaFactory(manager=request.organisation)

    joining.decline(request=request, by=ema)

    assert Organisation.objects.get().live is False


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name_original": ""}, "name_original"),
        ({"name_original": "\u200b \u3000"}, "name_original"),
        ({"name_original": "x" * 251}, "name_original"),
        ({"name_english": "write to info@sora.example"}, "name_english"),
        ({"name_original": "Sora\u202egro.cba"}, "name_original"),
        ({"country": "XX"}, "country"),
        ({"country": ""}, "country"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "http://["}, "website"),
        ({"original_language": "tlh"}, "original_language"),
        ({"partner_type": "castle"}, "partner_type"),
        ({"abbreviation": "x" * 61}, "abbreviation"),
        ({"message": "x" * 1001}, "message"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(browser, luka, typed, field):
    page = browser(luka).post(reverse("partners:register"), TYPED | typed)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "Škofja Loka" in page.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Park\r\nBcc: all@x\r\n".replace("@", " at "), "Park Bcc: all at x"),
        ("🏭 " * 60, " ".join(["🏭"] * 60)),
        ("منطقة صناعية", "منطقة صناعية"),
        ("x" * 250, "x" * 250),
    ],
)
def test_names_of_any_script_stand_on_one_line(browser, luka, typed, kept):
    request = registered(browser, luka, name_original=typed, name_english="")

    assert request.organisation.name_original == kept
    assert request.organisation_name == kept


def test_nobody_registers_without_end(browser, luka):
    for number in range(joining.MOST_OPEN_REGISTRATIONS):
        registered(browser, luka, name_original="αβγ"[number] * 9, name_english="")

    page = browser(luka).post(reverse("partners:register"), TYPED)

    assert page.status_code == 422
    assert Organisation.objects.count() == joining.MOST_OPEN_REGISTRATIONS


# Once


def test_none_is_made_twice_unless_it_is_another(browser, luka, bistra):
    typed = TYPED | {"name_original": "Zrs Bistra – Ptuj", "name_english": ""}

    page = browser(luka).post(reverse("partners:register"), typed)
    assert page.status_code == 422
    assert [each.pk for each in page.context["alike"]] == [bistra.pk]
    assert Organisation.objects.count() == 1

    unticked = typed | {"seen": [str(bistra.uid)]}
    assert browser(luka).post(reverse("partners:register"), unticked).status_code == 422
    unseen = typed | {"none_of_these": "yes", "seen": [str(uuid4()), "nonsense"]}
    assert browser(luka).post(reverse("partners:register"), unseen).status_code == 422

    assert browser(luka).post(reverse("partners:register"), unticked | {"none_of_these": "yes"}).status_code == 302
    assert Organisation.objects.count() == 2


def test_two_who_register_the_same_at_once_make_one(together):
    people = UserFactory.create_batch(2)

    def register(user):
        organisation = Organisation(name_original="Tehnološki park Sora", original_language="sl", country="SI")
        try:
            return joining.register(organisation=organisation, by=user)
        except joining.Alike as found:
            return [str(each) for each in found.organisations]

    answers = together(*[lambda user=user: register(user) for user in people])

    assert Organisation.objects.count() == 1
    assert ["Tehnološki park Sora"] in answers


# What it costs


def test_lists_cost_the_same_for_one_and_for_three(browser, bistra, ida, luka):
    def costs(person, *addresses) -> list[int]:
        client, numbers = browser(person), []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
        return numbers

    def all_costs():
        coordinator = costs(ida, reverse("partners:people", args=[bistra.uid]), reverse("notices:my_work"))
        return coordinator + costs(luka, reverse("partners:mine"), f"{reverse('partners:join')}?q=razvojna")

    def more():
        joining.ask(organisation=bistra, by=UserFactory())
        MembershipFactory(organisation=bistra)
        JoinRequestFactory(user=luka, organisation=publish(OrganisationFactory()))
        MembershipFactory(user=luka)

    more()
    all_costs()
    one = all_costs()
    more()
    more()

    assert all_costs() == one
    assert one[1] <= 10


def test_who_was_invited_meanwhile_has_nothing_left_to_ask(bistra, ida, luka):
    request = joining.ask(organisation=bistra, by=luka)
    memberships.admit(organisation=bistra, user=luka)

    joining.settle(organisation=bistra, user=luka, by=luka)

    request.refresh_from_db()
    assert request.outcome == "accepted"
