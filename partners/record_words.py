"""What of the audit log the people of a record read in its history (`reviews.history`): each room says so of its own words."""

from collections.abc import Callable
from typing import NamedTuple

from operations import audit
from operations.models import AuditEntry


class Word(NamedTuple):
    """What makes a sentence of an entry, and of which kind of record alone it is told (any without)."""

    why: Callable[[AuditEntry], str]
    kind: str


_words: dict[str, Word] = {}


def register(what: str, why: Callable[[AuditEntry], str] = audit.reason_of, *, kind: str = "") -> None:
    """Called in `AppConfig.ready()`. A word of the audit log; the `kind` as the log calls it. `why`: another sentence than the
    reason that was noted.
    """
    _words[what] = Word(why, kind)


def with_reason(words: Callable[[AuditEntry], str]) -> Callable[[AuditEntry], str]:
    """The words, and behind them the reason that was noted."""
    return lambda entry: ": ".join(filter(None, [words(entry), audit.reason_of(entry)]))


def told_of(kind: str) -> list[str]:
    return [what for what, word in _words.items() if word.kind in ("", kind)]


def why_of(entry: AuditEntry) -> str:
    return _words[entry.what].why(entry)
