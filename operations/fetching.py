"""The one door to addresses that somebody else has written: pages to look at, other networks' doors.

Such an address may lead anywhere: into this machine, into its network, round in circles, or to somebody who answers one byte
a minute. So every address to which a name resolves is looked at before it is spoken to, at each redirect again, and the
connection goes to the very address that was looked at: a name that means something else a moment later finds nothing.
All of it has one deadline, and an answer may have so many bytes; nothing is unpacked.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import SplitResult, quote, urljoin

from django.conf import settings

from operations.addresses import parts_of

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
LONGEST_ADDRESS = 2_000
MOVED = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
_PIECE = 65_536
_SAFE_IN_TARGET = "/%:=&?~#+!$,;'@()*[]-._"
_IPV6_PUBLIC = ipaddress.ip_network("2000::/3")
# Within what is public: addresses that stand for others (6to4, Teredo and its neighbours), and those for examples.
_IPV6_NOT = tuple(map(ipaddress.ip_network, ("2002::/16", "2001::/23", "2001:db8::/32", "3fff::/20")))
_IPV4_NOT = tuple(map(ipaddress.ip_network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15")))


class NotFetched(Exception):
    """There is no answer, for whatever reason."""


class NotAllowed(NotFetched):
    """The address is none that may be spoken to."""


class NoSuchName(NotFetched):
    """Nobody has the name."""


class Refused(NotFetched):
    """Somebody is there, and does not answer at this door."""


class TooSlow(NotFetched):
    """The deadline passed."""


class TooMuch(NotFetched):
    """More bytes, or more redirects, than are read."""


class Unreadable(NotFetched):
    """What came is no answer: no HTTP, no good certificate, a connection that broke."""


@dataclass(frozen=True)
class Answer:
    """`address` is where it came from in the end; `moved_to` the address that all permanent redirects before the first
    other one led to, if any.
    """

    status: int
    address: str
    headers: Mapping[str, str]
    body: bytes = b""
    moved_to: str = ""


Resolver = Callable[[str, int], Sequence[str]]


def resolved(host: str, port: int) -> list[str]:
    """The addresses that the name has now, as texts. Raises NoSuchName, and Unreadable where nobody could say."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise NoSuchName(host) from error
        raise Unreadable(f"nobody could say where {host} is") from error
    except (UnicodeError, ValueError) as error:
        raise NotAllowed(host) from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: none that stands for another, none of a network of one's own."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    if known.version == 6:
        return known in _IPV6_PUBLIC and known.is_global and not any(known in network for network in _IPV6_NOT)
    unfit = known.is_multicast or known.is_reserved or known.is_unspecified or known.is_loopback or known.is_link_local
    return known.is_global and not unfit and not any(known in network for network in _IPV4_NOT)


@dataclass(frozen=True)
class Door:
    """How far one goes. Tests hand in a resolver of their own, and say that the machine itself may be spoken to."""

    seconds: float = 10.0
    most_bytes: int = 1_000_000
    most_redirects: int = MOST_REDIRECTS
    ports: Sequence[int] = tuple(PORTS.values())
    resolve: Resolver = resolved
    allows: Callable[[str], bool] = is_public
    certificates: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(self, address: str) -> Answer:
        """Raises NotFetched in one of its forms."""
        return self._follow(address, "GET", with_body=True)

    def look(self, address: str, method: str = "HEAD") -> Answer:
        """The answer without its body, which is not even read."""
        return self._follow(address, method, with_body=False)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Sends the body to that very address: no redirect is followed, and the answer's body is not read."""
        until = time.monotonic() + self.seconds
        answer = self._ask(address, "POST", until, with_body=False, sent=_Sent(body, headers))
        return Answer(answer.status, address, answer.headers)

    def check(self, address: str) -> None:
        """Raises NotFetched for an address that would not be spoken to now; nobody is."""
        parts = self._looked_at(address)
        self._found(parts.hostname, _port(parts), time.monotonic() + self.seconds)

    def _follow(self, address: str, method: str, *, with_body: bool) -> Answer:
        until, moved_to, only_for_good = time.monotonic() + self.seconds, "", True
        for _step in range(self.most_redirects + 1):
            answer = self._ask(address, method, until, with_body)
            onward = answer.headers.get("location", "") if answer.status in MOVED else ""
            if not onward:
                return Answer(answer.status, address, answer.headers, answer.body, moved_to)
            address = _joined(address, onward)
            only_for_good = only_for_good and answer.status in FOR_GOOD
            moved_to = address if only_for_good else moved_to
        raise TooMuch("redirects")

    def _ask(self, address: str, method: str, until: float, with_body: bool, sent: "_Sent | None" = None) -> Answer:
        parts = self._looked_at(address)
        host, port = parts.hostname, _port(parts)
        line = _Line(self._connected(host, port, until), until, self.most_bytes)
        try:
            if parts.scheme == "https":
                line.secure(self.certificates, host)
            line.send(_request(method, parts, sent))
            return line.answer(method, with_body)
        except TimeoutError as error:
            raise TooSlow(address) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreadable(f"{type(error).__name__}: {error}"[:200]) from error
        finally:
            line.close()

    def _looked_at(self, address: str) -> SplitResult:
        if len(address) > LONGEST_ADDRESS or any(char.isspace() or not char.isprintable() for char in address):
            raise NotAllowed("an address without spaces, and not too long")
        parts = parts_of(address)
        if parts is None or parts.scheme not in PORTS or not parts.hostname:
            raise NotAllowed("an address of the web")
        if "@" in parts.netloc or "\\" in address:
            raise NotAllowed("an address without a name and password")
        if _port(parts) not in self.ports:
            raise NotAllowed("a port that is not the web's")
        return parts

    def _connected(self, host: str, port: int, until: float) -> socket.socket:
        """To one of the addresses that were looked at."""
        found = self._found(host, port, until)
        for number, address in enumerate(found, start=1):
            try:
                return socket.create_connection((address, port), timeout=_left(until))
            except ConnectionRefusedError as error:
                failure = Refused(host)
                failure.__cause__ = error
            except TimeoutError as error:
                raise TooSlow(host) from error
            except OSError as error:
                failure = Unreadable(f"{type(error).__name__}: {error}"[:200])
            if number == len(found):
                raise failure
        raise NoSuchName(host)

    def _found(self, host: str, port: int, until: float) -> Sequence[str]:
        """What the name stands for; where one of the addresses is not allowed, none is."""
        found = self._resolved_in_time(_ascii(host), port, until)
        if not found or not all(self.allows(address) for address in found):
            raise NotAllowed("an address of the open internet")
        return found

    def _resolved_in_time(self, host: str, port: int, until: float) -> Sequence[str]:
        """The system's resolver knows no deadline: it is left behind where it takes too long."""
        found: list = []

        def ask() -> None:
            try:
                found.append(self.resolve(host, port))
            except NotFetched as error:
                found.append(error)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(_left(until))
        if not found:
            raise TooSlow(host)
        if isinstance(found[0], NotFetched):
            raise found[0]
        return found[0]


@dataclass(frozen=True)
class _Sent:
    """What a request carries beside its own lines."""

    body: bytes
    headers: Mapping[str, str]

    def lines(self) -> list[str]:
        """Raises ValueError where a header would begin another one."""
        told = [f"{name}: {value}" for name, value in self.headers.items()]
        if any(not line.isascii() or not line.isprintable() for line in told):
            raise ValueError("a header of one printable line")
        return [*told, f"Content-Length: {len(self.body)}"]


class _Line(io.RawIOBase):
    """One connection, with a deadline for all that is read or written, and a number of bytes that may come."""

    def __init__(self, connection: socket.socket, until: float, most: int):
        self.connection, self.until, self.left = connection, until, most

    def secure(self, certificates: ssl.SSLContext, host: str) -> None:
        self.connection.settimeout(_left(self.until))
        self.connection = certificates.wrap_socket(self.connection, server_hostname=_ascii(host))

    def send(self, request: bytes) -> None:
        self.connection.settimeout(_left(self.until))
        self.connection.sendall(request)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self.connection.settimeout(_left(self.until))
        got = self.connection.recv_into(buffer)
        self.left -= got
        if self.left < 0:
            raise TooMuch("bytes")
        return got

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client asks of a socket."""
        return io.BufferedReader(self)

    def answer(self, method: str, with_body: bool) -> Answer:
        response = http.client.HTTPResponse(self, method=method)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = b""
        if with_body and response.status not in MOVED:
            if headers.get("content-encoding", "identity") != "identity":
                raise Unreadable("packed, though it was not asked for")
            body = b"".join(iter(lambda: response.read(_PIECE), b""))  # a length that is only claimed takes no room
            if response.length:
                raise Unreadable("it broke off")
        return Answer(response.status, "", headers, body)

    def close(self) -> None:
        self.connection.close()
        super().close()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TooSlow("deadline")
    return left


def _port(parts: SplitResult) -> int:
    return PORTS[parts.scheme] if parts.port is None else parts.port


def _joined(address: str, onward: str) -> str:
    try:
        return urljoin(address, onward)
    except ValueError as error:
        raise NotAllowed("a redirect to no address") from error


def _ascii(host: str) -> str:
    """As names are written on the wire: `žalec.si` → xn--alec-kbb.si."""
    try:
        return host if ":" in host else host.encode("idna").decode()
    except UnicodeError as error:
        raise NotAllowed("a name that nobody can have") from error


def _request(method: str, parts: SplitResult, sent: _Sent | None = None) -> bytes:
    target = quote(parts.path or "/", safe=_SAFE_IN_TARGET)
    target += f"?{quote(parts.query, safe=_SAFE_IN_TARGET)}" if parts.query else ""
    host = _ascii(parts.hostname)
    host = f"[{host}]" if ":" in host else host
    named = host if parts.port in (None, PORTS[parts.scheme]) else f"{host}:{parts.port}"
    lines = [
        f"{method} {target} HTTP/1.1",
        f"Host: {named}",
        f"User-Agent: {user_agent()}",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    lines += sent.lines() if sent else []
    return "\r\n".join([*lines, "", ""]).encode("ascii") + (sent.body if sent else b"")


def user_agent() -> str:
    """Who asks, and where to read of it."""
    return f"{settings.SITE_NAME}-portal (+{settings.PUBLIC_URL})"


def is_well(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
