"""What a run found, for people, for machines, and as an exit status."""

import json
import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import django

from bench.goals import Outcome


def machine() -> dict[str, str | int]:
    """Which one, in words that tell machines apart and nobody where they stand."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processor": processor,
        "cores": os.cpu_count() or 0,
        "memory_gb": round(memory),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "django": django.get_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def head(command: str, size: int, rounds: int, postgresql: str) -> dict:
    return {
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine() | {"postgresql": postgresql},
        "practices": size,
        "rounds": rounds,
    }


def in_words(told: dict) -> str:
    machine = told["machine"]
    return (
        f"`{told['command']}`, {told['date']}: {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB,"
        f" load {machine['load']} before; Python {machine['python']}, Django {machine['django']},"
        f" PostgreSQL {machine['postgresql']}, SQLite {machine['sqlite']}; {told['practices']:,} practices,"
        f" {told['rounds']} rounds."
    )


def goals_table(outcomes: list[Outcome]) -> str:
    """Markdown: the median of the rounds' ratios, the least and the most."""
    lines = ["| row | what | found | to reach | |", "|---|---|---|---|---|"]
    for outcome in outcomes:
        for goal in outcome.goals:
            verdict = {True: "reached", False: "**not reached**", None: ""}[goal.is_reached]
            lines.append(f"| {goal.name} | {goal.says} | {_found(goal)} | {_limit(goal)} | {verdict} |")
    return "\n".join(lines)


def _found(goal) -> str:
    if goal.found is None:
        return "not there"
    middle, least, most = (f"{goal.found[name]:.4g}" for name in ("median", "min", "max"))
    spread = "" if least == most else f" ({least}–{most})"
    return f"{middle}{spread} {goal.unit}".rstrip()


def _limit(goal) -> str:
    if goal.at_least is not None:
        return f"≥ {goal.at_least:g} {goal.unit}".rstrip()
    return "" if goal.at_most is None else f"≤ {goal.at_most:g} {goal.unit}".rstrip()


def contenders_table(outcomes: list[Outcome]) -> str:
    """Markdown: what each took, for those who want to know more than ratios."""
    lines = ["| row | who | processor ms a request | of these the worker | p50 ms | p99 ms | bytes | peak RSS |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for outcome in outcomes:
        lines += [_contender(outcome.row, told) for told in outcome.contenders]
    return "\n".join(lines)


def _contender(row: str, told: dict) -> str:
    if "mb_s" in told:
        speed = f"{told['mb_s']['median']:.0f} ({told['mb_s']['min']:.0f}–{told['mb_s']['max']:.0f}) MB/s"
        return f"| {row} | {told['name']} | {speed} by the clock | | | | {told['bytes']:,} | |"
    cpu, worker = told["cpu_ms"], told["worker_ms"]
    return (
        f"| {row} | {told['name']} | {cpu['median']:.2f} ({cpu['min']:.2f}–{cpu['max']:.2f}) | {worker['median']:.2f} |"
        f" {told['p50_ms']:.2f} | {told['p99_ms']:.2f} | {told['bytes']:,} | {told['peak_rss_mb']:.0f} MB |"
    )


def notes(outcomes: list[Outcome]) -> str:
    return "\n".join(f"- {outcome.row}: {outcome.note}." for outcome in outcomes if outcome.note)


def not_reached(outcomes: list[Outcome]) -> list[str]:
    return [goal.name for outcome in outcomes for goal in outcome.goals if goal.is_reached is False]


def write_json(file: Path, told: dict, outcomes: list[Outcome]) -> None:
    whole = told | {"rows": [outcome.told() for outcome in outcomes]}
    file.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
