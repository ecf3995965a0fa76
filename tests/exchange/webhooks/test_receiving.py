"""The example receiver, run as another network would run it."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from exchange.models import Delivery, Endpoint
from exchange.webhooks import actions, sending, signing
from exchange.webhooks.telling import tell_changes
from operations.fetching import Door
from tests.factories import GoodPracticeFactory, publish
from tools import servers

RECEIVE = Path(__file__).resolve().parents[3] / "examples" / "receive.py"

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def running(endpoint, monkeypatch):
    """The example with the secret of the webhook; `lines(n)` are the first that it prints."""
    port = servers.free_port()
    command = [sys.executable, str(RECEIVE), str(port)]
    environment = os.environ | {"WEBHOOK_SECRET": endpoint.plain}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        process.url = f"http://127.0.0.1:{port}/"
        Endpoint.objects.update(url=process.url)
        monkeypatch.setattr(sending, "door", lambda: Door(seconds=5, ports=[port], allows=lambda address: True))
        _wait_for(process.url)
        yield process
        process.terminate()


def _wait_for(url: str) -> None:
    for _time in range(100):
        try:
            urllib.request.urlopen(url, timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the example does not answer")


def post(url: str, body: bytes, headers: dict) -> int:
    try:
        request = urllib.request.Request(url, body, headers, method="POST")
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_it_takes_what_we_send_and_says_what_to_pull(running, endpoint):
    publish(GoodPracticeFactory(organisation_in_charge=None))
    tell_changes()
    actions.test(endpoint=endpoint)

    for _run in range(2):
        sending.send_due()

    assert {each.tries[0]["status"] for each in Delivery.objects.all()} == {204}
    said = {running.stdout.readline().strip() for _time in range(2)}
    assert said == {"changed: practices; pull now", "webhook.test"}


def test_while_the_secret_changes_both_are_taken(running, endpoint, anna):
    actions.rotate(endpoint=endpoint, by=anna)
    actions.test(endpoint=endpoint)

    sending.send_due()

    assert Delivery.objects.get().state == Delivery.State.DELIVERED


def test_what_somebody_else_sends_is_refused(running, endpoint):
    body, now = json.dumps({"type": "webhook.test"}).encode(), int(time.time())

    def signed(secret=endpoint.plain, at=now, **more):
        return signing.headers([secret], message_id="msg_1", timestamp=at, body=body) | more

    assert post(running.url, body, signed()) == 204
    assert post(running.url, body, signed(signing.new_secret())) == 401
    assert post(running.url, body + b" ", signed()) == 401
    assert post(running.url, body, signed(**{"webhook-id": "msg_2"})) == 401
    assert post(running.url, body, signed(at=now - 600)) == 401
    assert post(running.url, body, signed(**{"webhook-timestamp": "now"})) == 401
    assert post(running.url, body, {}) == 401
