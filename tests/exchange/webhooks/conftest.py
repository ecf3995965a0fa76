"""A network with a good key and a webhook, and a receiver on this machine."""

import socket
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from exchange.keys import actions as keys
from exchange.models import Client, Delivery, Endpoint, Scope
from exchange.webhooks import actions, sending
from exchange.webhooks.telling import tell_changes
from operations.fetching import Door
from tests.factories import GoodPracticeFactory, UserFactory, publish


class Receiver:
    """Answers every POST with `status`, or as `answer` does; knows head and body of what came."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"http://receiver.example:{self.port}/hook"
        self.status, self.came, self.answer = "204 No Content", [], None
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                connection, _address = self.socket.accept()
                threading.Thread(target=self._take, args=[connection], daemon=True).start()

    def _take(self, connection):
        with connection, suppress(OSError):
            came = b""
            while b"\r\n\r\n" not in came:
                came += connection.recv(65_536)
            head, _gap, body = came.partition(b"\r\n\r\n")
            first, *lines = head.decode().split("\r\n")
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            while len(body) < int(headers["content-length"]):
                body += connection.recv(65_536)
            self.came.append((first, headers, body))
            if self.answer:
                self.answer(connection)
            else:
                connection.sendall(f"HTTP/1.1 {self.status}\r\nContent-Length: 0\r\n\r\n".encode())


@pytest.fixture
def receiver(monkeypatch):
    receiver = Receiver()
    ports, here = (80, 443, receiver.port), lambda host, port: ["127.0.0.1"]
    own = Door(seconds=2, ports=ports, resolve=here, allows=lambda address: address == "127.0.0.1")
    monkeypatch.setattr(sending, "door", lambda: own)
    yield receiver
    receiver.socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for callers
    receiver.socket.close()


@pytest.fixture
def anna(db):
    user = UserFactory(first_name="Anna")
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


@pytest.fixture
def network(anna) -> Client:
    client = Client(name="Alpine Zones", contact="data@alpine.example", purpose="We mirror the practices.")
    keys.register(client=client, by=anna)
    keys.make_key(client=client, scopes=list(Scope), lasts=timedelta(days=365), after=0, by=anna)
    return client


@pytest.fixture
def endpoint(network, anna, receiver) -> Endpoint:
    """With its secret as `plain`."""
    endpoint = Endpoint(url=receiver.url)
    endpoint.plain = actions.add(endpoint=endpoint, client=network, by=anna)
    return endpoint


@pytest.fixture
def changed(endpoint) -> Delivery:
    """One message that waits."""
    publish(GoodPracticeFactory())
    tell_changes()
    return Delivery.objects.get()
