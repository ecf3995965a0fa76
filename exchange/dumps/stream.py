"""The body of a live dump: what it holds is given back in every ending, and a bad ending never looks like a good one."""

import time
from collections.abc import Iterable, Iterator

from exchange.dumps.places import Place
from exchange.dumps.readers import Reader
from exchange.dumps.rows import Rows


class LiveStream:
    """Iterates over `body`, which is made of `rows` as it is read.

    It ends when all is read, when something breaks, when the server closes it because the reader is gone, or when nobody
    knows it any longer. What breaks before `begin` is over leaves the line as it is, so that it can be told.
    """

    _is_open = False
    _has_begun = False

    def __init__(self, rows: Rows, body: Iterable[bytes], *, place: Place, reader: Reader):
        self._rows, self._body, self._place, self._reader = rows, iter(body), place, reader
        self._first: bytes | None = None
        self._is_open = True

    def begin(self) -> None:
        """Makes the first bytes: what goes wrong until then can still be told in words."""
        self._first = next(self, b"")
        self._has_begun = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        if not self._is_open:
            raise StopIteration
        try:
            asked = time.monotonic()
            chunk = next(self._body)
            self._reader.is_kept_waiting(time.monotonic() - asked)
            self._reader.is_given(len(chunk))
        except StopIteration:
            self._end()
            raise
        except BaseException:
            self.close()
            raise
        return chunk

    def close(self) -> None:
        """Before the end, or behind it, when nothing is left to do."""
        if self._is_open:
            if self._has_begun:
                self._reader.cut()
            self._end()

    __del__ = close

    def _end(self) -> None:
        self._is_open = False
        try:
            if hasattr(self._body, "close"):
                self._body.close()
            self._rows.close()
        finally:
            self._place.give_back()
