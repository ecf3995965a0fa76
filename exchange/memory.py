"""What a process remembers of the catalogue as it is now: counted once for each version, forgotten with the next."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings

_known: dict[str, tuple[str, Any]] = {}
_looking: defaultdict[str, Lock] = defaultdict(Lock)  # by name: who wants to know something else need not wait


def remembered(name: str, version: str, find: Callable[[], Any]) -> Any:
    """What `find` found for this version; of many threads that ask at once, one looks and the others wait for it."""
    found = known(name, version)
    if found is None:
        with looking_for(name):
            found = known(name, version)
            if found is None:
                found = find()
                know(name, version, found)
    return found


def known(name: str, version: str) -> Any:
    """None where nothing was found yet for this version."""
    found = _known.get(name)
    return found[1] if found and found[0] == version else None


def know(name: str, version: str, found: Any) -> None:
    _known[name] = (version, found)


def looking_for(name: str) -> Lock:
    """Held by who looks, so that others do not look for the same."""
    return _looking[name]


class Kept:
    """Answers by their ETags, packed; together they take so many bytes, and those that nobody asks for leave first."""

    def __init__(self, most: int):
        self.most, self.taken = most, 0
        self._lock = Lock()
        self._answers: OrderedDict[str, bytes] = OrderedDict()

    def get(self, etag: str) -> bytes | None:
        with self._lock:
            if etag in self._answers:
                self._answers.move_to_end(etag)
            return self._answers.get(etag)

    def keep(self, etag: str, answer: bytes) -> None:
        if len(answer) > self.most:
            return
        with self._lock:
            self.taken += len(answer) - len(self._answers.pop(etag, b""))
            self._answers[etag] = answer
            while self.taken > self.most:
                self.taken -= len(self._answers.popitem(last=False)[1])

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
            self.taken = 0


packed = Kept(settings.EXCHANGE["KEPT_ANSWERS"])


def forget() -> None:
    """For tests, whose databases share versions."""
    _known.clear()
    packed.clear()
