"""What a process remembers of the catalogue as it is now: counted once for each version, forgotten with the next."""

from collections.abc import Callable
from threading import Lock
from typing import Any

_known: dict[str, tuple[str, Any]] = {}
_lock = Lock()


def remembered(name: str, version: str, find: Callable[[], Any]) -> Any:
    """What `find` found for this version; of many threads that ask at once, one looks and the others wait for it."""
    found = _known.get(name)
    if found is None or found[0] != version:
        with _lock:
            found = _known.get(name)
            if found is None or found[0] != version:
                found = _known[name] = (version, find())
    return found[1]


def forget() -> None:
    """For tests, whose databases share versions."""
    _known.clear()
