"""What people are told: in the portal always, by letter if they want it; and how they stop the letters."""

import re

import pytest
from allauth.account.signals import email_confirmed
from django.core.signing import Signer
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from post_office.models import Email

from accounts.models import User
from notices import kinds, letters
from notices.actions import mark_read, notify
from notices.kinds import Kind
from notices.models import Notification, Undeliverable
from tests.factories import UserFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def as_nina(client, nina):
    client.force_login(nina)
    return client


def shown(client, path="/en/my/notices/"):
    return client.get(path).content.decode()


# Telling


@pytest.mark.parametrize(
    ("wish", "kinds_written"),
    [
        (User.Mail.ALL, ["Asked: Open-yard day", "Done: Open-yard day"]),
        (User.Mail.WAITING, ["Asked: Open-yard day"]),
        (User.Mail.DIGEST, []),
        (User.Mail.NONE, []),
    ],
)
def test_everything_is_told_in_the_portal_and_by_letter_what_she_wants(wish, kinds_written, nina, tell):
    nina.mail = wish
    nina.save()

    tell(nina)
    tell(nina, kind="done")

    assert [notice.kind for notice in Notification.objects.order_by("pk")] == ["asked", "done"]
    assert list(Email.objects.order_by("pk").values_list("subject", flat=True)) == kinds_written


def test_nobody_is_told_twice_nor_what_she_did_nor_when_her_account_is_closed(nina, marta, tell):
    closed, demo = UserFactory(is_active=False), UserFactory(is_demo=True)

    tell(nina, nina, marta, closed, demo)

    assert [notice.recipient for notice in Notification.objects.all()] == [nina]
    assert [letter.to for letter in Email.objects.all()] == [["nina@example.org"]]


def test_what_did_not_happen_is_not_told(nina, tell):
    with transaction.atomic():
        tell(nina)
        transaction.set_rollback(True)

    assert (Notification.objects.count(), Email.objects.count()) == (0, 0)


def test_titles_and_names_are_words_in_a_letter(nina, tell):
    nina.first_name, nina.last_name = "<b>Nina</b>\r\nBcc: x@example.org", "🎈" * 30
    nina.save()

    tell(nina, titles={"en": "{{ settings.SECRET_KEY }} <i>\r\n5 > 3"}, message="<script>")

    letter = Email.objects.get()
    assert letter.subject == "Asked: {{ settings.SECRET_KEY }} <i> 5 > 3"
    assert letter.message.startswith("Good day, <b>Nina</b> Bcc: x@example.org 🎈")
    assert "&lt;b&gt;Nina" in letter.html_message and "{{ settings.SECRET_KEY }} &lt;i&gt;" in letter.html_message
    assert "<script>" not in letter.html_message and "<i>" not in letter.html_message


def test_letters_are_in_the_language_of_each_reader(nina, tell):
    tell(nina, UserFactory(language="sl", first_name="Petra"), UserFactory(language="it"))

    english, slovenian, italian = Email.objects.order_by("pk")
    assert (english.subject, slovenian.subject) == ("Asked: Open-yard day", "Asked: Dan odprtih dvorišč")
    assert slovenian.message.startswith("Dober dan, Petra")
    assert "/sl/my/" in slovenian.message and "/it/my/" in italian.message and 'lang="sl"' in slovenian.html_message


def test_a_kind_is_registered_once_and_must_be():
    with pytest.raises(ValueError, match="registered twice"):
        kinds.register(Kind("asked", "Other", "Other", "Other"))
    with pytest.raises(ValueError, match="No app has registered"):
        notify([], "no-such-kind", titles={}, path="my/")


# Reading


def test_the_masthead_says_how_many_are_unread_and_strangers_are_not_asked(as_nina, nina, tell):
    assert "new notice" not in shown(as_nina, "/en/my/")
    tell(nina, times=3)

    assert '>3<span class="vh"> new notices' in shown(as_nina, "/en/my/")
    with CaptureQueriesContext(connection) as asked:
        Client().get("/en/")
    assert not [query for query in asked if "notification" in query["sql"]]


def test_unread_stands_first_then_the_latest(as_nina, nina, tell):
    for title in ("First", "Second", "Third"):
        tell(nina, titles={"en": title})
    mark_read(by=nina, notice=Notification.objects.order_by("-pk")[0].pk)

    assert re.findall(r">(First|Second|Third)</a>", shown(as_nina)) == ["Second", "First", "Third"]


def test_a_notice_is_marked_as_read_and_then_all(as_nina, nina, tell):
    first, *_others = tell(nina, times=3)

    as_nina.post("/en/my/notices/read/", {"notice": first.pk})
    assert Notification.objects.unread().count() == 2
    assert as_nina.get("/en/my/notices/read/").status_code == 405
    as_nina.post("/en/my/notices/read/")

    assert Notification.objects.unread().count() == 0
    assert "You have read everything." in shown(as_nina)


def test_notices_of_others_are_not_hers(as_nina, tell):
    [notice] = tell(UserFactory())

    answers = [as_nina.post("/en/my/notices/read/", {"notice": number}) for number in (notice.pk, 10**30)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Notification.objects.unread().count() == 1
    assert "Open-yard day" not in shown(as_nina)


def test_thirty_notices_are_two_pages_and_cost_no_more_than_one(as_nina, nina, tell):
    tell(nina)
    shown(as_nina)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            shown(as_nina)
        return len(asked)

    before = queries()
    tell(nina, times=29)

    assert queries() == before
    assert shown(as_nina).count("<article") == 20 and shown(as_nina, "/en/my/notices/?page=2").count("<article") == 10


def test_what_an_earlier_release_told_is_still_shown(as_nina, nina, tell, monkeypatch):
    tell(nina)
    monkeypatch.setattr(kinds, "_kinds", {})

    assert "Open-yard day" in shown(as_nina)


# Stopping the letters


def path_of(address):
    return address.partition("://")[2].partition("/")[2]


def stop_link(letter):
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.headers["List-Unsubscribe"].strip("<>")
    assert address in letter.message and letter.headers["Auto-Submitted"] == "auto-generated"
    return f"/{path_of(address)}"


def test_looking_at_the_link_changes_nothing_and_the_button_stops_the_letters(nina, tell):
    tell(nina)
    link, browser = stop_link(Email.objects.get()), Client(enforce_csrf_checks=True)

    assert "Stop these letters" in browser.get(link).content.decode()
    nina.refresh_from_db()
    assert nina.mail == User.Mail.ALL
    assert "No more letters" in browser.post(link).content.decode()

    nina.refresh_from_db()
    assert nina.mail == User.Mail.NONE
    tell(nina)
    assert (Email.objects.count(), Notification.objects.count()) == (1, 2)


def test_a_mail_readers_one_click_is_enough(nina, tell):
    tell(nina)

    answer = Client(enforce_csrf_checks=True).post(stop_link(Email.objects.get()), {"List-Unsubscribe": "One-Click"})

    nina.refresh_from_db()
    assert (answer.status_code, answer["Content-Type"], nina.mail) == (200, "text/plain; charset=utf-8", "none")


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: f"9{token}", lambda token: "none"])
def test_an_edited_link_stops_nothing(spoil, nina, client):
    token = letters.stop_address(nina).rstrip("/").rpartition("/")[2]

    assert client.post(f"/en/notices/stop/{spoil(token)}/").status_code == 404


def test_a_signature_for_something_else_stops_nothing(nina, client):
    assert client.post(f"/en/notices/stop/{Signer(salt='other').sign(nina.pk)}/").status_code == 404
    token = letters.stop_address(nina).rstrip("/").rpartition("/")[2]
    nina.delete()
    assert client.post(f"/en/notices/stop/{token}/").status_code == 404


def test_links_in_former_letters_are_not_good_once_she_has_taken_letters_up_again(nina, tell, client):
    tell(nina)
    former = stop_link(Email.objects.get())
    client.post(former)
    client.force_login(nina)
    for chosen in ("none", "all", "digest"):
        client.post("/en/my/preferences/", {"language": "en", "mail": chosen})

    for answer in (client.get(former), client.post(former)):
        assert answer.status_code == 410 and "This link is no longer good" in answer.content.decode()
    nina.refresh_from_db()
    assert (nina.mail, nina.letters_taken_up) == (User.Mail.DIGEST, 1)
    assert client.post(f"/en/notices/stop/{letters.stop_token(nina)}/").status_code == 200


# Addresses


def test_who_confirms_her_address_anew_can_be_written_to_again(nina):
    Undeliverable.objects.mark("Nina@example.org", "550")
    Undeliverable.objects.mark("nina@example.org", "551")
    assert Undeliverable.objects.among(["nina@example.org"])

    email_confirmed.send(sender=None, request=None, email_address=type("Row", (), {"email": "nina@example.org"}))

    assert not Undeliverable.objects.exists()
