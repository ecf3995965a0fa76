"""Inviting to write a practice together: the letter, its link, and how many letters there may be."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts import invited, personal_data
from accounts.erasure import erase
from accounts.invited import AnotherAddress, NotGood, TooMany
from accounts.models import InvitationLetter
from catalogue import reviewing
from notices.models import Notification
from operations import retention
from operations.logs import SECRET_PATHS
from operations.models import AuditEntry
from practices import co_authors
from practices.models import CoAuthorInvitation
from tests.practices.writing import begun
from tests.practices.written_together import address, browser

pytestmark = [pytest.mark.core, pytest.mark.django_db]
NOT_GOOD = "This invitation is not good any more"


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


def link() -> str:
    return re.search(r"/(?:en|sl)/write-with/\S+/$", Email.objects.latest("pk").message, re.MULTILINE)[0]


# The letter, and its link


def test_whoever_may_write_it_invites_by_letter(practice, nina):
    answer = browser(nina).post(address("people", practice), {"email": "Zala@Example.org "}, follow=True)

    letter = Email.objects.get()
    assert [each.email for each in answer.context["invitations"]] == ["zala@example.org"]
    assert letter.to == ["zala@example.org"]
    assert letter.subject == "Invitation to write “Open-yard day” at the MER portal"
    assert "Nina Kos writes a good practice" in letter.message
    assert "Firms open their gates." not in letter.message + letter.html_message
    assert AuditEntry.objects.latest("pk").what == "invitation.sent"
    assert SECRET_PATHS.sub(r"\1…", f"GET {link()}") == "GET /en/write-with/…/"


def test_others_neither_see_the_page_nor_invite(practice, luka, marta, editor):
    for person in (luka, marta, editor):
        for view in ("people", "leave"):
            assert browser(person).get(address(view, practice)).status_code == 404
        with pytest.raises(PermissionDenied):
            co_authors.invite(practice=practice, email="x@example.org", by=person)
    assert not CoAuthorInvitation.objects.exists()


@pytest.mark.parametrize("kind", ["unknown", "with an account", "who writes it already"])
def test_every_address_is_answered_alike(practice, nina, janez, zala, kind):
    email = {"unknown": "new@example.org", "with an account": zala.email, "who writes it already": janez.email}[kind]

    page = browser(nina).post(address("people", practice), {"email": email}, follow=True)

    told = f"A letter goes to {email}, unless that is somebody who writes this practice already."
    assert told in page.content.decode()
    assert [each.email for each in page.context["invitations"]] == [email]
    assert Email.objects.count() == (kind != "who writes it already")


def test_who_may_write_it_already_is_not_invited_to_it(practice, nina, janez, zala, invitation):
    hers = co_authors.invite(practice=practice, email=janez.email, by=nina)
    his = reverse("practices:my_co_author_invitation", args=[hers.pk])

    assert his not in browser(janez).get(reverse("notices:my_work")).content.decode()
    for page in (browser(janez).get(his, follow=True), browser(janez).post(his, {"action": "accept"}, follow=True)):
        assert page.redirect_chain == [(address("edit", practice), 302)]
        assert "You write this practice already" in page.content.decode()
    assert not practice.co_authors.exists()
    hers = reverse("practices:my_co_author_invitation", args=[invitation.pk])
    assert hers in browser(zala).get(reverse("notices:my_work")).content.decode()


@pytest.mark.parametrize("email", ["", "zala", "a@b\r\nBcc: c@example.org", "nina@example.org"])
def test_what_is_no_address_of_a_colleague_stays_in_the_form(practice, nina, email):
    page = browser(nina).post(address("people", practice), {"email": email})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["email"])


def test_a_visitor_is_led_to_sign_in_and_back(client, invitation):
    page = client.get(link())

    html = page.content.decode()
    assert "You are invited to write “Open-yard day”" in html and "Nina Kos invites you." in html
    assert f'href="/accounts/login/?next={link()}"' in html
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("strict-origin", "noindex")
    assert "no-store" in page["Cache-Control"]
    assert client.post(link()).status_code == 405


def test_opening_it_changes_nothing_and_a_button_accepts(practice, nina, zala, invitation):
    zala_s = browser(zala)

    opened = zala_s.get(link(), follow=True)
    assert opened.redirect_chain == [(reverse("practices:my_co_author_invitation", args=[invitation.pk]), 302)]
    assert not practice.is_written_by(zala)
    accepted = zala_s.post(opened.redirect_chain[0][0], {"action": "accept"})

    assert accepted.url == address("edit", practice)
    assert zala_s.get(accepted.url).status_code == 200
    assert Notification.objects.get(recipient=nina).kind == "co-author-came"
    assert zala_s.get(link()).status_code == 404
    assert zala_s.post(opened.redirect_chain[0][0], {"action": "accept"}).status_code == 404


def test_with_another_address_nothing_happens(practice, luka, invitation):
    page = browser(luka).get(link())

    assert page.status_code == 403
    assert "zala" not in page.content.decode().lower() and "Open-yard" not in page.content.decode()
    mine = reverse("practices:my_co_author_invitation", args=[invitation.pk])
    assert browser(luka).post(mine, {"action": "accept"}).status_code == 404
    with pytest.raises(AnotherAddress):
        co_authors.accept(invitation=invitation, by=luka)


def test_revoked_sent_again_or_run_out_the_first_link_ends(client, practice, nina, zala, invitation):
    first = link()
    one = address("sent_co_author_invitation", practice, invitation.pk)

    assert "Enough letters for now" in browser(nina).post(one, {"action": "send"}, follow=True).content.decode()
    CoAuthorInvitation.objects.update(sent=timezone.now() - timedelta(hours=2), expires=timezone.now())
    browser(nina).post(one, {"action": "send"})
    assert (client.get(first).status_code, client.get(link()).status_code) == (404, 200)
    browser(nina).post(one, {"action": "revoke"})
    assert NOT_GOOD in client.get(link()).content.decode()
    with pytest.raises(NotGood):
        co_authors.accept(invitation=invitation, by=zala)


def test_declined_it_is_over(practice, zala, invitation):
    mine = reverse("practices:my_co_author_invitation", args=[invitation.pk])
    assert f'<a href="{mine}">Open-yard day</a>' in browser(zala).get(reverse("notices:my_work")).content.decode()

    browser(zala).post(mine, {"action": "decline"})

    assert not practice.is_written_by(zala)
    assert mine not in browser(zala).get(reverse("notices:my_work")).content.decode()
    assert AuditEntry.objects.latest("pk").what == "invitation.declined"


# Letters are not without end


def test_an_invitation_that_was_taken_back_was_a_letter_too(practice, nina):
    for _letter in range(invited.MOST_LETTERS):
        sent = co_authors.invite(practice=practice, email="new@example.org", by=nina)
        co_authors.revoke(invitation=sent, by=nina)

    with pytest.raises(TooMany):
        co_authors.invite(practice=practice, email="new@example.org", by=nina)
    assert Email.objects.count() == invited.MOST_LETTERS


def test_drafts_that_are_deleted_make_no_room_for_more_letters(nina, organisation, monkeypatch):
    monkeypatch.setattr(invited, "MOST_LETTERS_A_DAY", 3)
    for number in range(3):
        draft = begun(nina, organisation)
        co_authors.invite(practice=draft, email=f"new{number}@example.org", by=nina)
        reviewing.delete_draft(record=draft, by=nina)

    with pytest.raises(TooMany):
        co_authors.invite(practice=begun(nina, organisation), email="new@example.org", by=nina)
    assert Email.objects.count() == 3


def test_a_draft_that_is_deleted_makes_no_room_for_more_letters_to_one_address(nina, organisation):
    for _letter in range(invited.MOST_LETTERS):
        draft = begun(nina, organisation)
        co_authors.invite(practice=draft, email="new@example.org", by=nina)
        reviewing.delete_draft(record=draft, by=nina)

    with pytest.raises(TooMany):
        co_authors.invite(practice=begun(nina, organisation), email=" New@example.org", by=nina)
    co_authors.invite(practice=begun(nina, organisation), email="other@example.org", by=nina)


def test_of_the_letters_no_address_is_kept_and_after_a_day_nothing(practice, nina, zala, invitation):
    assert not any("example" in str(value) for value in InvitationLetter.objects.values_list("address_code", flat=True))
    assert len(exported(zala)["sent_to_you"]) == len(exported(nina)["sent"]) == 1

    retention.forget_due(timezone.now() + timedelta(days=1, minutes=1))

    assert not InvitationLetter.objects.exists()


def test_who_is_erased_leaves_no_letter_that_went_to_her(invitation, zala):
    erase(user=zala, by=None)

    assert not InvitationLetter.objects.exists()


def exported(user) -> dict:
    return next(kept.export(user) for kept in personal_data.all_kept() if kept.name == "invitation_letters")
