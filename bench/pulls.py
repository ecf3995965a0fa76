"""The rows of the full pull: the whole list of practices as NDJSON, beside what PostgreSQL copies out by itself.

Speed is bytes by the clock here, not processor time: reading and sending go on side by side.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
from django.conf import settings
from django.core.management import CommandError

from bench.goals import Goal, Outcome, exactly
from bench.measuring import forget_peak, memory, ratios, spread
from bench.scratch import dsn
from bench.worlds import World
from tools import servers

LIVE = "/api/v1/dumps/practices.ndjson"
NOBODY = f"{LIVE}?modified_since=2999-01-01T00:00:00Z"
# JSON texts have neither of these characters: nothing is quoted, and the bytes are those of NDJSON.
COPY = (
    "COPY (SELECT document FROM catalogue_entry WHERE kind = 'practices' AND withdrawn IS NULL AND network_id IS NULL"
    " ORDER BY id) TO STDOUT WITH (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
)
NOT_THERE = "not there: the portal has no dumps yet"
MOST_GROWTH = 8.0  # MB


def pull(bench) -> Outcome:
    """Live and ready-made, beside raw COPY."""
    world = bench.full
    if not _is_there(world):
        goals = [Goal("pull/live", "portal, live : raw COPY", None, at_least=0.8)]
        goals.append(Goal("pull/ready", "portal, ready-made : raw COPY", None, at_least=2.0))
        return Outcome("pull", goals, note=NOT_THERE)
    ready = _ready_made(world)
    _prove_same_bytes(world, [LIVE, ready])
    ways = {
        "raw COPY": lambda: _copied(world),
        "portal, live": lambda: world.portal.reader.pull(LIVE),
        "portal, ready-made": lambda: world.portal.reader.pull(ready),
    }
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    sizes = {}
    for number in range(bench.pulls):
        order = list(ways)[number % 3 :] + list(ways)[: number % 3]
        for name in order:
            sizes[name], seconds = ways[name]()
            speeds[name].append(sizes[name] / seconds / 1e6)
    raw, live, made = speeds.values()
    goals = [
        Goal("pull/live", "portal, live : raw COPY", ratios(live, raw), at_least=0.8),
        Goal("pull/ready", "portal, ready-made : raw COPY", ratios(made, raw), at_least=2.0),
    ]
    told = [{"name": name, "mb_s": spread(speeds[name]), "bytes": sizes[name]} for name in ways]
    return Outcome("pull", goals, told, note=f"raw COPY by {Path(_psql() or 'psycopg2').name}")


def growth(bench) -> Outcome:
    """How much more memory a worker ever held while it gave a whole live dump, than before it."""
    worlds = {"all": bench.full, "tenth": bench.tenth}
    if not _is_there(bench.full):
        goals = [Goal("growth/all", "growth at all records", None, at_most=MOST_GROWTH, unit="MB")]
        goals.append(Goal("growth/same", "beyond that at a tenth", None, at_most=1.0, unit="MB"))
        return Outcome("growth", goals, note=NOT_THERE)
    grown = {name: _growth(world) for name, world in worlds.items()}
    more = grown["all"] - grown["tenth"]
    goals = [
        Goal("growth/all", "growth at all records", exactly(grown["all"]), at_most=MOST_GROWTH, unit="MB"),
        Goal("growth/same", "beyond that at a tenth", exactly(more), at_most=1.0, unit="MB"),
    ]
    note = f"at a tenth of the records {grown['tenth']:.1f} MB; of a worker that never gave a dump with records in it"
    return Outcome("growth", goals, note=note)


def _growth(world: World) -> float:
    """In MB, of the first pull of a new worker."""
    with world.one_more_portal() as portal:
        portal.reader.pull(NOBODY)  # what is only loaded once is no growth
        portal.reader.get(world.page()[0])
        forget_peak(portal.worker)
        before = memory(portal.worker, "VmRSS")
        portal.reader.pull(LIVE)
        return max(0, memory(portal.worker, "VmHWM") - before) / 1e6


def _is_there(world: World) -> bool:
    return world.portal.reader.get(NOBODY).status == 200


def _ready_made(world: World) -> str:
    """The address of the ready-made file, which is made first: of this format alone, as workbooks take minutes."""
    command = [sys.executable, "-m", "bench.ready_made"]
    environment = os.environ | world.environment
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise CommandError(f"The ready-made file was not made:\n{done.stderr[-2000:]}")
    told = json.loads(world.portal.reader.get("/api/v1/dumps/").body)
    files = told["kinds"]["practices"]["files"]
    [url] = [file["url"] for file in files if file["format"] == "ndjson" and not file["compression"]]
    return url[url.index("/api/") :]


def _prove_same_bytes(world: World, paths: list[str]) -> None:
    copied = hashlib.sha256()
    with closing(psycopg2.connect(dsn(world.scratch.url))) as database, database.cursor() as cursor:
        cursor.copy_expert(COPY, _Into(copied.update))
    for path in paths:
        given = hashlib.sha256(world.portal.reader.get(path).body)
        if given.digest() != copied.digest():
            raise CommandError(f"{path} gives other bytes than the database holds. Nothing was measured.")


class _Into:
    def __init__(self, write):
        self.write = write


def _copied(world: World) -> tuple[int, float]:
    """Bytes and seconds of a raw COPY to nowhere: by psql where there is one, which is faster than psycopg2."""
    size = _size(world)
    if psql := _psql():
        address, environment = _without_password(world.scratch.url)
        command = [psql, "--quiet", "--no-psqlrc", "--output=/dev/null", f"--command={COPY}", address]
        begun = time.perf_counter()
        subprocess.run(command, env=os.environ | environment, check=True, stdout=subprocess.DEVNULL)
        return size, time.perf_counter() - begun
    with closing(psycopg2.connect(dsn(world.scratch.url))) as database, Path(os.devnull).open("wb") as nowhere:
        begun = time.perf_counter()
        database.cursor().copy_expert(COPY, nowhere)
        return size, time.perf_counter() - begun


def _size(world: World) -> int:
    """Of all documents, each with the end of its line."""
    with closing(psycopg2.connect(dsn(world.scratch.url))) as database, database.cursor() as cursor:
        cursor.execute("SELECT sum(octet_length(document) + 1) FROM catalogue_entry WHERE kind = 'practices'")
        return int(cursor.fetchone()[0])


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """An address that anybody may see among the machine's processes, and what libpq reads beside it."""
    parts = urlsplit(dsn(url))
    if not parts.password:
        return dsn(url), {}
    address = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@", 1))
    return address.geturl(), {"PGPASSWORD": unquote(parts.password)}


def _psql() -> str | None:
    programs = servers.postgres_programs()
    return str(programs / "psql") if programs and (programs / "psql").exists() else None
