"""Its people say why they withdraw a practice, and what takes its place; visitors of the old address learn it."""

import pytest
from django.urls import reverse

from catalogue.drafting.withdrawal import entry_at
from practices.models import GoodPractice
from tests.factories import ProgrammeFactory, publish, republish, reread, withdraw
from tests.practices.writing import approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(nina, marta, organisation):
    return approved(nina, organisation, marta)


@pytest.fixture
def successor(nina, marta, organisation):
    return approved(nina, organisation, marta)


@pytest.fixture
def send(as_nina, practice):
    address = reverse("practices:withdraw", args=[practice.uid])
    return lambda **typed: as_nina.post(address, typed)


def words(client, practice, language="en") -> str:
    answer = client.get(f"/{language}/practices/{practice.slug}/")
    assert answer.status_code == 410
    return answer.content.decode()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("withdrawn", "withdrawn by those who answer for it"),
        ("error", "published by mistake"),
        ("personal_data", "withdrawn to protect a person"),
        ("legal", "withdrawn for a legal reason"),
    ],
)
def test_the_reason_is_told_to_visitors(client, send, practice, reason, said):
    assert send(reason=reason).url == reverse("notices:my_work")

    assert said in words(client, practice)


@pytest.mark.parametrize("sent", [{}, {"reason": ""}])
def test_without_a_reason_it_stays(send, practice, sent):
    answer = send(**sent)

    assert answer.status_code == 422
    assert "Say why it is withdrawn." in answer.content.decode()
    assert reread(practice).live


def test_after_a_merge_people_read_where_it_goes_on_and_machines_are_led_there(client, send, practice, successor):
    send(reason="merged", successor=f"http://127.0.0.1:8000/sl/practices/{successor.slug}/")

    html, title = words(client, practice, "sl"), successor.title.data["sl"]
    assert f'<a href="/sl/practices/{successor.slug}/" lang="sl">{title}</a>' in html
    moved = client.get(f"/id/{practice.uid}/")
    assert (moved.status_code, moved["Location"]) == (301, f"/id/{successor.uid}/")
    assert client.get(moved["Location"])["Location"] == f"/en/practices/{successor.slug}/"


def test_after_two_merges_it_goes_on_in_the_last(client, send, practice, successor, nina, marta, organisation):
    last = approved(nina, organisation, marta)
    send(reason="merged", successor=f"/id/{successor.uid}/")
    withdraw(successor, reason="merged", merged_into=last.uid)

    assert f"/en/practices/{last.slug}/" in words(client, practice)


def test_a_successor_that_is_gone_is_not_named(client, send, practice, successor):
    send(reason="merged", successor=f"/id/{successor.uid}/")
    withdraw(successor)

    said = words(client, practice)
    assert ("Continued in" in said, "That one has been withdrawn since." in said) == (False, True)
    assert client.get(f"/id/{practice.uid}/").status_code == 410


def test_a_former_address_says_the_same(client, practice, successor, send):
    former = practice.slug
    GoodPractice.objects.filter(pk=practice.pk).update_ledger(slug="named-anew")
    republish(reread(practice))
    send(reason="merged", successor=f"/id/{successor.uid}/")

    answer = client.get(f"/en/practices/{former}/")
    assert (answer.status_code, f"/en/practices/{successor.slug}/" in answer.content.decode()) == (410, True)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"reason": "merged"}, {"successor": ["Say which public record took its place."]}),
        (
            {"reason": "merged", "successor": "https://elsewhere.example/en/practices/own/"},
            {"successor": ["There is no other public record of this kind at this address."]},
        ),
        ({"reason": "invented"}, {"reason": ["Select a valid choice. invented is not one of the available choices."]}),
    ],
)
def test_what_is_wrong_is_said_at_the_field(send, practice, typed, wrong):
    page = send(**typed)

    assert (page.status_code, dict(page.context["form"].errors)) == (422, wrong)
    assert typed.get("successor", "") in page.content.decode()
    assert practice.entry.is_visible


def test_a_successor_needs_a_merge(send, successor):
    page = send(reason="error", successor=f"/id/{successor.uid}/")

    assert dict(page.context["form"].errors) == {"reason": ["Another record takes its place only after a merge."]}


def test_nothing_but_another_public_record_of_the_kind_takes_its_place(send, practice, successor, organisation):
    gone = withdraw(successor)

    for record in (practice, gone, organisation, publish(ProgrammeFactory())):
        assert send(reason="merged", successor=f"/id/{record.uid}/").status_code == 422


def test_addresses_as_people_copy_them(organisation):
    entry, slug = organisation.entry, organisation.slug

    for address in (
        f"/id/{entry.uid}/",
        f"http://127.0.0.1:8000/id/{entry.uid}",
        f"http://127.0.0.1:8000/it/partners/{slug}/?from=mail#colophon",
    ):
        assert entry_at(address) == entry
    for address in (
        "",
        "//[",
        "/id/x/",
        f"/xx/partners/{slug}/",
        f"/en/practices/{slug}/",
        f"/en/partners/{slug}/v/1/",
    ):
        assert entry_at(address) is None


def test_of_a_merged_record_the_pages_for_readers_say_the_same(client, practice, send, successor):
    send(reason="merged", successor=f"/id/{successor.uid}/")

    for page in ("suggest", "contact", "cite"):
        answer = client.get(f"/en/practices/{practice.slug}/{page}/")
        assert (answer.status_code, f"/en/practices/{successor.slug}/" in answer.content.decode()) == (410, True)
