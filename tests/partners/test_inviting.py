"""Inviting colleagues by letter: who gets one, where its link leads, and for whom it is good."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts import invited as invited_by_letter
from accounts import personal_data
from accounts.models import User
from notices.models import Notification
from operations import retention
from operations.logs import SECRET_PATHS
from operations.models import AuditEntry
from partners import inviting, joining, memberships
from partners.models import Invitation, Membership, Organisation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.partners.factories import InvitationFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]

NOT_GOOD = "This invitation is not good any more"


def link_of(letter: Email) -> str:
    return re.search(r"/(?:en|sl)/invitations/\S+/$", letter.message, re.MULTILINE)[0]


@pytest.fixture
def invited(bistra, ida):
    """An invitation to Luka's address, and the path in its letter."""
    invitation = inviting.invite(organisation=bistra, email="Luka@Example.org ", by=ida)
    return invitation, link_of(Email.objects.get())


# The letter


def test_the_letter_says_who_invites_to_what_and_where_to_answer(browser, bistra, ida):
    answer = browser(ida).post(reverse("partners:invite", args=[bistra.uid]), {"email": "luka@example.org"})

    letter = Email.objects.get()
    assert answer.url == reverse("partners:people", args=[bistra.uid])
    assert letter.to == ["luka@example.org"]
    assert letter.subject == "Invitation to Bistra Ptuj at the MER portal"
    assert "Ida Zupan coordinates Bistra Ptuj" in letter.message
    assert f'href="{letter.message[letter.message.index("http") :].split()[0]}"' in letter.html_message
    assert letter.headers["Auto-Submitted"] == "auto-generated"
    assert AuditEntry.objects.get().what == "invitation.sent"


def test_the_letter_is_in_the_language_of_its_reader_or_else_of_who_invites(bistra, ida, luka):
    for user, language in ((ida, "sl"), (luka, "en")):
        user.language = language
        user.save()

    for email in (luka.email, "unknown@example.org"):
        inviting.invite(organisation=bistra, email=email, by=ida)

    links = [link_of(letter) for letter in Email.objects.order_by("pk")]
    assert [link.partition("invitations/")[0] for link in links] == ["/en/", "/sl/"]


def test_line_breaks_in_names_do_not_reach_the_head_of_a_letter(bistra, ida):
    bistra.name_english = "Bistra\r\nBcc: all@example.org"
    bistra.save()

    inviting.invite(organisation=bistra, email="luka@example.org", by=ida)

    assert Email.objects.get().subject == "Invitation to Bistra Bcc: all@example.org at the MER portal"


def test_the_secret_is_kept_as_a_digest_and_masked_in_the_log(invited):
    invitation, link = invited
    token = link.rstrip("/").rpartition("/")[2]

    assert len(token) >= 43  # 256 bits
    assert token not in str(Invitation.objects.values().get())
    assert SECRET_PATHS.sub(r"\1…", f"GET {link}") == "GET /en/invitations/…/"


@pytest.mark.parametrize("kind", ["unknown", "with an account", "a member"])
def test_every_address_is_answered_alike(browser, bistra, ida, nina, luka, kind):
    email = {"unknown": "new@example.org", "with an account": luka.email, "a member": nina.email}

    page = browser(ida).post(reverse("partners:invite", args=[bistra.uid]), {"email": email[kind]}, follow=True)

    assert f"The invitation to {email[kind]} is sent." in page.content.decode()
    assert [each.email for each in page.context["invitations"]] == [email[kind]]
    assert Email.objects.count() == (kind in ("unknown", "with an account"))
    assert not Notification.objects.exists()


def test_nobody_invites_herself(browser, bistra, ida):
    page = browser(ida).post(reverse("partners:invite", args=[bistra.uid]), {"email": ida.email.upper()})

    assert (page.status_code, page.context["form"].errors["email"]) == (422, ["This is your own address."])


def test_a_member_is_not_invited_to_where_she_belongs(browser, bistra, ida, nina):
    invitation = inviting.invite(organisation=bistra, email=nina.email, by=ida)
    address = reverse("partners:my_invitation", args=[invitation.pk])

    assert address not in browser(nina).get(reverse("notices:my_work")).content.decode()
    assert "You belong to Bistra Ptuj already." in browser(nina).get(address, follow=True).content.decode()


@pytest.mark.parametrize(
    "email", ["", "luka", "a@b\r\nBcc: c@example.org", "x" * 250 + "@example.org", "@", "a b@c.si"]
)
def test_what_is_no_address_stays_in_the_form(browser, bistra, ida, email):
    page = browser(ida).post(reverse("partners:invite", args=[bistra.uid]), {"email": email})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["email"])
    assert not Invitation.objects.exists()


def test_twenty_letters_a_day_are_enough(browser, bistra, ida):
    for _number in range(invited_by_letter.MOST_A_DAY):
        InvitationFactory(organisation=bistra, invited_by=ida)

    page = browser(ida).post(reverse("partners:invite", args=[bistra.uid]), {"email": "luka@example.org"})

    assert (page.status_code, "luka@example.org" in page.content.decode()) == (422, True)
    assert not Email.objects.exists()
    Invitation.objects.update(created=timezone.now() - timedelta(days=2))
    assert inviting.invite(organisation=bistra, email="luka@example.org", by=ida)


def test_only_the_coordinator_invites(browser, bistra, ida, nina, luka, ema):
    address = reverse("partners:invite", args=[bistra.uid])

    for person in (nina, luka, ema):
        assert browser(person).get(address).status_code == 404
        assert browser(person).post(address, {"email": "x@example.org"}).status_code == 404
        with pytest.raises(PermissionDenied):
            inviting.invite(organisation=bistra, email="x@example.org", by=person)
    assert not Invitation.objects.exists()


# Again, and no more


def test_sent_again_the_first_link_ends(client, bistra, ida, invited):
    invitation, first = invited
    Invitation.objects.update(sent=timezone.now() - timedelta(hours=2), expires=timezone.now())

    inviting.invite(organisation=bistra, email="luka@example.org", by=ida)

    assert Invitation.objects.get().expires > timezone.now() + timedelta(days=13)
    assert client.get(first).status_code == 404
    assert client.get(link_of(Email.objects.latest("pk"))).status_code == 200


def test_letters_again_are_few(browser, bistra, ida, invited):
    invitation, _link = invited
    address = reverse("partners:sent_invitation", args=[bistra.uid, invitation.pk])

    at_once = browser(ida).post(address, {"action": "send"}, follow=True)
    assert "Enough letters for now" in at_once.content.decode()
    for _hour in range(10):
        Invitation.objects.update(sent=timezone.now() - timedelta(hours=2))
        browser(ida).post(address, {"action": "send"})

    assert Email.objects.count() == invited_by_letter.MOST_LETTERS


def test_revoked_it_leads_nowhere(browser, client, bistra, ida, luka, invited):
    invitation, link = invited

    browser(ida).post(reverse("partners:sent_invitation", args=[bistra.uid, invitation.pk]), {"action": "revoke"})

    assert NOT_GOOD in client.get(link).content.decode()
    assert browser(luka).get(reverse("partners:my_invitation", args=[invitation.pk])).status_code == 404
    with pytest.raises(inviting.NotGood):
        inviting.accept(invitation=invitation, by=luka)


def test_nobody_else_sends_again_or_revokes(browser, bistra, ida, nina, luka, invited):
    invitation, _link = invited
    elsewhere = MembershipFactory(role="coordinator")

    for person, organisation in ((nina, bistra), (luka, bistra), (elsewhere.user, elsewhere.organisation)):
        address = reverse("partners:sent_invitation", args=[organisation.uid, invitation.pk])
        assert browser(person).post(address, {"action": "revoke"}).status_code == 404
    assert Invitation.objects.open().count() == 1


@pytest.mark.parametrize("case", ["gone", "account closed", "handed over"])
def test_it_is_good_as_long_as_who_invites_belongs_to_the_organisation(browser, bistra, ida, nina, luka, invited, case):
    invitation, link = invited
    memberships.hand_over(organisation=bistra, to=bistra.memberships.get(user=nina), by=ida)
    if case == "gone":
        memberships.leave(organisation=bistra, by=ida)
    elif case == "account closed":
        User.objects.filter(pk=ida.pk).update(is_active=False)

    answer = browser(luka).post(reverse("partners:my_invitation", args=[invitation.pk]), {"action": "accept"})

    assert answer.status_code == (302 if case == "handed over" else 404)
    assert bistra.memberships.filter(user=luka).exists() == (case == "handed over")


# The link


def test_a_visitor_is_told_what_it_is_and_led_to_sign_in_and_back(client, invited, luka):
    _invitation, link = invited

    page = client.get(link)

    html = page.content.decode()
    assert "You are invited to join Bistra Ptuj" in html and "Ida Zupan invites you." in html
    assert "luka@example.org" not in html.lower()
    assert f'href="/accounts/login/?next={link}"' in html and f'href="/accounts/signup/?next={link}"' in html
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"] and page["X-Robots-Tag"] == "noindex"
    assert client.post(link).status_code == 405


def test_opening_it_changes_nothing_and_a_button_accepts(browser, bistra, ida, luka, invited):
    invitation, link = invited

    opened = browser(luka).get(link, follow=True)
    assert opened.redirect_chain == [(reverse("partners:my_invitation", args=[invitation.pk]), 302)]
    assert not luka.memberships.exists()

    accepted = browser(luka).post(opened.redirect_chain[0][0], {"action": "accept"})

    assert accepted.url == reverse("partners:people", args=[bistra.uid])
    assert luka.memberships.get().role == "member"
    assert Notification.objects.get(recipient=ida).kind == "invitation-accepted"
    assert browser(luka).get(link).status_code == 404
    assert browser(luka).post(opened.redirect_chain[0][0], {"action": "accept"}).status_code == 404


def test_it_stands_on_my_work_of_whose_address_it_is(browser, luka, nina, invited):
    invitation, _link = invited
    address = reverse("partners:my_invitation", args=[invitation.pk])

    assert address in browser(luka).get(reverse("notices:my_work")).content.decode()
    assert address not in browser(nina).get(reverse("notices:my_work")).content.decode()


def test_declined_it_is_over(browser, bistra, luka, invited):
    invitation, link = invited

    browser(luka).post(reverse("partners:my_invitation", args=[invitation.pk]), {"action": "decline"})

    assert not luka.memberships.exists()
    assert browser(luka).get(link).status_code == 404


def test_with_another_address_nothing_happens_and_nobody_learns_which_it_was(browser, nina, invited):
    invitation, link = invited

    page = browser(nina).get(link)

    assert page.status_code == 403
    assert "This invitation was sent to another address" in page.content.decode()
    assert "luka" not in page.content.decode().lower()
    address = reverse("partners:my_invitation", args=[invitation.pk])
    assert browser(nina).get(address).status_code == browser(nina).post(address).status_code == 404
    with pytest.raises(inviting.AnotherAddress):
        inviting.accept(invitation=invitation, by=nina)


def test_an_address_that_is_not_confirmed_is_not_hers(browser, luka, invited):
    _invitation, link = invited
    EmailAddress.objects.filter(user=luka).update(verified=False)

    assert browser(luka).get(link).status_code == 403


def test_any_of_her_confirmed_addresses_is_hers(browser, nina, invited):
    _invitation, link = invited
    EmailAddress.objects.create(user=nina, email="luka@example.org", verified=True)

    assert browser(nina).get(link).status_code == 302


@pytest.mark.parametrize("what", ["expired", "accepted", "declined", "revoked", "edited", "unknown", "strange"])
@pytest.mark.parametrize("who", ["a visitor", "its owner", "another"])
def test_every_link_that_is_not_good_is_answered_alike(browser, what, who, luka, nina, invited):
    invitation, link = invited
    past = timezone.now() - timedelta(seconds=1)
    if what == "expired":
        Invitation.objects.update(created=past - timedelta(days=15), expires=past)
    elif what in ("accepted", "declined", "revoked"):
        Invitation.objects.update(**{what: past})
    else:
        token = link.rstrip("/").rpartition("/")[2]
        link = link.replace(
            token, {"edited": token[:-1] + "=", "unknown": "x" * 43, "strange": "%00%ff%F0%9F%8F%AD"}[what]
        )
    client = {"a visitor": Client, "its owner": lambda: browser(luka), "another": lambda: browser(nina)}[who]()

    page = client.get(link)

    assert (page.status_code, NOT_GOOD in page.content.decode()) == (404, True)
    assert "Bistra" not in page.content.decode()


def test_foreign_tokens_open_nothing_else(client, invited):
    _invitation, link = invited
    token = link.rstrip("/").rpartition("/")[2]

    assert client.get(reverse("notices:stop", args=[token])).status_code == 404


def test_what_she_had_asked_for_is_done_with_it(bistra, ida, luka, invited):
    request = joining.ask(organisation=bistra, by=luka)

    inviting.accept(invitation=invited[0], by=luka)

    request.refresh_from_db()
    assert (request.outcome, Membership.objects.filter(user=luka).count()) == ("accepted", 1)


def test_accepted_twice_at_once_she_belongs_once(together):
    organisation, luka = OrganisationFactory(), UserFactory()
    invitation = InvitationFactory(organisation=organisation, email=luka.email)

    def accept():
        try:
            return inviting.accept(invitation=invitation, by=luka) and "accepted"
        except inviting.NotGood:
            return "not good"

    assert sorted(together(accept, accept)) == ["accepted", "not good"]
    assert Membership.objects.filter(user=luka).count() == 1


# What is kept, and what it costs


def test_addresses_are_kept_no_longer_than_they_are_needed(bistra):
    ended = timezone.now() - timedelta(days=31)
    for over in ({"accepted": ended}, {"declined": ended}, {"revoked": ended}, {"expires": ended}):
        InvitationFactory(organisation=bistra, created=ended - timedelta(days=14), **over)
    InvitationFactory(organisation=bistra, accepted=timezone.now())
    InvitationFactory(organisation=bistra)

    retention.forget_due()

    assert Invitation.objects.count() == 2


def test_an_account_that_is_erased_leaves_no_address_here(bistra, ida, luka, invited):
    new = Organisation(name_original="Tehnološki park Sora", original_language="sl", country="SI")
    joining.register(organisation=new, by=luka)
    asked = joining.ask(organisation=bistra, by=luka)
    [kept] = [each for each in personal_data.all_kept() if each.name == "joining"]

    exported = kept.export(luka)
    kept.erase(luka)

    assert [each["organisation_name"] for each in exported["requests"]] == ["Tehnološki park Sora", "Bistra Ptuj"]
    assert [each["email"] for each in exported["invitations"]] == ["luka@example.org"]
    assert not Invitation.objects.exists()
    assert list(Organisation.objects.all()) == [bistra]
    asked.refresh_from_db()
    assert asked.outcome == "taken_back"


def test_lists_cost_the_same_for_one_and_for_three(browser, bistra, ida, luka):
    def costs() -> list[int]:
        numbers = []
        for person, name, *args in (
            (ida, "partners:people", bistra.uid),
            (luka, "partners:mine"),
            (luka, "notices:my_work"),
        ):
            client = browser(person)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name, args=args)).status_code == 200
            numbers.append(len(queries))
        return numbers

    def more():
        InvitationFactory(organisation=bistra)
        InvitationFactory(email=luka.email)

    more()
    costs()
    one = costs()
    more()
    more()

    assert costs() == one
    assert one[2] <= 10
