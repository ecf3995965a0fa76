"""Addresses that strangers have written are spoken to with care: only in the open internet, not for long, not for much."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from operations import fetching
from operations.fetching import (
    Door,
    NoSuchName,
    NotAllowed,
    Refused,
    TooMuch,
    TooSlow,
    Unreadable,
    is_public,
    resolved,
)

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Server:
    """Answers each path with bytes, or by a function that is given the connection; knows what it was asked."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.answers, self.asked, self.closed = {}, [], False
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                connection, _address = self.socket.accept()
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection):
        with connection, suppress(OSError):
            request = connection.recv(65_536).decode("latin-1")
            self.asked.append(request)
            answer = self.answers.get([*request.split(" "), ""][1], b"")
            answer(connection) if callable(answer) else connection.sendall(answer)

    def url(self, path="/", host="site.example"):
        return f"http://{host}:{self.port}{path}"

    def door(self, **more) -> Door:
        """As production's, but for what has to be otherwise to speak to this machine at all."""
        own = {"ports": (80, 443, self.port), "allows": lambda ip: ip == "127.0.0.1", "resolve": here, "seconds": 5}
        return Door(**own | more)


def here(host, port):
    return ["127.0.0.1"]


@pytest.fixture
def server():
    server = Server()
    yield server
    server.socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for callers
    server.socket.close()


def redirect(to, status="302 Found"):
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


# Whom one speaks to


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
        *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8"),
        *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1"),
        *("2001::1", "2001:10::1", "100::1", "3fff::1", "5f00::1", "4000::1"),
        *("", "site.example", "127.1", "0x7f.0.0.1"),
    ],
)
def test_what_is_not_of_the_open_internet(address):
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["8.8.8.8", "193.2.1.66", "100.63.255.255", "100.128.0.1", "2a00:1450::1"])
def test_what_is(address):
    assert is_public(address) is True


@pytest.mark.parametrize(
    "address",
    [
        *(
            "ftp://site.example/",
            "file:///etc/passwd",
            "gopher://site.example/",
            "javascript:alert(1)",
            "//site.example",
        ),
        *("http://", "http:///path", "http://[", "http://[::1", "http://exa]mple.org", "site.example", ""),
        *("http://anna:secret@site.example/", "http://anna@site.example/", "http://site.example\\@inner.example/"),
        *(
            "http://site.example:22/",
            "https://site.example:8443/",
            "http://site.example:0/",
            "http://site.example:99999/",
        ),
        *(
            "http://site.example/a b",
            "http://site.example/\r\nX-Other: 1",
            "http://site.example/\x00",
            "\thttp://a.si/",
        ),
        "http://site.example/" + "a" * 2_000,
        f"http://{'a' * 64}.example/",
    ],
)
def test_no_address_of_the_web(address):
    with pytest.raises(NotAllowed):
        Door(resolve=lambda host, port: ["8.8.8.8"], allows=lambda ip: pytest.fail("somebody was spoken to")).get(
            address
        )


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/"),
        *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://127.1/", "http://①②⑦.⓪.⓪.①/", "http://0/"),
    ],
)
def test_this_machine_by_any_of_its_names(address):
    """With the resolver of production: what is written in another way comes to the same."""
    with pytest.raises((NotAllowed, NoSuchName)):
        Door().get(address)


def test_one_inner_address_among_outer_ones_is_one_too_many(server):
    server.answers["/"] = FINE

    with pytest.raises(NotAllowed):
        server.door(resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"]).get(server.url())
    assert server.asked == []


def test_a_name_that_means_another_machine_a_moment_later_finds_nothing(server):
    """It is asked for once, and the connection goes to what was looked at; at a redirect it is looked at again."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1"]])
    server.answers |= {"/": FINE, "/away": redirect("/inner"), "/inner": FINE}
    door = server.door(resolve=lambda host, port: next(answers))

    assert door.get(server.url()).body == b"hello"
    with pytest.raises(NotAllowed):
        door.get(server.url())  # the second meaning
    with pytest.raises(StopIteration):
        next(answers), next(answers)
    assert len(server.asked) == 1


def test_a_name_that_changes_between_two_steps_of_a_redirect(server):
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    server.answers |= {"/": redirect("/inner"), "/inner": FINE}

    with pytest.raises(NotAllowed):
        server.door(resolve=lambda host, port: next(answers)).get(server.url())
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "inner",
    [
        *(
            "http://169.254.169.254/latest/meta-data/",
            "http://inner.example/",
            "http://[::1]/",
            "http://[",
            "//10.0.0.1/",
        ),
        *("ftp://site.example/", "http://anna:secret@site.example/", "http://site.example:6379/"),
    ],
)
def test_a_redirect_to_where_nobody_may_go(server, inner):
    server.answers["/"] = redirect(inner)

    def resolve(host, port):
        return ["127.0.0.1"] if host == "site.example" else [host.strip("[]") if "." in host else "10.0.0.1"]

    with pytest.raises(NotAllowed):
        server.door(resolve=resolve).get(server.url())
    assert len(server.asked) == 1


def test_the_request_names_the_portal_and_the_site_and_nothing_else(server, settings):
    settings.PUBLIC_URL = "https://portal.example"
    server.answers["/%C5%BEalec?a=%20b"] = FINE

    server.door().get(server.url("/žalec?a=%20b", host="Žalec.example"))

    assert server.asked == [
        "GET /%C5%BEalec?a=%20b HTTP/1.1\r\n"
        f"Host: xn--alec-kbb.example:{server.port}\r\n"
        "User-Agent: MER-portal (+https://portal.example)\r\n"
        "Accept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
    ]


# What comes back


def test_an_answer_after_redirects(server):
    server.answers |= {
        "/old": redirect("/new", "301 Moved Permanently"),
        "/new": redirect(server.url("/tonight")),
        "/tonight": FINE,
    }

    answer = server.door().get(server.url("/old"))

    assert (answer.status, answer.body, answer.address) == (200, b"hello", server.url("/tonight"))
    assert answer.moved_to == server.url("/new")  # where it is only tonight is no new address


def test_a_look_reads_no_body(server):
    server.answers["/"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 99999999999\r\n\r\n"

    assert [server.door().look(server.url(), method).status for method in ("HEAD", "GET")] == [404, 404]
    assert [each.split(" ")[0] for each in server.asked] == ["HEAD", "GET"]


def test_pieces_are_put_together(server):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"

    assert server.door().get(server.url()).body == b"hello"


def endless(begin, piece):
    def send(connection):
        connection.sendall(begin)
        while True:
            connection.sendall(piece)

    return send


BOMB = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1000), TooMuch),
        (endless(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", b"x" * 1000), TooMuch),
        (
            endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3e8\r\n" + b"x" * 1000 + b"\r\n"),
            TooMuch,
        ),
        (endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", b"x" * 1000), TooMuch),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 1000 + b"\r\n"), (TooMuch, Unreadable)),
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), TooMuch),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nbroken", Unreadable),
        (BOMB, Unreadable),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Unreadable),
        (b"", Unreadable),
        (b"HTTP/1.1 abc\r\n\r\n", Unreadable),
    ],
)
def test_an_answer_that_is_none(server, answer, failure):
    server.answers["/"] = answer

    with pytest.raises(failure):
        server.door(most_bytes=100_000).get(server.url())


def drip(begin):
    def send(connection):
        connection.sendall(begin)
        for _second in range(100):
            connection.sendall(b"x")
            time.sleep(0.1)

    return send


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"])
def test_one_byte_at_a_time_has_one_deadline_for_all_of_them(server, begin):
    server.answers["/"] = drip(begin)
    began = time.monotonic()

    with pytest.raises(TooSlow):
        server.door(seconds=0.5).get(server.url())
    assert time.monotonic() - began < 2


def test_a_resolver_that_takes_its_time_has_the_same_deadline(server):
    began = time.monotonic()

    with pytest.raises(TooSlow):
        server.door(seconds=0.3, resolve=lambda host, port: time.sleep(5)).get(server.url())
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(("steps", "failure"), [(5, None), (6, TooMuch)])
def test_five_redirects_and_no_more(server, steps, failure):
    server.answers |= {f"/{step}": redirect(f"/{step - 1}") for step in range(1, 7)} | {"/0": FINE}

    if failure is None:
        assert server.door().get(server.url(f"/{steps}")).body == b"hello"
    else:
        with pytest.raises(failure):
            server.door().get(server.url(f"/{steps}"))


def test_a_closed_door_is_told_apart_from_a_name_that_nobody_has(server):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]

    with pytest.raises(Refused):
        server.door(ports=(port,)).get(f"http://site.example:{port}/")
    with pytest.raises(NoSuchName):
        server.door(resolve=lambda host, port: resolved("no-such-name.invalid", port)).get(server.url())


def test_what_speaks_no_tls_is_no_https(server):
    server.answers["/"] = FINE

    with pytest.raises(Unreadable):
        server.door().get(f"https://site.example:{server.port}/")


def test_no_setting_opens_this_machine(settings):
    """Only who writes the call says whom it may speak to."""
    assert (Door().allows, Door().resolve, tuple(Door().ports)) == (is_public, resolved, (80, 443))
    assert [name for name in dir(fetching.settings) if "FETCH" in name] == []


# Sending


def test_what_is_sent_comes_with_its_headers_to_that_very_address(server):
    server.answers["/hook?a=1"] = b"HTTP/1.1 204 No Content\r\n\r\n"

    answer = server.door().post(server.url("/hook?a=1"), '{"č":1}'.encode(), {"webhook-id": "msg_1"})

    [asked] = server.asked
    assert answer.status == 204
    assert asked.startswith("POST /hook?a=1 HTTP/1.1\r\n")
    assert asked.endswith("\r\nwebhook-id: msg_1\r\nContent-Length: 8\r\n\r\n" + '{"č":1}'.encode().decode("latin-1"))


def test_what_is_sent_follows_no_redirect(server):
    server.answers |= {"/": redirect("/other"), "/other": FINE}

    assert server.door().post(server.url(), b"{}", {}).status == 302
    assert len(server.asked) == 1


def test_of_the_answer_to_what_was_sent_the_body_is_not_read(server):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 1_000

    assert server.door().post(server.url(), b"{}", {}).body == b""


@pytest.mark.parametrize("value", ["a\r\nX-Other: 1", "a\nb", "č", "\x00"])
def test_no_header_begins_another_one(server, value):
    server.answers["/"] = FINE

    with pytest.raises(Unreadable):
        server.door().post(server.url(), b"{}", {"webhook-id": value})
    assert server.asked in ([], [""])


def test_nothing_is_sent_within(server):
    server.answers["/"] = FINE

    with pytest.raises(NotAllowed):
        server.door(resolve=lambda host, port: ["10.0.0.1"]).post(server.url(), b"{}", {})
    assert server.asked == []


def test_an_address_is_looked_at_without_a_word(server):
    server.door().check(server.url())

    with pytest.raises(NotAllowed):
        server.door(resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"]).check(server.url())
    with pytest.raises(NotAllowed):
        Door().check("https://localhost:6379/")
    assert server.asked == []
