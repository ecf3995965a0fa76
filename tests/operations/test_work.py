"""Background work: what is due is done, and one failure never stops the rest."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils.timezone import now

from catalogue.models import Entry
from mer_portal.celery import app as celery_app
from operations import tasks, work
from operations.models import Heartbeat

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def registry(monkeypatch):
    """An empty registry, filled by the test alone."""
    monkeypatch.setattr(work, "_registry", {})
    return work._registry


def fail():
    raise ZeroDivisionError("nothing to divide by")


def test_due_work_is_done_in_the_order_of_registration(registry):
    done = []
    for name in ("first", "second", "third"):
        work.register(name, lambda name=name: done.append(name))

    assert work.tick() == ["first", "second", "third"] == done


def test_work_is_done_again_when_its_time_has_come(registry):
    work.register("often", lambda: None, every=timedelta(seconds=30))
    work.register("seldom", lambda: None, every=timedelta(hours=1))
    start = now()

    ticks = [work.tick(start + timedelta(seconds=seconds)) for seconds in (0, 29, 30, 31, 3600)]

    assert ticks == [["often", "seldom"], [], ["often"], [], ["often", "seldom"]]


def test_a_failure_is_noted_and_the_others_are_done(registry, caplog):
    done = []
    work.register("fails", fail)
    work.register("works", lambda: done.append("works"))

    assert work.tick() == ["fails", "works"]

    failed, worked = Heartbeat.objects.get(work="fails"), Heartbeat.objects.get(work="works")
    assert done == ["works"]
    assert (failed.error, failed.succeeded) == ("ZeroDivisionError: nothing to divide by", None)
    assert (worked.error, worked.succeeded is not None) == ("", True)
    assert [record.getMessage() for record in caplog.records] == ["Background work fails failed"]
    assert caplog.records[0].exc_info[0] is ZeroDivisionError


def test_failed_work_is_tried_again_and_its_error_forgotten_when_it_succeeds(registry):
    outcomes = iter([fail, lambda: None])
    work.register("heals", lambda: next(outcomes)(), every=timedelta(0))

    work.tick()
    assert Heartbeat.objects.get().error == "ZeroDivisionError: nothing to divide by"
    work.tick()
    assert Heartbeat.objects.get().error == ""


def test_an_endless_error_is_cut(registry):
    def fail_at_length():
        raise ValueError("x" * 10_000)

    work.register("fails", fail_at_length)
    work.tick()

    assert len(Heartbeat.objects.get().error) == 2000


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_database_does_not_stop_the_others(registry):
    def ask_nonsense():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    work.register("fails", ask_nonsense)
    work.register("works", lambda: Entry.objects.count())

    assert work.tick() == ["fails", "works"]
    assert [beat.succeeded is not None for beat in Heartbeat.objects.order_by("work")] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_does_not_stop_the_others(registry):
    def lose_the_connection():
        connection.connection.close()
        Entry.objects.count()

    work.register("fails", lose_the_connection)
    work.register("works", lambda: Entry.objects.count())

    assert work.tick() == ["fails", "works"]
    assert [beat.succeeded is not None for beat in Heartbeat.objects.order_by("work")] == [False, True]


def test_a_name_belongs_to_one_function(registry):
    work.register("same", fail)
    work.register("same", fail)

    with pytest.raises(ValueError, match="'same' is registered twice"):
        work.register("same", print)


def test_what_the_portal_does_in_the_background():
    assert {"scheduled publishing", "refresh of stale entries"} <= set(work._registry)
    assert work.tick() == list(work._registry)
    assert list(Heartbeat.objects.exclude(error="").values_list("work", "error")) == []


# The command and Celery


def test_the_command_says_what_it_did(registry, capsys):
    work.register("first", lambda: None)

    call_command("tick", verbosity=2)
    call_command("tick", verbosity=2)
    call_command("tick")

    assert capsys.readouterr().out == "done: first\ndone: nothing was due\n"


class Enough(Exception):
    pass


ends_its_thread = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@pytest.fixture
def pauses(monkeypatch):
    """The loop's pauses, without their time; the third ends the loop, the first the one for long work beside it.

    The latter may begin after the loop has ended: it is waited for, else it would go on beside all later stories.
    """
    taken = []

    def pause(seconds):
        if threading.current_thread() is not threading.main_thread():
            connection.close()
            raise SystemExit
        taken.append(seconds)
        if len(taken) == 3:
            raise Enough

    monkeypatch.setattr("operations.management.commands.tick.time.sleep", pause)
    yield taken
    for thread in long_work():
        thread.join()


def long_work() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "long work"]


@ends_its_thread
@pytest.mark.django_db(transaction=True)
def test_the_loop_goes_on(registry, pauses):
    done = []
    work.register("often", lambda: done.append(1), every=timedelta(0))

    with pytest.raises(Enough):
        call_command("tick", loop=True, pause=7)

    assert (done, pauses) == ([1, 1, 1], [7, 7, 7])


@ends_its_thread
@pytest.mark.django_db(transaction=True)
def test_long_work_holds_up_nothing_else(registry, pauses):
    done, others_are_done = [], threading.Event()
    work.register("long", lambda: done.append(others_are_done.wait(60)), every=timedelta(0), is_long=True)
    work.register("often", lambda: done.append("often"), every=timedelta(0))

    with pytest.raises(Enough):
        call_command("tick", loop=True)
    others_are_done.set()
    [thread] = long_work()
    thread.join()

    assert done == ["often", "often", "often", True]


@ends_its_thread
@pytest.mark.django_db(transaction=True)
def test_the_loop_outlives_a_database_that_is_away_for_a_while(registry, pauses, monkeypatch):
    done = []
    ticks = iter([OperationalError("the database is starting up"), None, None])

    def tick(*, is_long):
        if is_long:
            return []
        if error := next(ticks):
            raise error
        done.append(1)
        return []

    monkeypatch.setattr(work, "tick", tick)

    with pytest.raises(Enough):
        call_command("tick", loop=True)

    assert done == [1, 1]


def test_celery_does_the_same_work(registry):
    done = []
    work.register("first", lambda: done.append(1))

    tasks.tick()

    assert done == [1]
    assert {job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()} <= set(celery_app.tasks)
