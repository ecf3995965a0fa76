"""A reader suggests a change; those who answer for the record hear of it, and answer."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from feedback import actions
from feedback.models import Suggestion
from notices.models import Notification
from tests.factories import OrganisationFactory, UserFactory, publish, texts, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def letters() -> list[tuple[list[str], str]]:
    return [(each.to, each.subject) for each in Email.objects.order_by("pk")]


def test_a_reader_suggests_a_change(client, send, practice, nina, ida):
    answer = send(
        "suggest",
        part="how_it_works",
        text="There are two offices now.\r\n\r\nSince May.",
        source="I work there.",
        sender_name="Luka",
        sender_email="luka@example.com",
    )

    assert (answer.status_code, answer["Location"]) == (302, f"/en/practices/{practice.slug}/")
    [row] = Suggestion.objects.all()
    told = (row.about_kind, row.about_uid, row.version, row.part, row.language, row.state)
    assert told == ("practices", practice.uid, 1, "how_it_works", "en", "new")
    assert (row.text, row.source) == ("There are two offices now.\n\nSince May.", "I work there.")
    assert (row.sender, row.sender_name, row.sender_email) == (None, "Luka", "luka@example.com")
    assert (
        "Those who answer for the record read your suggestion next." in client.get(answer["Location"]).content.decode()
    )


def test_those_who_answer_for_the_record_are_told(send, nina, ida, eva):
    send("suggest", text="There are two offices now.")

    assert {notice.recipient for notice in Notification.objects.all()} == {nina, ida}
    [to_nina, to_ida] = letters()
    assert to_nina == (["nina@example.org"], "Suggested change: Open yards")
    assert (to_ida[0], to_ida[1].endswith(": Odprta dvorišča")) == (["ida@example.org"], True)
    text = Email.objects.order_by("pk").first().message
    assert "a reader suggests a change to “Open yards”:" in text
    assert "There are two offices now." in text
    assert f"/en/my/suggestions/{Suggestion.objects.get().pk}/" in text


def test_who_is_signed_in_is_known_by_her_account(client, send, luka):
    client.force_login(luka)
    page = client.get("/en/practices/open-yards/suggest/").content.decode()
    assert "sender_email" not in page

    send("suggest", text="There are two offices.", sender_name="Somebody else", sender_email="else@example.org")

    row = Suggestion.objects.get()
    assert (row.sender, row.sender_name, row.sender_email) == (luka, "", "")
    assert "Luka Horvat suggests a change to “Open yards”:" in Email.objects.first().message


def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(send):
    page = send("suggest", text="", source="x" * 501, sender_email="nowhere", part="uid")

    assert page.status_code == 422
    assert dict(page.context["form"].errors) == {
        "part": ["Select a valid choice. uid is not one of the available choices."],
        "text": ["Write what should be changed."],
        "source": ["The text has 501 characters; no more than 500 fit."],
        "sender_email": ["Enter a valid email address."],
    }
    assert "x" * 501 in page.content.decode()
    assert Suggestion.objects.count() == 0


def test_the_limits_count_what_people_count(send):
    assert send("suggest", text="ž\r\n" * 1499 + "žž").status_code == 302  # 3,000 characters, not the bytes of CR LF
    assert send("suggest", text="x" * 3001).status_code == 422


def test_the_parts_are_those_in_which_something_stands(client, practice):
    form = client.get(f"/en/practices/{practice.slug}/suggest/").context["form"]

    names = dict(form.fields["part"].choices)
    assert names[""] == "The whole record"
    assert names["how_it_works"] == "How it works"
    assert not {"uid", "version", "grew_from", "images"} & set(names)


@pytest.mark.parametrize("language", ["en", "sl", "it"])
def test_every_kind_has_the_form(client, language):
    organisation = publish(OrganisationFactory())

    page = client.get(f"/{language}/partners/{organisation.slug}/suggest/")
    assert page.status_code == 200
    assert "title" in dict(page.context["form"].fields["part"].choices)


def test_a_withdrawn_record_is_gone_here_too(client, practice, taken_time):
    slug = practice.slug
    withdraw(practice)

    for page in ("suggest", "contact"):
        assert client.get(f"/en/practices/{slug}/{page}/").status_code == 410
        assert client.post(f"/en/practices/{slug}/{page}/", taken_time | {"text": "x"}).status_code == 410
        assert client.get(f"/en/practices/none-such/{page}/").status_code == 404


def test_what_is_sent_to_a_former_address_is_taken(client, practice, send):
    former = practice.slug
    type(practice).objects.filter(pk=practice.pk).update_ledger(slug="open-gates")
    practice.refresh_from_db()
    practice.title = texts("Open gates", "Odprta vrata")
    publish(practice)

    assert client.get(f"/en/practices/{former}/suggest/").status_code == 301
    practice.slug = former
    assert send("suggest", text="It opens at nine.")["Location"] == "/en/practices/open-gates/"
    assert Suggestion.objects.get().about_uid == practice.uid


# Answering


def test_my_work_shows_what_waits(client, suggestion, nina, luka, eva):
    suggestion(text="There are two offices now.")

    def titles(user):
        client.force_login(user)
        groups = client.get("/en/my/").context["groups"]
        return [(item.what, item.title, item.message) for item in groups[0].items]

    assert titles(nina) == [("Suggested change", "Open yards", "There are two offices now.")]
    assert titles(luka) == titles(eva) == []


def test_three_cost_as_many_queries_as_one(client, suggestion, nina, eva):
    def queries(user):
        client.force_login(user)
        client.get("/en/my/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/my/")
        return len(captured)

    suggestion()
    before = queries(nina), queries(eva)
    suggestion(sender=UserFactory())
    suggestion(sender=UserFactory())

    assert (queries(nina), queries(eva)) == before
    assert max(before) <= 10


def test_only_its_people_and_staff_see_it(client, suggestion, nina, ida, eva, luka):
    address = f"/en/my/suggestions/{suggestion().pk}/"
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"

    seen = {}
    for user in (nina, ida, eva, luka):
        client.force_login(user)
        seen[user.first_name] = client.get(address).status_code, client.post(address).status_code
    assert seen == {"Nina": (200, 422), "Ida": (200, 422), "Eva": (200, 422), "Luka": (404, 404)}
    assert client.get("/en/my/suggestions/999999999999999999999/").status_code == 404


def test_the_page_shows_it_beside_the_record(client, suggestion, nina, entry):
    client.force_login(nina)
    row = suggestion(part="how_it_works", sender_name="Luka", sender_email="luka@example.com", version=3)

    page = client.get(f"/en/my/suggestions/{row.pk}/").content.decode()
    for shown in (
        "Change it.",
        "One office answers all questions.",
        "mailto:luka@example.com",
        "version 3; now it is 1",
    ):
        assert shown in page


def test_it_is_done_and_the_sender_is_told(client, suggestion, nina, luka):
    row = suggestion(sender=luka)
    client.force_login(nina)

    answer = client.post(f"/en/my/suggestions/{row.pk}/", {"action": "done"})

    assert answer["Location"] == "/en/my/"
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_by) == ("done", "", nina)
    notice = Notification.objects.get(recipient=luka)
    assert (notice.kind, notice.path, notice.actor) == ("suggestion-done", f"/id/{row.about_uid}/", "")


def test_it_is_declined_with_words_and_a_reader_without_account_has_a_letter(client, suggestion, nina):
    row = suggestion(sender_name="Luka", sender_email="luka@example.com", language="sl", text="Spam words")
    client.force_login(nina)
    assert client.post(f"/en/my/suggestions/{row.pk}/", {"action": "declined", "answer": " "}).status_code == 422

    client.post(f"/en/my/suggestions/{row.pk}/", {"action": "declined", "answer": "It closed in May."})

    letter = Email.objects.get()
    assert letter.to == ["luka@example.com"]
    assert "It closed in May." in letter.message
    # nothing that somebody typed into the form goes to an address that nobody has confirmed, nor who answered
    for body in (letter.message, letter.html_message):
        assert not any(word in body for word in ("Spam", "Luka", "Nina", "nina@", "Stop", "\ue000", "\ue001"))


def test_the_second_answer_comes_too_late_and_is_still_there_to_copy(client, suggestion, nina, ida):
    row = suggestion()
    actions.answer(suggestion=row, by=ida, state="done", answer="Thank you.")
    client.force_login(nina)

    page = client.post(f"/en/my/suggestions/{row.pk}/", {"action": "declined", "answer": "No, because."})

    assert page.status_code == 409
    assert "No, because." in page.content.decode()
    assert Suggestion.objects.get().answer == "Thank you."


def test_a_suggestion_outlives_its_record(client, suggestion, nina, practice, luka):
    row = suggestion(sender=luka)
    withdraw(practice)
    client.force_login(nina)

    assert "A withdrawn record" in client.get("/en/my/").content.decode()
    assert "A withdrawn record" in client.get(f"/en/my/suggestions/{row.pk}/").content.decode()
    client.post(f"/en/my/suggestions/{row.pk}/", {"action": "done"})
    assert Notification.objects.get(recipient=luka).title == "A withdrawn record"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"state": "done"},
        {"state": "declined", "answered": timezone.now()},
        {"answer": "Words without a decision."},
        {"answered": timezone.now()},
    ],
)
def test_the_database_refuses(suggestion, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        suggestion(**wrong)


def test_a_sender_with_an_account_has_no_other_name(suggestion, luka):
    for wrong in ({"sender_name": "Luka"}, {"sender_email": "luka@example.com"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            suggestion(sender=luka, **wrong)
