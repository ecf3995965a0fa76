"""What waits to be sent follows from how far the catalogue is; one message is under way for an endpoint, no more."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.models import CatalogueState
from exchange.clock import Now
from exchange.models import ClientKey, Delivery, Endpoint
from exchange.webhooks import actions
from exchange.webhooks.telling import tell_changes
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def told() -> list[dict]:
    return [json.loads(delivery.body) for delivery in Delivery.objects.order_by("pk")]


def arrive() -> None:
    Delivery.objects.update(state=Delivery.State.DELIVERED)


def test_where_nothing_has_changed_nothing_is_told(endpoint):
    tell_changes()

    assert told() == []


def test_a_publication_is_told_thinly(endpoint):
    publish(GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory())))

    tell_changes()

    [message] = told()
    assert list(message) == ["type", "timestamp", "data"]
    assert message["type"] == "catalogue.changed"
    assert message["data"] == {"cursor": str(Now.read()), "kinds": ["partners", "practices"]}


def test_publishing_itself_writes_nothing_for_webhooks(endpoint):
    practice = GoodPracticeFactory()
    with CaptureQueriesContext(connection) as queries:
        publish(practice)

    assert [query for query in queries if "exchange_" in query["sql"]] == []
    assert told() == []


def test_many_publications_are_one_message(endpoint):
    for _time in range(5):
        publish(GoodPracticeFactory())
        tell_changes()

    assert len(told()) == 1


def test_what_came_meanwhile_is_told_when_the_message_has_arrived(endpoint):
    publish(GoodPracticeFactory())
    tell_changes()
    withdraw(publish(GoodPracticeFactory()))
    tell_changes()
    arrive()

    tell_changes()
    tell_changes()

    assert [message["data"]["cursor"] for message in told()][-1] == str(Now.read())
    assert len(told()) == 2


def test_only_the_kinds_that_it_wants(endpoint):
    Endpoint.objects.update(kinds=["partners"])
    publish(GoodPracticeFactory(organisation_in_charge=None))
    tell_changes()
    assert told() == []

    publish(OrganisationFactory())
    tell_changes()
    assert [message["data"]["kinds"] for message in told()] == [["partners"]]


def test_after_a_restored_backup_everything_is_told(endpoint):
    publish(GoodPracticeFactory())
    tell_changes()
    arrive()
    CatalogueState.objects.update(epoch="another")

    tell_changes()

    assert told()[-1]["data"]["cursor"].startswith("another-")


@pytest.mark.parametrize("how", ["revoked", "expired", "another scope"])
def test_without_a_good_key_for_it_nothing_is_told_until_there_is_one(endpoint, how):
    if how == "revoked":
        ClientKey.objects.update(ended=timezone.now())
    elif how == "expired":
        long_ago = timezone.now() - timedelta(days=400)
        ClientKey.objects.update(made=long_ago, expires=long_ago + timedelta(days=1))
    else:
        ClientKey.objects.update(scopes=["read"])
    publish(GoodPracticeFactory())
    tell_changes()
    assert told() == []

    now = timezone.now()
    expires = now + timedelta(days=1)
    ClientKey.objects.update(ended=None, made=now, expires=expires, scopes=["webhooks"])
    tell_changes()
    assert len(told()) == 1


def test_what_was_stopped_is_told_at_once_when_it_begins_again(endpoint, anna):
    actions.stop(endpoint=endpoint, why=Endpoint.Stopped.OWNER, by=anna)
    publish(GoodPracticeFactory())
    tell_changes()
    assert told() == []

    actions.begin_again(endpoint=endpoint, by=anna)
    tell_changes()
    assert len(told()) == 1


def test_the_cost_does_not_grow_with_the_catalogue(endpoint, django_assert_max_num_queries):
    for number in (3, 30):
        for _time in range(number):
            publish(GoodPracticeFactory())
        with django_assert_max_num_queries(9):
            tell_changes()
        arrive()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_tells(postgresql, together, endpoint):
    publish(GoodPracticeFactory())

    together(tell_changes, tell_changes, tell_changes)

    assert len(told()) == 1
