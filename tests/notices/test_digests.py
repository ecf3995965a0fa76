"""One letter a day with what is new."""

from datetime import UTC, datetime

import pytest
from post_office.models import Email

from accounts.models import User
from notices import digests, outbox
from notices.actions import mark_read
from notices.models import Digest, Notification, Undeliverable
from operations.dates import moment
from tests.factories import UserFactory
from tests.notices.mail_server import MailServer

pytestmark = [pytest.mark.core, pytest.mark.django_db]

MORNING = datetime(2026, 5, 3, 4, 0, tzinfo=UTC)  # six o'clock in Ljubljana
NEXT_MORNING = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _daily(nina):
    nina.mail = User.Mail.DIGEST
    nina.save()


def subjects():
    return list(Email.objects.order_by("pk").values_list("subject", flat=True))


def test_what_is_new_comes_in_one_letter_a_day(nina, tell):
    tell(nina, times=2)
    for _time in range(2):
        digests.write_due(MORNING)
    assert subjects() == ["2 new notices at the MER portal"]

    tell(nina)
    digests.write_due(MORNING)
    assert len(subjects()) == 1
    digests.write_due(NEXT_MORNING)
    assert subjects()[1:] == ["1 new notice at the MER portal"]


def test_without_news_there_is_no_letter(nina, tell):
    tell(nina)
    mark_read(by=nina)

    digests.write_due(MORNING)

    assert (subjects(), Digest.objects.count()) == ([], 0)


def test_her_day_begins_in_the_portals_time_zone(nina, tell):
    tell(nina)

    digests.write_due(datetime(2026, 5, 3, 3, 59, tzinfo=UTC))
    assert subjects() == []
    digests.write_due(MORNING)

    assert [digest.day.isoformat() for digest in Digest.objects.all()] == ["2026-05-03"]


def test_only_who_wants_it_has_it(nina, tell):
    tell(nina, UserFactory(mail=User.Mail.NONE), UserFactory(is_active=False, mail=User.Mail.DIGEST))

    digests.write_due(MORNING)

    assert [letter.to for letter in Email.objects.all()] == [["nina@example.org"]]


def test_it_leads_to_everything_and_can_be_stopped(nina, tell, settings):
    settings.PUBLIC_URL = "https://portal.example"
    tell(nina, titles={"en": "<b>Yard</b>"}, path="my/practices/1/")

    digests.write_due(MORNING)

    letter, told = Email.objects.get(), moment(Notification.objects.get().created)
    assert letter.message.startswith(
        "Good day, Nina Kos,\n\n1 thing is new for you:\n\n"
        f"Asked: <b>Yard</b> (Marta Hribar, {told})\nhttps://portal.example/en/my/practices/1/\n\n--\n"
    )
    assert "&lt;b&gt;Yard" in letter.html_message and "https://portal.example/en/my/notices/" in letter.html_message
    assert letter.headers["List-Unsubscribe"].startswith("<https://portal.example/en/notices/stop/")


def test_a_long_one_says_how_many_are_left(nina, tell):
    tell(nina, times=digests.AT_MOST + 2)

    digests.write_due(MORNING)

    assert "2 more stand in the portal." in Email.objects.get().message
    assert not Notification.objects.untold().exists()


def test_one_that_fails_holds_up_no_other(nina, tell, monkeypatch):
    other = UserFactory(mail=User.Mail.DIGEST)
    tell(nina, other)
    write = digests.write

    def fails_for_nina(user, day):
        if user == nina:
            raise ZeroDivisionError
        write(user, day)

    monkeypatch.setattr(digests, "write", fails_for_nina)
    digests.write_due(MORNING)
    monkeypatch.undo()
    assert [letter.to for letter in Email.objects.all()] == [[other.email]]

    digests.write_due(MORNING)
    assert len(subjects()) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_it_once(nina, tell, together):
    tell(nina, times=3)

    together(lambda: digests.write_due(MORNING), lambda: digests.write_due(MORNING))

    assert subjects() == ["3 new notices at the MER portal"]


@pytest.mark.parametrize("wish", ["all", "waiting"])
def test_who_wants_letters_at_once_has_what_was_left_for_the_next_one(wish, nina, tell, client):
    tell(nina, times=2)
    client.force_login(nina)

    client.post("/en/my/preferences/", {"language": "en", "mail": wish})

    assert subjects() == ["2 new notices at the MER portal"]
    assert not Notification.objects.untold().exists()
    digests.write_due(NEXT_MORNING)
    assert len(subjects()) == 1


def test_who_wants_none_has_none_and_without_news_there_is_none(nina, tell, client):
    client.force_login(nina)
    client.post("/en/my/preferences/", {"language": "en", "mail": "all"})
    client.post("/en/my/preferences/", {"language": "en", "mail": "digest"})
    tell(nina)
    client.post("/en/my/preferences/", {"language": "en", "mail": "none"})

    assert subjects() == []


@pytest.mark.parametrize(("answer", "times_told"), [("550 blocked", 2), ("250 well", 1)])
def test_what_a_refused_letter_would_have_told_comes_with_the_next_one(answer, times_told, nina, tell, settings):
    tell(nina, times=2)
    with MailServer() as server:
        server.use(settings)
        server.at["RCPT"] = answer
        digests.write_due(MORNING)
        outbox.send_due()
        digests.write_due(MORNING)
        digests.write_due(NEXT_MORNING)

    assert subjects() == ["2 new notices at the MER portal"] * times_told


def test_what_she_has_read_meanwhile_is_not_told_again(nina, tell, settings):
    tell(nina, times=2)
    digests.write_due(MORNING)
    mark_read(by=nina)
    with MailServer() as server:
        server.use(settings)
        server.at["RCPT"] = "550 blocked"
        outbox.send_due()

    digests.write_due(NEXT_MORNING)
    assert len(subjects()) == 1


def test_to_an_address_that_takes_none_nothing_is_written_and_nothing_lost(nina, tell):
    tell(nina)
    Undeliverable.objects.mark(nina.email, "550")
    digests.write_due(MORNING)
    assert subjects() == []

    Undeliverable.objects.forgive(nina.email)
    digests.write_due(NEXT_MORNING)
    assert subjects() == ["1 new notice at the MER portal"]


@pytest.mark.parametrize(
    ("number", "subject", "lead"),
    [
        (1, "1 novo obvestilo na portalu MER", "za vas je 1 novo obvestilo:"),
        (2, "2 novi obvestili na portalu MER", "za vas sta 2 novi obvestili:"),
        (3, "3 nova obvestila na portalu MER", "za vas so 3 nova obvestila:"),
        (5, "5 novih obvestil na portalu MER", "za vas je 5 novih obvestil:"),
        (101, "101 novo obvestilo na portalu MER", "za vas je 101 novo obvestilo:"),
    ],
)
def test_it_counts_in_slovenian(number, subject, lead, nina, tell):
    nina.language = "sl"
    nina.save()
    tell(nina, times=number)

    digests.write_due(MORNING)

    letter = Email.objects.get()
    assert letter.subject == subject
    assert lead in letter.message and lead in letter.html_message
