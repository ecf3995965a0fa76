"""What migrations did to webhooks that were there before them."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from exchange.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def lax(endpoint):
    """The tables as they were before there could be one only."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite takes a constraint away only outside of a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        for model in (Endpoint, Delivery):
            for constraint in model._meta.constraints:
                if constraint.name in ("endpoint_once_in_a_network", "delivery_one_waits_by_hand"):
                    editor.remove_constraint(model, constraint)


def keep_the_last() -> None:
    import_module("exchange.migrations.0005_one_of_each_webhook").keep_the_last(apps, None)


def another(endpoint: Endpoint, **told) -> Endpoint:
    """A webhook like this one, added later."""
    other = Endpoint.objects.get(pk=endpoint.pk)
    other.pk, other.uid = None, uuid4()
    for name, value in told.items():
        setattr(other, name, value)
    other.save(force_insert=True)
    return other


@pytest.mark.usefixtures("lax")
def test_of_webhooks_with_one_address_the_last_that_works_stays(endpoint):
    """0005."""
    last = another(endpoint)
    another(endpoint, disabled=timezone.now(), why=Endpoint.Stopped.GONE)
    elsewhere = another(endpoint, url="https://other.example/")

    for _again in range(2):
        keep_the_last()

        assert set(Endpoint.objects.all()) == {last, elsewhere}


@pytest.mark.usefixtures("lax")
def test_of_messages_sent_by_hand_that_wait_for_a_webhook_the_last_stays(endpoint):
    """0005: the others have failed, and are there to be sent again."""
    first, last = (Delivery.objects.create(endpoint=endpoint, body="{}", once=True) for _message in range(2))
    by_itself = Delivery.objects.create(endpoint=endpoint, body="{}")
    arrived = Delivery.objects.create(endpoint=endpoint, body="{}", once=True, state=Delivery.State.DELIVERED)

    for _again in range(2):
        keep_the_last()

        assert dict(Delivery.objects.values_list("pk", "state")) == {
            first.pk: "failed",
            last.pk: "waiting",
            by_itself.pk: "waiting",
            arrived.pk: "delivered",
        }
