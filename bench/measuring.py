"""What a request costs: processor time of the worker and of the database's processes that serve it, and time by the clock."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import psycopg2

from bench.scratch import Scratch, dsn
from bench.servers import Server

BATCH = 0.15  # seconds of processor time that a contender takes in a round, about
FEWEST, MOST = 2, 60  # requests of a contender in a round


def processor_seconds(pid: int) -> float:
    """Of all threads that the process has, and has had; to the nanosecond (clock_getcpuclockid(3))."""
    return time.clock_gettime(~pid << 3 | 2)


def memory(pid: int, name: str) -> int:
    """Bytes of `VmRSS` or of its peak `VmHWM`."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


def forget_peak(pid: int) -> None:
    """From now on `VmHWM` is counted anew (proc(5), clear_refs)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


class Backends:
    """PostgreSQL's processes of one database, by the names of their connections; of SQLite there are none."""

    def __init__(self, scratch: Scratch):
        self.connection = psycopg2.connect(dsn(scratch.url)) if scratch.vendor == "postgresql" else None
        if self.connection:
            self.connection.autocommit = True

    def seconds(self, name: str) -> dict[int, float]:
        """By process. A server on another machine cannot be looked at: that is an error."""
        if not self.connection:
            return {}
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s", [name]
            )
            pids = [pid for (pid,) in cursor]
        for pid in pids:
            comm = Path(f"/proc/{pid}/comm")
            if not comm.exists() or not comm.read_text().startswith("postgres"):
                raise RuntimeError("PostgreSQL runs elsewhere: what its processes cost cannot be seen from here.")
        return {pid: processor_seconds(pid) for pid in pids}

    def close(self) -> None:
        if self.connection:
            self.connection.close()


@dataclass
class Contender:
    """One way to do the work. `ask` does it once: number of the request → bytes, seconds by the clock."""

    name: str
    server: Server
    backends: Backends
    ask: Callable[[int], tuple[int, float]]
    asked: int = 0
    cpu: list[float] = field(default_factory=list)  # seconds a request, for each round
    worker: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)  # of all requests
    bytes: int = 0
    batch: int = FEWEST

    def warm_up(self) -> None:
        """Until connections are there and plans are known; then so many requests a round as make it worth a look."""
        for _time in range(8):  # each of the worker's threads opens its own connection
            self._once()
        before = self._cost()
        for _time in range(FEWEST):
            self._once()
        each = sum(self._since(before)) / FEWEST
        self.batch = int(min(MOST, max(FEWEST, BATCH / max(each, 1e-6))))

    def round(self) -> None:
        self._once()  # the connection may have been closed, and the processor knows others' data
        before = self._cost()
        taken = [self._once() for _time in range(self.batch)]
        worker, backends = self._since(before)
        self.worker.append(worker / self.batch)
        self.cpu.append((worker + backends) / self.batch)
        self.seconds += taken

    def _once(self) -> float:
        self.bytes, seconds = self.ask(self.asked)
        self.asked += 1
        return seconds

    def _cost(self) -> tuple[float, dict[int, float]]:
        return processor_seconds(self.server.worker), self.backends.seconds(self.server.application_name)

    def _since(self, before: tuple[float, dict[int, float]]) -> tuple[float, float]:
        worker, backends = self._cost()
        return worker - before[0], sum(now - before[1].get(pid, 0.0) for pid, now in backends.items())

    def told(self) -> dict:
        """Milliseconds and bytes."""
        shares = quantiles(self.seconds, n=100) if len(self.seconds) > 1 else self.seconds * 99
        return {
            "name": self.name,
            "cpu_ms": spread([each * 1000 for each in self.cpu]),
            "worker_ms": spread([each * 1000 for each in self.worker]),
            "p50_ms": shares[49] * 1000,
            "p99_ms": shares[98] * 1000,
            "bytes": self.bytes,
            "requests": len(self.seconds),
            "peak_rss_mb": memory(self.server.worker, "VmHWM") / 1e6,
        }


def spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": median(values), "min": min(values), "max": max(values)}


def interleaved(contenders: list[Contender], rounds: int) -> None:
    """All of them in each round, every round beginning with another one."""
    for contender in contenders:
        contender.warm_up()
    for number in range(rounds):
        first = number % len(contenders)
        for contender in contenders[first:] + contenders[:first]:
            contender.round()


def ratios(above: Sequence[float], below: Sequence[float]) -> dict[str, float]:
    """Round by round."""
    return spread([first / second for first, second in zip(above, below, strict=True)])
