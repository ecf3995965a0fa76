"""What the committed description says of webhooks is what is sent."""

import json
import re

import jsonschema
import pytest

from exchange import schema
from exchange.models import Delivery, Endpoint
from exchange.webhooks import actions
from exchange.webhooks.sending import send_due

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def described(name: str) -> dict:
    return schema.document()["webhooks"][name]["post"]


def holds(component: dict, value) -> None:
    whole = component | {"components": schema.document()["components"]}
    validator = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)] == []


def as_described(name: str, sent: tuple) -> None:
    """Head and body of what came, against the description."""
    _first, headers, body = sent
    [(media_type, content)] = described(name)["requestBody"]["content"].items()
    assert headers["content-type"] == media_type
    holds(content["schema"], json.loads(body))
    parameters = {each["name"]: each for each in described(name)["parameters"]}
    assert sorted(parameters) == sorted(header for header in headers if header.startswith("webhook-"))
    for header, parameter in parameters.items():
        assert (parameter["in"], parameter["required"]) == ("header", True)
        holds(parameter["schema"], headers[header])


def test_both_messages_are_described_and_no_other():
    assert sorted(schema.document()["webhooks"]) == ["catalogue.changed", "webhook.test"]


def test_a_change_is_sent_as_described(changed, receiver):
    send_due()

    as_described("catalogue.changed", receiver.came[0])


def test_a_test_is_sent_as_described(endpoint, receiver):
    actions.test(endpoint=endpoint)
    send_due()

    as_described("webhook.test", receiver.came[0])


def test_two_signatures_are_as_described(changed, endpoint, receiver, anna):
    actions.rotate(endpoint=endpoint, by=anna)
    send_due()

    as_described("catalogue.changed", receiver.came[0])
    assert len(receiver.came[0][1]["webhook-signature"].split(" ")) == 2


def test_one_message_is_not_as_the_other_is_described(endpoint, receiver):
    actions.test(endpoint=endpoint)
    send_due()

    with pytest.raises(AssertionError, match=re.escape("$.type")):
        as_described("catalogue.changed", receiver.came[0])


def test_answers_do_what_is_said_of_them(changed, receiver):
    assert {"2XX", "410"} <= described("catalogue.changed")["responses"].keys()
    receiver.status = "410 Gone"
    send_due()

    assert (Delivery.objects.get().state, Endpoint.objects.get().why) == (Delivery.State.FAILED, "gone")
