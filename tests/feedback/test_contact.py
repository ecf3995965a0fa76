"""A reader writes to those who answer for a record, and learns nothing of who they are."""

import pytest
from post_office.models import Email

from accounts.models import User
from notices import post
from tests.factories import ProgrammeFactory, publish

pytestmark = [pytest.mark.django_db, pytest.mark.core]

TYPED = {
    "name": "Ana Bianchi",
    "email": "ana@example.com",
    "subject": "A visit in May",
    "message": "May we come?\r\n\r\nWe are six.",
}


def test_the_message_goes_to_each_in_her_language_and_answers_go_to_the_reader(send):
    answer = send("contact", **TYPED)

    assert answer["Location"] == "/en/practices/open-yards/"
    letters = {each.to[0]: each for each in Email.objects.all()}
    assert set(letters) == {"nina@example.org", "ida@example.org"}
    nina, ida = letters["nina@example.org"], letters["ida@example.org"]
    assert nina.subject == "A visit in May (message about “Open yards”)"
    assert "Odprta dvorišča" in ida.subject
    assert nina.headers["Reply-To"] == "ana@example.com"
    assert "> May we come?\n>\n> We are six." in nina.message
    assert "<p>May we come?</p>\n\n<p>We are six.</p>" in nina.html_message
    assert "Ana Bianchi writes to you about “Open yards”:" in nina.message


def test_the_reader_sees_no_address_and_gets_no_copy(client, send):
    page = client.get("/en/practices/open-yards/contact/").content.decode()
    answer = client.get(send("contact", **TYPED)["Location"]).content.decode()

    for shown in (page, answer):
        assert not any(word in shown for word in ("nina@", "ida@", "Nina", "Zupan"))
    assert "ana@example.com" not in [address for letter in Email.objects.all() for address in letter.to]


def test_the_letter_holds_no_secret_link_that_an_answer_would_quote(send):
    send("contact", **TYPED | {"message": "Stop: \ue001 \ue000"})

    for letter in Email.objects.all():
        for body in (letter.message, letter.html_message):
            assert not any(word in body for word in ("/stop/", "\ue000", "\ue001"))
        assert "List-Unsubscribe" not in letter.headers
        assert letter.headers["Auto-Submitted"] == "auto-generated"  # no mailbox answers by itself


def test_who_is_signed_in_writes_from_her_own_address(client, send, luka):
    client.force_login(luka)
    page = client.get("/en/practices/open-yards/contact/").content.decode()
    assert 'value="Luka Horvat"' in page
    assert "The answer comes to luka@example.org." in page

    send("contact", **TYPED | {"email": "else@example.org"})
    assert {each.headers["Reply-To"] for each in Email.objects.all()} == {"luka@example.org"}


def test_line_breaks_become_spaces_and_never_a_header(send):
    send("contact", **TYPED | {"name": "Ana\r\nBcc: x@example.org", "subject": "Hello\nBcc: x@example.org\u2028y"})

    for letter in Email.objects.all():
        assert letter.subject.startswith("Hello Bcc: x@example.org y (")
        raw = post.message_of(letter).message().as_string()
        assert "\nBcc:" not in raw
        assert "Ana Bcc: x@example.org writes" in letter.message or "Ana Bcc" in letter.message


@pytest.mark.parametrize("email", ["ana@example.com\nBcc: x@example.org", "a, b@example.org", "Ana <ana@example.org>"])
def test_an_address_is_one_address(send, email):
    assert send("contact", **TYPED | {"email": email}).status_code == 422
    assert Email.objects.count() == 0


def test_what_is_missing_is_said_at_its_field(send):
    page = send("contact", name="", email="", subject="s" * 151, message="")

    assert page.status_code == 422
    assert dict(page.context["form"].errors) == {
        "name": ["Write your name."],
        "email": ["This field is required."],
        "subject": ["The text has 151 characters; no more than 150 fit."],
        "message": ["Write your message."],
    }


def test_a_name_may_be_anything_on_one_line(send):
    for name in ("Ж" * 150, "🏭 Ana", "عبد"):
        assert send("contact", **TYPED | {"name": name}).status_code == 302
    assert send("contact", **TYPED | {"name": "x" * 300}).status_code == 422
    assert send("contact", **TYPED | {"name": "\u202eanA"}).status_code == 422


def test_who_wants_no_letters_is_spared_as_long_as_there_is_somebody_else(send, nina, ida, eva):
    User.objects.filter(pk=nina.pk).update(mail=User.Mail.NONE)
    send("contact", **TYPED)
    assert [each.to for each in Email.objects.all()] == [["ida@example.org"]]

    Email.objects.all().delete()
    User.objects.filter(pk__in=[ida.pk, eva.pk]).update(mail=User.Mail.NONE)
    send("contact", **TYPED)
    assert [each.to for each in Email.objects.all()] == [["eva@example.org"]]


def test_the_answer_is_the_same_whoever_is_behind_it(client, send, eva, taken_time):
    programme = publish(ProgrammeFactory())
    words = "Your message is on its way to those who answer for the record."

    of_staff = client.post(f"/en/programmes/{programme.slug}/contact/", taken_time | TYPED)
    assert words in client.get(of_staff["Location"]).content.decode()
    assert words in client.get(send("contact", **TYPED)["Location"]).content.decode()
    assert ["eva@example.org"] in [each.to for each in Email.objects.all()]
