"""A year after it was published, the people of a practice are asked whether it is still true; one button says so."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from post_office.models import Email

from accounts.models import User
from catalogue import reviewing
from notices.models import Notification
from operations.logs import SECRET_PATHS
from operations.models import AuditEntry, LinkCheck
from practices import confirming, dead_links
from practices.models import Asking, GoodPractice
from practices.standing import standing_of
from tests.factories import AdminFactory, PracticeLinkFactory, reread, texts
from tests.practices.writing import approved, save

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def practice(nina, marta, organisation):
    return a_year_old(approved(nina, organisation, marta))


def a_year_old(practice: GoodPractice) -> GoodPractice:
    GoodPractice.objects.filter(pk=practice.pk).update(first_published_at=timezone.now() - timedelta(days=366))
    Email.objects.all().delete()
    Notification.objects.all().delete()
    return reread(practice)


def link() -> str:
    return re.search(r"/(?:en|sl)/still-true/\S+/$", Email.objects.latest("pk").message, re.MULTILINE)[0]


def test_the_letter_asks_and_one_press_answers(client, nina, practice):
    before = practice.entry
    confirming.ask_due()
    letter, notice = Email.objects.get(), Notification.objects.get()
    assert (letter.to, letter.subject) == (["nina@example.org"], f"Is it still true? {practice}")
    assert notice.path == f"my/practices/{practice.uid}/still-true/"

    asked = client.get(link())
    assert "Yes, it is still true" in asked.content.decode()
    assert (asked["Referrer-Policy"], asked["X-Robots-Tag"]) == ("strict-origin", "noindex")
    assert "Thank you" not in client.get(f"{link()}?said").content.decode()
    assert reread(practice).confirmed_on is None  # who only looks has said nothing
    said = client.post(link(), follow=True)

    assert "Thank you" in said.content.decode()
    assert reread(practice).confirmed_on == timezone.localdate()
    assert (practice.entry.version, practice.entry.record["confirmed_on"]) == (
        before.version,
        timezone.localdate().isoformat(),
    )
    assert practice.entry.position > before.position
    assert list(AuditEntry.objects.filter(what="practice.confirmed").values_list("actor", flat=True)) == [nina.pk]
    assert f"confirmed {timezone.localdate().year}" in client.get(f"/en/practices/{practice.slug}/").content.decode()
    assert f"confirmed {timezone.localdate().year}" in client.get("/en/practices/").content.decode()


DEAD, WELL = "https://gone.example/page?of=it&so=on", "https://there.example/"


def with_links(practice: GoodPractice) -> None:
    for address in (DEAD, WELL):
        PracticeLinkFactory(practice=practice, url=address)
    LinkCheck.objects.create(address=DEAD, state="dead", reason="gone", checked=timezone.now())
    LinkCheck.objects.create(address=WELL, state="fine", checked=timezone.now())


def test_the_letter_and_its_page_tell_of_links_that_lead_nowhere(client, nina, practice):
    with_links(practice)
    confirming.ask_due()
    letter = Email.objects.get()

    told = "1 of its links leads nowhere any more. Put in where the page is now, or take it out:"
    assert f"\n\n{told}\n{DEAD}\n\n" in letter.message
    assert f"{told}<br>https://gone.example/page?of=it&amp;so=on</p>" in letter.html_message
    assert WELL not in letter.message + letter.html_message
    page = client.get(link()).content.decode()
    assert (told in page, "<li>https://gone.example/page?of=it&amp;so=on</li>" in page, WELL in page) == (
        True,
        True,
        False,
    )


def test_each_is_told_in_her_own_language(nina, practice):
    nina.language = "sl"
    nina.save()
    with_links(practice)
    confirming.ask_due()
    with override("sl"):
        told = dead_links.sentence_on([DEAD])

    assert told in Email.objects.get().message


def test_who_has_no_dead_links_hears_of_none(client, practice):
    confirming.ask_due()

    assert "lead nowhere" not in Email.objects.get().message + client.get(link()).content.decode()


def test_said_twice_is_said_once(client, practice):
    confirming.ask_due()
    for _press in range(2):
        client.post(link())

    assert AuditEntry.objects.filter(what="practice.confirmed").count() == 1
    assert "Thank you" in client.get(link()).content.decode()


def test_an_answered_question_is_no_key_for_later(client, practice, monkeypatch):
    confirming.ask_due()
    client.post(link())
    later = timezone.now() + timedelta(days=200)
    monkeypatch.setattr(timezone, "now", lambda: later)

    client.post(link())

    assert reread(practice).confirmed_on < later.date()


def test_the_letters_page_tells_of_what_is_public_alone(client, nina, practice):
    save(practice, nina, title={"en": "Not public yet"})
    confirming.ask_due()

    assert "Not public yet" not in client.get(link()).content.decode()


@pytest.mark.parametrize("writer", ["nina", "marta"])
def test_a_new_version_of_its_people_says_that_it_is_still_true(practice, writer, request):
    """What somebody else put right says nothing of that."""
    by = request.getfixturevalue(writer)
    draft = practice.latest_draft()
    draft.title = texts("As it is today", "Kot je danes")

    practice.publish(draft.save_revision(user=by), user=AdminFactory())

    held = reread(practice)
    assert (held.confirmed_on, held.entry.record["confirmed_on"]) == (
        (timezone.localdate(), timezone.localdate().isoformat()) if writer == "nina" else (None, None)
    )
    assert confirming.due().filter(pk=practice.pk).exists() == (writer == "marta")


def test_whoever_saved_it_last_its_author_who_submits_it_says_that_it_is_still_true(nina, practice, marta):
    translated = practice.latest_draft()
    translated.title = texts("Open-yard day", "Dan odprtih dvorišč na Ptuju")
    translated.save_revision(user=AdminFactory())

    reviewing.submit(record=reread(practice), by=nina)
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    assert reread(practice).confirmed_on == timezone.localdate()


def test_it_is_asked_twice_and_then_no_more_for_a_year(practice, monkeypatch):
    begins, asked_on = timezone.now(), []
    for day in range(0, 400, 10):
        monkeypatch.setattr(timezone, "now", lambda day=day: begins + timedelta(days=day))
        before = Email.objects.count()
        confirming.ask_due()
        asked_on += [day] * (Email.objects.count() - before)

    assert asked_on == [0, 30, 370]


@pytest.mark.parametrize("case", ["young", "confirmed", "ended", "stopped", "example", "withdrawn"])
def test_others_are_not_asked(practice, case):
    changes = {
        "young": {"first_published_at": timezone.now() - timedelta(days=364)},
        "confirmed": {"confirmed_on": timezone.localdate() - timedelta(days=300)},
        "ended": {"status": "ended"},
        "stopped": {"status": "stopped"},
        "example": {"example": True},
    }
    if case == "withdrawn":
        practice.unpublish()
    else:
        GoodPractice.objects.filter(pk=practice.pk).update(**changes[case])

    confirming.ask_due()

    assert not Email.objects.exists()


def test_where_the_author_is_gone_the_coordinator_is_asked(nina, janez, marta, organisation):
    practice = a_year_old(approved(janez, organisation, marta))
    janez.is_active = False
    janez.save()

    confirming.ask_due()

    assert practice and Email.objects.get().to == [nina.email]


def test_the_secret_is_kept_as_a_digest_and_masked_in_the_log(practice):
    confirming.ask_due()
    token = link().split("/")[-2]

    assert len(token) >= 43  # 256 bits
    assert token not in str(list(Asking.objects.values())) + str(list(Notification.objects.values()))
    assert token not in SECRET_PATHS.sub(r"\1…", f"GET {link()}")


@pytest.mark.parametrize("what", ["foreign", "old", "withdrawn", "no longer hers", "closed"])
def test_a_link_that_is_not_good_says_nothing(client, nina, practice, what):
    confirming.ask_due()
    url = link()
    if what == "foreign":
        url = "/en/still-true/abc/"
    elif what == "old":
        Asking.objects.update(asked=timezone.now() - timedelta(days=366))
    elif what == "withdrawn":
        practice.unpublish()
    elif what == "no longer hers":
        GoodPractice.objects.update(owner=None)
        nina.memberships.all().delete()
    else:
        User.objects.filter(pk=nina.pk).update(is_active=False)

    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
    assert not GoodPractice.objects.exclude(confirmed_on=None).exists()


def test_signed_in_she_says_it_without_a_letter(as_nina, practice, luka):
    address = reverse("practices:still_true", args=[practice.uid])
    assert "Yes, it is still true" in as_nina.get(address).content.decode()
    as_nina.post(address)
    assert reread(practice).confirmed_on == timezone.localdate()

    as_nina.force_login(luka)
    assert as_nina.get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        confirming.confirm(practice=practice, by=luka)


def test_two_workers_write_one_letter(together, nina, marta, organisation):
    practice = a_year_old(approved(nina, organisation, marta))
    together(lambda: confirming.ask(practice), lambda: confirming.ask(practice))

    assert Email.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({"confirmed_on": "2026-03-01"}, "confirmed 2026"),
        ({"confirmed_on": "2025-03-01"}, "ageing"),
        ({"published": "2025-03-01T10:00:00Z"}, "ageing"),
        ({"published": "2026-03-01T10:00:00Z"}, None),
        ({"published": "2025-03-01T10:00:00Z", "example": True}, None),
        ({"confirmed_on": "2026-03-01", "status": "ended"}, "ended"),
        ({"status": "stopped"}, "stopped"),
        ({"published": None}, None),
    ],
)
def test_how_a_practice_stands(monkeypatch, said, standing):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 22))
    card = {"status": "running", "confirmed_on": None, "published": "2026-01-01T10:00:00Z", "example": False} | said

    assert standing_of(card).get("label") == standing
