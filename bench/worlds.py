"""A filled scratch database with the programs that read from it, each started when somebody asks for it."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.management import CommandError

from bench import servers
from bench.client import Answer
from bench.data import Catalogue
from bench.filling import USUAL_SETTINGS, fill
from bench.measuring import Backends, Contender
from bench.scratch import Postgres, Scratch, Sqlite

PAGE = 100
LIST = "/api/v1/practices/"
RAW, DATASETTE, USUAL = (
    "bench.yardsticks.raw:application",
    "bench.yardsticks.datasette:application",
    "bench.yardsticks.usual.wsgi",
)


class World:
    """`close` ends its programs. `beside`: with the tables of the yardsticks."""

    def __init__(
        self, name: str, catalogue: Catalogue, maker: Postgres | Sqlite, place: Path, redis_url: str, *, beside: bool
    ):
        self.name, self.catalogue, self.redis_url = name, catalogue, redis_url
        self.place = place / name
        self.place.mkdir()
        self._stack = ExitStack()
        self.scratch: Scratch = maker.make(name)
        fill(self.scratch, catalogue, beside=beside)
        self.backends = Backends(self.scratch)
        self._stack.callback(self.backends.close)

    def close(self) -> None:
        self._stack.close()

    # Programs

    @cached_property
    def environment(self) -> dict[str, str]:
        return servers.portal_environment(self.place, self.redis_url) | self.scratch.environment()

    @cached_property
    def portal(self) -> servers.Server:
        return self._serve("portal", "mer_portal.wsgi", self.environment, ready="/api/v1/")

    @cached_property
    def raw(self) -> servers.Server:
        return self._serve("raw", RAW, self.scratch.environment(), ready="/bytes")

    @cached_property
    def datasette(self) -> servers.Server:
        return self._serve("datasette", DATASETTE, self.scratch.environment(), ready="/")

    @cached_property
    def usual(self) -> servers.Server:
        environment = self.scratch.environment() | USUAL_SETTINGS
        return self._serve("usual", USUAL, environment, ready="/empty/")

    def _serve(self, name: str, program: str, environment: dict[str, str], ready: str) -> servers.Server:
        serving = servers.serving(f"{self.name} {name}", program, environment, place=self.place, ready=ready)
        return self._stack.enter_context(serving)

    def one_more_portal(self) -> AbstractContextManager[servers.Server]:
        """A portal that has answered nobody yet."""
        return servers.serving(
            f"{self.name} one more", "mer_portal.wsgi", self.environment, place=self.place, ready="/api/v1/"
        )

    # Addresses

    @cached_property
    def cursors(self) -> list[tuple[int, str]]:
        """Where pages of the list begin: how many records lie before, and the cursor; as a reader finds them."""
        found, seen, query = [], 0, "view=summary&page_size=500"
        while True:
            told = json.loads(ok(self.portal.reader.get(f"{LIST}?{query}")).body)
            seen += len(told["results"])
            if not told["next"]:
                return found
            [cursor] = parse_qs(urlsplit(told["next"]).query)["cursor"]
            found.append((seen, cursor))
            query = f"view=summary&page_size=500&cursor={cursor}"

    def page(self, share: float = 0) -> tuple[str, int]:
        """The address of a page of the list behind this share of all records, and the number of records before it."""
        if not share or not self.cursors:
            return f"{LIST}?page_size={PAGE}", 0
        before, cursor = min(self.cursors, key=lambda each: abs(each[0] - share * self.catalogue.practices))
        return f"{LIST}?page_size={PAGE}&cursor={cursor}", before

    # Contenders

    def asks(
        self, name: str, server: servers.Server, path: str | Callable[[int], str], status: int = 200, **headers
    ) -> Contender:
        """Asks for an address again and again, or for the one of each number."""

        def ask(number: int) -> tuple[int, float]:
            answer = ok(server.reader.get(path if isinstance(path, str) else path(number), **headers), status)
            return len(answer.body), answer.seconds

        return Contender(name, server, self.backends, ask)


def ok(answer: Answer, status: int = 200) -> Answer:
    if answer.status != status:
        raise CommandError(f"{answer.status} instead of {status}: {answer.body[:500]!r}")
    return answer


def results(server: servers.Server, path: str) -> list:
    return json.loads(ok(server.reader.get(path)).body)["results"]


def prove_equal(ours: list, others: dict[str, list]) -> None:
    """Raises CommandError, with the first record that differs: what is not the same is not measured."""
    if not ours:
        raise CommandError("There is nothing to measure: the page is empty.")
    for name, theirs in others.items():
        if len(theirs) != len(ours):
            raise CommandError(f"{name} gives {len(theirs)} records, the portal {len(ours)}.")
        for our, their in zip(ours, theirs, strict=True):
            if _told(our) != _told(their):
                keys = [key for key in {**our, **their} if _told(our.get(key)) != _told(their.get(key))]
                raise CommandError(
                    f"{name} tells another record {our['uid']}: {', '.join(keys)}. Nothing was measured."
                )


def _told(value) -> str:
    return json.dumps(value, sort_keys=True)
