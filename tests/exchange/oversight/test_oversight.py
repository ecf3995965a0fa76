"""Administrators see who reads the catalogue with a key, and stop what has to be stopped; whose it is is told why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from post_office.models import Email

from accounts.models import User
from exchange.models import Client, ClientKey, ClientUse, Delivery, Endpoint
from exchange.webhooks import sending
from operations.models import AuditEntry
from tests.exchange.networks import TRIES, registered
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]

LIST = "/cms/reports/registered-networks/"


def text_of(answer) -> str:
    """What is read of the page."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).split())


def cells(answer) -> list[list[str]]:
    """The rows of the list, as they are read."""
    rows = answer.content.decode().partition('<table class="listing">')[2].partition("</table>")[0].split("<tr")[2:]
    return [
        [" ".join(strip_tags(f"<td{cell}".replace("</div>", " ")).split()) for cell in row.split("<td")[1:]]
        for row in rows
    ]


def number_of_queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# The list


def test_each_network_is_a_row(client, admin, reading):
    day = timezone.localdate()
    ClientKey.objects.filter(pk=reading.good.pk).update(last_used=day - timedelta(days=1))
    for ago, requests in ((1, 60), (29, 500), (30, 10_000)):  # the last one is too old
        ClientUse.objects.create(
            client=reading.client, day=day - timedelta(days=ago), door="dumps", requests=requests, refused=ago
        )

    [row] = cells(client.get(LIST))

    assert row[:3] == [
        "Alpine Zones",
        "We mirror the practices.",
        "Anna Berger · anna@alpine.example data@alpine.example",
    ]
    assert row[4].startswith(f"1 good last used {(day - timedelta(days=1)).day} ")
    assert row[5] == "2 000 32 refused"
    assert row[6] == "receiver.alpine.example: stopped by its owner alpine.example: is told of changes"


def test_it_stands_among_the_reports_and_leads_to_each_network(client, admin, reading, page):
    assert LIST in client.get("/cms/").content.decode()
    assert f'href="{page}"' in client.get(LIST).content.decode()


def test_one_is_found_by_its_name_its_owner_and_its_contact(client, admin, reading):
    other = registered(UserFactory(first_name="Luka"))
    Client.objects.filter(pk=other.client.pk).update(name="Karst", contact="maps@karst.example")

    def found(words: str) -> list[str]:
        return [row[0] for row in cells(client.get(LIST, {"who": words}))]

    assert [found(words) for words in ("alpine", "berger anna", "maps@", "nobody")] == [
        ["Alpine Zones"],
        ["Alpine Zones"],
        ["Karst"],
        [],
    ]


def test_of_a_thousand_words_a_few_are_looked_for(client, admin, reading):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST, {"who": "a " * 1_000}).status_code == 200

    assert max(query["sql"].upper().count(" LIKE ") for query in captured) <= 100


def test_it_is_sorted_by_what_was_asked(client, admin, reading):
    other = registered(UserFactory())
    Client.objects.filter(pk=other.client.pk).update(name="Karst")
    ClientUse.objects.filter(client=other.client).update(requests=5)

    orders = ("name", "requests", "-requests", "last_used", "-last_used", "created")
    first = [cells(client.get(LIST, {"ordering": order}))[0][0] for order in orders]

    assert first[:3] == ["Alpine Zones", "Karst", "Alpine Zones"]
    assert len(first) == len(orders)


def test_a_webhook_that_waits_for_a_key_says_so(client, admin, reading):
    ClientKey.objects.update(ended=timezone.now())

    assert cells(client.get(LIST))[0][6].endswith("alpine.example: waits: no key for webhooks is good")


def test_the_list_costs_the_same_with_one_and_with_thirty(client, admin, reading):
    one = number_of_queries(client, LIST)
    for _time in range(29):
        registered(UserFactory())

    assert number_of_queries(client, LIST) == one


# One network


def test_its_page_shows_keys_use_and_what_came_of_its_webhooks(client, admin, reading, page):
    shown = text_of(client.get(page))

    assert "by Anna Berger · anna@alpine.example" in shown
    assert f"mer_{reading.good.prefix}_…" in shown
    assert "1 440" in shown
    assert "The last message: did not arrive · 23 November 2026, 09:00: 500, after 120 ms" in shown
    assert "Nothing was sent in the last thirty days." in shown


def test_neither_keys_nor_secrets_nor_whole_addresses_are_shown(client, admin, reading, page):
    for address in (
        page,
        LIST,
        f"{page}keys/{reading.good.pk}/revoke/",
        f"{page}webhooks/{reading.told.uid}/stop/",
    ):
        shown = client.get(address).content.decode()
        secrets = [secret for each in Endpoint.objects.all() for secret in sending.secrets_of(each)]
        assert len(secrets) == 3
        for word in (*secrets, reading.good.digest, "a-long-address", "alpine.example/hook", reading.delivery.body):
            assert word not in shown


def test_its_page_costs_the_same_whatever_there_is_to_see(client, admin, reading, page):
    before = number_of_queries(client, page)
    for number in range(30):
        Delivery.objects.create(endpoint=reading.told, once=True, body="{}", tries=TRIES, state="failed")
        day = timezone.localdate() - timedelta(days=number)
        ClientUse.objects.create(client=reading.client, day=day, door="records", requests=1)
    Endpoint.objects.create(client=reading.client, url="https://third.example/", secret=reading.told.secret)

    assert number_of_queries(client, page) == before


# What is stopped


def test_a_key_is_revoked_for_a_reason_and_its_owner_has_a_letter(client, admin, owner, reading, page):
    address = f"{page}keys/{reading.good.pk}/revoke/"
    assert client.get(address).status_code == 200
    assert ClientKey.objects.good().count() == 1

    answer = client.post(address, {"reason": "burden"}, follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert "The key opens nothing any more; its owner is told why." in answer.content.decode()
    assert ClientKey.objects.good().count() == 0
    entry = AuditEntry.objects.filter(what="key.revoked").latest("pk")
    assert (entry.actor, entry.whom, entry.about_title) == (admin, owner, "Alpine Zones")
    assert entry.facts == {"key": reading.good.pk, "reason": "burden"}
    letter, to_contact = Email.objects.order_by("pk")
    assert (letter.to, to_contact.to) == ([owner.email], [reading.client.contact])
    assert f"mer_{reading.good.prefix}" in letter.message
    assert f"/sl/my/networks/{reading.client.uid}/" in letter.message


def test_a_webhook_is_stopped_for_a_reason_and_its_owner_has_a_letter(client, admin, owner, reading, page):
    User.objects.filter(pk=owner.pk).update(language="en")
    address = f"{page}webhooks/{reading.told.uid}/stop/"
    assert client.get(address).status_code == 200

    client.post(address, {"reason": "unreachable"})

    stopped = Endpoint.objects.get(pk=reading.told.pk)
    assert (stopped.disabled is None, stopped.why) == (False, "staff")
    entry = AuditEntry.objects.filter(what="webhook.stopped").latest("pk")
    assert (entry.actor, entry.whom) == (admin, owner)
    assert entry.facts == {"webhook": stopped.pk, "why": "staff", "reason": "unreachable"}
    letter = Email.objects.get(to=owner.email)
    assert "It is the webhook at alpine.example." in letter.message
    assert "the portal’s staff has stopped a webhook of “Alpine Zones”" in letter.message
    assert "Why: the receiver does not answer as it should." in letter.message
    assert "stopped by staff" in text_of(client.get(page))


def test_whose_it_is_reads_who_stopped_it_and_can_begin_again(client, admin, owner, reading, page):
    client.post(f"{page}webhooks/{reading.told.uid}/stop/", {"reason": "unreachable"})
    client.force_login(owner)
    hers = f"/en/my/networks/{reading.client.uid}/webhooks/{reading.told.uid}/"

    assert "The portal’s staff stopped it." in client.get(hers).content.decode()
    client.post(f"{hers}act/", {"action": "begin"})
    assert Endpoint.objects.get(pk=reading.told.pk).disabled is None


@pytest.mark.parametrize(
    ("of_key", "of_webhook"),
    [("", ""), ("twice", "done"), ("own_wish", "own_wish"), ("unreachable", "known"), ("x", "x")],
)
def test_without_a_reason_that_fits_nothing_is_stopped(client, admin, reading, page, of_key, of_webhook):
    answers = [
        client.post(f"{page}keys/{reading.good.pk}/revoke/", {"reason": of_key}),
        client.post(f"{page}webhooks/{reading.told.uid}/stop/", {"reason": of_webhook}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert ClientKey.objects.good().count() == 1
    assert Endpoint.objects.get(pk=reading.told.pk).disabled is None
    assert Email.objects.count() == 0


def test_the_button_pressed_twice_writes_one_letter(client, admin, owner, reading, page):
    for address in (f"{page}keys/{reading.good.pk}/revoke/", f"{page}webhooks/{reading.told.uid}/stop/"):
        answers = [client.post(address, {"reason": "mistake"}, follow=True) for _time in range(2)]
        assert [answer.redirect_chain for answer in answers] == [[(page, 302)]] * 2
        assert "already" in text_of(answers[1])

    assert Email.objects.filter(to=owner.email).count() == 2


# Who may


@pytest.mark.parametrize("role", [User.Role.EDITOR, User.Role.REVIEWER, ""])
def test_to_others_it_is_not_there(client, reading, page, role):
    client.force_login(UserFactory(role=role) if role else UserFactory())

    assert client.get(page).status_code == 404
    assert client.post(f"{page}keys/{reading.good.pk}/revoke/", {"reason": "burden"}).status_code == 404
    assert client.post(f"{page}webhooks/{reading.told.uid}/stop/", {"reason": "burden"}).status_code == 404
    assert client.get(LIST).status_code in (302, 404)
    assert ClientKey.objects.good().count() == 1


def test_an_editor_sees_no_way_there(client, reading):
    client.force_login(UserFactory(role=User.Role.EDITOR))

    assert LIST not in client.get("/cms/").content.decode()


def test_a_key_or_webhook_of_another_network_is_not_there(client, admin, reading, page):
    other = registered(UserFactory())

    assert client.get(f"{page}keys/{other.good.pk}/revoke/").status_code == 404
    assert client.get(f"{page}webhooks/{other.told.uid}/stop/").status_code == 404
