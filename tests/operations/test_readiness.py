"""Addresses for machines that watch: whether the process answers, and whether the portal can do its work."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.timezone import now

from catalogue.models import Entry
from operations import readiness
from operations.models import Heartbeat
from tests.factories import bare_entries

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def answered(client):
    response = client.get("/readyz")
    checks = {name: (check["ok"], check["value"]) for name, check in response.json()["checks"].items()}
    assert response.json()["ready"] is (response.status_code == 200)
    return response.status_code, checks


def test_the_process_answers_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok\n", "text/plain")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_answers_are_never_kept_and_nothing_can_be_sent(client, address):
    assert "no-store" in client.get(address)["Cache-Control"]
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.fixture(autouse=True)
def _just_installed(db):
    installed(minutes=0)


def installed(**ago):
    MigrationRecorder.Migration.objects.filter(app="operations").update(applied=now() - timedelta(**ago))


def test_a_portal_that_was_just_installed_is_ready(client):
    installed(minutes=9)

    assert answered(client) == (
        200,
        {
            "database": (True, "reachable"),
            "migrations": (True, "complete"),
            "last_beat": (True, "none yet"),
            "stale_entries": (True, "none"),
            "letters": (True, "0 waiting, 0 of them tried before, 0 failed"),
        },
    )


def test_a_portal_whose_beat_never_began_is_not_ready(client):
    installed(minutes=11)

    status, checks = answered(client)

    assert (status, checks["last_beat"]) == (503, (False, "none yet"))


def test_without_a_database_the_portal_is_not_ready(client, monkeypatch):
    def no_cursor():
        raise OperationalError("could not connect to server: password of mer is 'secret'")

    monkeypatch.setattr(connection, "cursor", no_cursor)

    assert answered(client) == (503, {"database": (False, "OperationalError")})


def test_with_a_missing_migration_the_portal_is_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="operations").latest("name").delete()

    assert answered(client) == (503, {"database": (True, "reachable"), "migrations": (False, "1 missing")})


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (9, 200), (11, 503)])
def test_when_nothing_was_done_for_long_the_portal_is_not_ready(client, minutes, status):
    earlier = now() - timedelta(hours=5)
    latest = now() - timedelta(minutes=minutes)
    Heartbeat.objects.create(work="seldom", began=earlier)
    Heartbeat.objects.create(work="often", began=latest)

    found, checks = answered(client)

    assert (found, checks["last_beat"]) == (status, (status == 200, latest.isoformat()))


@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (29, 200), (31, 503)])
def test_when_refreshes_wait_for_long_the_portal_is_not_ready(client, minutes, status):
    bare_entries(3)
    since = now() - timedelta(minutes=minutes)
    oldest, newer, _fresh = Entry.objects.order_by("pk")
    Entry.objects.filter(pk=oldest.pk).update(stale_since=since)
    Entry.objects.filter(pk=newer.pk).update(stale_since=now())

    found, checks = answered(client)

    assert (found, checks["stale_entries"]) == (status, (status == 200, since.isoformat()))


def test_other_rooms_ask_too_and_a_question_that_fails_is_a_no(client, monkeypatch):
    def fail():
        raise ZeroDivisionError

    monkeypatch.setattr(readiness, "_questions", {"queue": lambda: (True, "empty"), "broken": fail})

    status, checks = answered(client)

    assert (status, checks["queue"], checks["broken"]) == (503, (True, "empty"), (False, "ZeroDivisionError"))
