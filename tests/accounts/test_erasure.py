"""The end of an account: a person did everything that can be done here, and leaves without a trace."""

import dataclasses

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from accounts import erasure, personal_data
from accounts.models import User
from catalogue.models import Entry
from notices import outbox
from notices.models import Notification, Undeliverable
from operations.models import AuditEntry
from partners.models import Membership
from practices import actions
from practices.models import GoodPractice, Photo
from tests.accounts.one_life import (
    EMAIL,
    WORD,
    is_it_you,
)
from tests.accounts.searching import places_with
from tests.factories import (
    PASSWORD,
    AdminFactory,
    MembershipFactory,
    UserFactory,
)
from tests.practices.writing import whole

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("through_the_outbox")]


def erases(client):
    is_it_you(client)
    answer = client.post("/en/my/data/erase/", {"sure": "on"})
    outbox.send_due()
    return answer


READ = (
    *("/en/", "/en/search/?q=zlat", "/en/practices/", "/api/v1/practices/?page_size=100", "/api/v1/changes/"),
    *("/feeds/practices.atom", "/sitemap.xml", "/en/practices/open-yard-day/"),
)


def test_she_leaves_no_trace(client, world, caplog):
    assert len(places_with(WORD)) > 20  # the search finds what there is to find

    with caplog.at_level("DEBUG"):
        caplog.clear()
        answer = erases(client)

    assert answer.url == "/en/erased/"
    assert places_with(WORD) == []
    assert WORD not in caplog.text.lower()
    stranger = Client()
    for address in READ:
        assert WORD not in stranger.get(address, follow=True).content.decode().lower(), address
    found = stranger.get("/en/search/", {"q": WORD})
    assert "Nothing" in found.content.decode() or not found.context["page"].items


def test_what_is_others_stays(client, world, organisation, marta):
    erases(client)

    assert set(GoodPractice.objects.all()) == {world["shared"], world["practice"]}
    assert not GoodPractice.objects.exclude(owner=None).exists()
    shared = GoodPractice.objects.get(pk=world["shared"].pk).latest_draft()
    assert str(shared.how_it_works) == "Ask […] for the key."
    assert shared.images.get().credit == "Zlata <[…]>"
    assert Photo.objects.get() == world["shared_photo"]
    assert Entry.objects.get(uid=world["practice"].uid).record["how_it_works"] == {"en": "Zlata Ptič knows."}
    assert set(User.objects.values_list("first_name", flat=True)) >= {"Marta"}
    world["page"].refresh_from_db()
    assert (world["page"].title, world["page"].locked, world["page"].locked_by) == ("Contact […]", False, None)
    assert Membership.objects.filter(organisation=organisation).count() == 1
    assert set(Notification.objects.filter(recipient=marta).values_list("actor", flat=True)) == {""}


def test_one_last_letter_is_sent_and_forgotten(client, world):
    mail.outbox.clear()
    erases(client)

    [last] = [letter for letter in mail.outbox if letter.to == [EMAIL]]
    assert last.subject == "Your account is erased"
    row = Email.objects.order_by("pk").last()
    assert (row.to, row.subject, row.message, row.html_message, row.message_id) == ([], "", "", "", None)


def test_a_letter_that_finds_nobody_is_forgotten_too(client, world, settings):
    settings.MAIL_BACKEND = "tests.accounts.test_erasure.NobodyThere"
    erases(client)

    assert places_with(WORD) == []
    assert not Undeliverable.objects.among([EMAIL])


class NobodyThere:
    def __init__(self, *args, **kwargs):
        pass

    def open(self):
        pass

    close = open

    def send_messages(self, messages):
        import smtplib

        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"5.1.1 " + messages[0].to[0].encode())})


def test_she_is_signed_out_everywhere(client, world):
    elsewhere = Client()
    elsewhere.force_login(world["user"])
    erases(client)

    for browser in (client, elsewhere):
        assert browser.get("/en/my/").status_code == 302
    assert "own_place" not in {name for name, cookie in client.cookies.items() if cookie.value}
    assert client.get("/en/erased/").status_code == 200


def test_the_log_says_that_it_was_done_and_not_by_whom(client, world):
    erases(client)

    [entry] = AuditEntry.objects.filter(what="account.erased")
    assert (entry.actor, entry.whom, entry.facts) == (None, None, {})
    assert not AuditEntry.objects.exclude(actor=None).filter(what="account.opened").exists()


# Her name stands where a published text holds it: in the practice, its versions, its words for search. And in drafts of her
# organisation.
CONTENT = {
    *("catalogue_entry.document", "catalogue_entryversion.document", "practices_goodpractice.how_it_works"),
    *("catalogue_entrywords.body", "catalogue_entrywords.vector", "catalogue_entryfts.body"),
    *("wagtailcore_revision.content", "practices_practiceimage.credit"),
}


def left_behind() -> set[str]:
    photos_left = {"a photo of hers alone"} if Photo.objects.count() > 1 else set()
    return {*places_with(WORD), *places_with("zlata"), *photos_left} - CONTENT


@pytest.mark.parametrize("name", [None, "notices", "writing", "practices"])
def test_each_part_is_needed(client, world, monkeypatch, name):
    """The search is not blind: where an app does not do its part, something is left behind."""
    if name:
        broken = dataclasses.replace(personal_data._kept[name], erase=lambda user: None)
        monkeypatch.setitem(personal_data._kept, name, broken)
    erases(client)

    assert bool(left_behind()) == bool(name)


# Asked, ticked, and with her password


@pytest.fixture
def nina(client):
    nina = UserFactory(email="nina@example.org")
    client.force_login(nina)
    return nina


def test_nothing_happens_without_her_password_and_the_tick(client, nina):
    answer = client.post("/en/my/data/erase/", {"sure": "on"})
    assert answer.url == "/accounts/reauthenticate/?next=%2Fen%2Fmy%2Fdata%2Ferase%2F"

    is_it_you(client)
    assert client.post("/en/my/data/erase/", {}).status_code == 422
    assert User.objects.filter(pk=nina.pk).exists()


def test_what_she_ticked_is_done_when_her_password_is_right(client, nina):
    client.post("/en/my/data/erase/", {"sure": "on"})
    address = "/accounts/reauthenticate/?next=/en/my/data/erase/"
    client.post(address, {"password": "wrong", "next": "/en/my/data/erase/"})
    assert User.objects.filter(pk=nina.pk).exists()

    answer = client.post(address, {"password": PASSWORD, "next": "/en/my/data/erase/"})

    assert answer.url == "/en/erased/"
    assert not User.objects.filter(pk=nina.pk).exists()
    assert client.get("/en/my/").status_code == 302


def test_the_page_says_what_will_happen(client, nina, organisation):
    MembershipFactory(user=nina, organisation=organisation, role="coordinator")
    actions.create_draft(by=nina, edit=whole)
    page = client.get("/en/my/data/erase/").content.decode()

    assert "Bistra Ptuj will be without a coordinator" in page
    assert "1 draft that nobody else can go on with is deleted" in page

    nina.memberships.update(role="member")
    MembershipFactory(organisation=organisation, role="coordinator")
    assert "without a coordinator" not in client.get("/en/my/data/erase/").content.decode()


def test_the_last_admin_stays(client):
    ana = AdminFactory()
    AdminFactory(is_active=False)
    client.force_login(ana)
    is_it_you(client)

    page = client.post("/en/my/data/erase/", {"sure": "on"})
    assert page.status_code == 422
    assert "You are the only administrator" in page.content.decode()

    with pytest.raises(erasure.LastAdmin):
        erasure.erase(user=ana, by=ana)
    AdminFactory()
    assert erases(client).url == "/en/erased/"


def test_of_the_last_two_admins_one_stays(together):
    ana, ida = AdminFactory(), AdminFactory()

    def leave(user):
        try:
            return erasure.erase(user=user, by=user)
        except erasure.LastAdmin:
            return "stays"

    assert sorted(map(str, together(lambda: leave(ana), lambda: leave(ida)))) == ["True", "stays"]


def test_twice_at_once_is_once(together):
    nina = UserFactory()

    assert sorted(together(*[lambda: erasure.erase(user=nina, by=nina)] * 2)) == [False, True]


def test_an_address_that_is_anothers_now_is_left_to_her(client, nina):
    nina.email = "kos@example.org"
    nina.save()
    nina.confirm_address()
    other = UserFactory(email="nina@example.org")
    erasure.erase(user=nina, by=nina)

    other.refresh_from_db()
    assert other.email == "nina@example.org"


def test_staff_erases_by_the_same_function(client):
    ana, nina = AdminFactory(), UserFactory(email=EMAIL)
    people = [UserFactory(email=f"{WORD}{number}@example.org") for number in range(2)]
    client.force_login(ana)

    client.post(reverse("wagtailusers_users:delete", args=[nina.pk]))
    both = "&".join(f"id={user.pk}" for user in people)
    client.post(reverse("wagtail_bulk_action", args=["accounts", "user", "delete"]) + f"?{both}")
    outbox.send_due()

    assert User.objects.get() == ana
    assert places_with(WORD) == []
    assert [entry.actor for entry in AuditEntry.objects.filter(what="account.erased")] == [ana] * 3
    assert len(mail.outbox) == 3
