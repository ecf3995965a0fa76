"""Keys: told once, kept as a hash, good until they end; what a network asks is counted without a row for a request."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from exchange.dumps import files
from exchange.keys import actions, known, tokens, use
from exchange.models import ClientKey, ClientUse, DumpFile
from operations.models import AuditEntry
from tests.factories import GoodPracticeFactory, publish

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def test_a_key_is_told_once_and_kept_as_a_hash(make_key):
    key, whole = make_key()

    assert whole.startswith(f"mer_{key.prefix}_")
    assert tokens.read(whole).digest == key.digest
    assert whole not in str(ClientKey.objects.values().get())
    assert len({make_key()[1], whole}) == 2


def test_with_a_key_everything_reads_as_without(api, bearer):
    publish(GoodPracticeFactory())

    assert api("practices/", authorization=bearer).content == api("practices/").content


def test_without_a_key_everything_stays_readable(api):
    api("practices/")
    api("practices/", authorization="Basic YTpi")


@pytest.mark.parametrize(
    "sent", ["", "mer_", "x" * 5_000, "mer_000000000000_" + "x" * 43, "mer_zzz_y", "žžž", "mer_0 1", "' OR 1=1 --"]
)
def test_what_is_no_key_is_refused(problem, api, sent):
    authorization = f"Bearer {sent}"
    response = api("practices/", status=401, authorization=authorization)

    assert problem("practices/", 401, authorization=authorization)["name"] == "invalid-key"
    assert response["WWW-Authenticate"] == 'Bearer realm="MER", error="invalid_token"'
    assert response["Cache-Control"] == "no-store"


def test_a_key_whose_secret_is_another_is_refused(api, make_key):
    key, whole = make_key()

    api("practices/", status=401, authorization=f"Bearer {whole[:-1]}{'A' if whole[-1] != 'A' else 'B'}")


def test_a_revoked_key_opens_nothing(api, make_key, anna):
    key, whole = make_key()
    api("practices/", authorization=f"Bearer {whole}")

    actions.revoke(key=key, by=anna)
    known.forget()  # as after the commit

    api("practices/", status=401, authorization=f"Bearer {whole}")


def test_a_key_ends_by_itself(api, make_key):
    key, whole = make_key(days=30)
    ClientKey.objects.update(made=timezone.now() - timedelta(days=31), expires=timezone.now() - timedelta(seconds=1))

    api("practices/", status=401, authorization=f"Bearer {whole}")
    actions.look_after_keys()
    assert ClientKey.objects.get().ended is not None


def test_a_key_that_is_remembered_ends_on_time(make_key, monkeypatch):
    key, whole = make_key(days=30)
    grant = known.look_up(whole)
    assert known.remembered(whole) == grant

    monkeypatch.setattr(known.time, "time", lambda: key.expires.timestamp() + 1)

    assert known.remembered(whole) is None


def test_a_key_stands_in_no_address(problem, make_key):
    assert problem(f"practices/?access_token={make_key()[1]}", 400)["name"] == "invalid-parameter"


def test_a_key_costs_one_query_and_then_none(api, bearer):
    with CaptureQueriesContext(connection) as first:
        api("state/", authorization=bearer)
    with CaptureQueriesContext(connection) as second:
        api("state/", authorization=bearer)
    with CaptureQueriesContext(connection) as without:
        api("state/")

    assert len(second) == len(without)
    assert len([query for query in first if "clientkey" in query["sql"]]) == 1
    assert [query for query in second if "client" in query["sql"]] == []


# Two at once


def test_two_keys_are_good_while_a_network_changes_over(api, make_key, anna):
    (old, old_whole), (_new, new_whole) = make_key(), make_key()
    for whole in (old_whole, new_whole):
        api("practices/", authorization=f"Bearer {whole}")

    with pytest.raises(actions.TooManyKeys):
        make_key()

    actions.revoke(key=old, by=anna)
    make_key()


def test_the_same_button_pressed_twice_makes_one_key(network, anna):
    asked = {"scopes": ["read"], "lasts": timedelta(days=30), "after": 0}
    actions.make_key(client=network, by=anna, **asked)

    with pytest.raises(actions.MadeMeanwhile):
        actions.make_key(client=network, by=anna, **asked)
    assert ClientKey.objects.count() == 1


def test_nobody_gets_a_key_for_longer_than_a_year(make_key):
    key, _whole = make_key(days=10_000)

    assert key.expires - key.made == timedelta(days=365)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rotate_at_once_one_does(postgresql, together, network, anna):
    asked = {"scopes": ["read"], "lasts": timedelta(days=30), "after": 0}

    def make():
        try:
            return actions.make_key(client=network, by=anna, **asked)[1]
        except actions.MadeMeanwhile:
            return "made meanwhile"

    made = together(make, make, make, make)

    assert made.count("made meanwhile") == 3
    assert ClientKey.objects.count() == 1


# Before it ends


def test_two_weeks_before_the_end_a_letter_goes(make_key, anna, network):
    make_key(days=13)

    actions.look_after_keys()
    actions.look_after_keys()

    hers, contacts = Email.objects.order_by("pk")
    assert [hers.to, contacts.to] == [[anna.email], [network.contact]]
    assert {hers.subject, contacts.subject} == {"A key ends soon: Alpine Zones"}
    assert f"/my/networks/{network.uid}/" in hers.message
    assert "as the contact of “Alpine Zones”" in contacts.message


def test_where_a_longer_one_stands_beside_it_no_letter_goes(make_key):
    make_key(days=13)
    make_key(days=200)

    actions.look_after_keys()

    assert Email.objects.count() == 0


# Use


def test_what_is_asked_is_counted_by_day_and_door(api, bearer, network):
    sizes = [len(api("practices/", authorization=bearer).content) for _time in range(2)]
    b"".join(api("dumps/practices.csv", authorization=bearer).streaming_content)
    assert ClientUse.objects.count() == 0

    use.write_down()
    api("practices/", authorization=bearer)
    use.write_down()

    rows = {row.door: (row.requests, row.bytes, row.refused) for row in network.use.all()}
    assert rows["records"] == (3, sum(sizes) * 3 // 2, 0)
    assert rows["dumps"][0] == 1 and rows["dumps"][1] > 0
    assert network.keys.get().last_used == timezone.localdate()


def test_what_is_refused_is_counted_too(api, bearer, network, settings):
    settings.EXCHANGE = settings.EXCHANGE | {"READS_A_MINUTE_WITH_KEY": 1}
    api("state/", authorization=bearer)
    api("state/", status=429, authorization=bearer)

    use.write_down()

    row = network.use.get()
    assert (row.door, row.requests, row.refused) == ("state", 2, 1)


def test_visitors_without_a_key_are_not_counted(api):
    api("practices/")
    use.write_down()

    assert ClientUse.objects.count() == 0


def test_what_cannot_be_written_down_is_counted_on(api, bearer, network, monkeypatch):
    api("state/", authorization=bearer)
    monkeypatch.setattr(use, "_write", lambda *_of: (_ for _ in ()).throw(OperationalError))
    use.write_down()
    monkeypatch.undo()
    api("state/", authorization=bearer)

    use.write_down()

    assert network.use.get().requests == 2


def test_the_head_alone_counts_no_bytes(api, bearer, network, settings, tmp_path):
    settings.DUMPS_DIR = tmp_path
    publish(GoodPracticeFactory())
    files.make("practices")
    for path in ("practices/", f"dumps/files/{DumpFile.objects.filter(format='csv').first().name}"):
        api(path, method="head", authorization=bearer)
    use.write_down()

    assert [(row.requests, row.bytes) for row in network.use.all()] == [(1, 0), (1, 0)]


@pytest.mark.django_db(transaction=True)
def test_after_some_seconds_it_is_written_down_by_itself(api, bearer, network, settings):
    settings.EXCHANGE = settings.EXCHANGE | {"USE_WRITTEN_AFTER": 0.05}
    api("state/", authorization=bearer)
    timer = use._timer
    timer.join()

    assert (network.use.get().requests, use._timer) == (1, None)


def test_of_a_network_that_has_ended_nothing_is_written_down(api, bearer, network, anna):
    api("practices/", authorization=bearer)
    actions.end(client=network, by=anna)

    use.write_down()

    assert ClientUse.objects.count() == 0


# What is noted


def test_every_act_is_noted(make_key, network, anna):
    key, _whole = make_key()
    make_key()
    actions.revoke(key=key, by=anna)
    actions.change(client=network, by=anna)
    actions.end(client=network, by=anna)

    acts = AuditEntry.objects.filter(actor=anna).order_by("pk").values_list("what", flat=True)
    expected = ["network.registered", "key.made", "key.rotated", "key.revoked", "network.changed", "network.ended"]
    assert list(acts) == expected
