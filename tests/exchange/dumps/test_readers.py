"""What is held against a reader: her own pace, and nothing that we take for ourselves."""

import socket
from contextlib import closing

import pytest

from exchange.dumps import readers, stream
from exchange.dumps.places import CountedPlaces
from exchange.dumps.readers import PATIENCE, Reader, TooSlow
from exchange.dumps.stream import LiveStream

pytestmark = pytest.mark.core


class Clock:
    """Stands until somebody takes time."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class NoRows:
    def close(self):
        pass


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    for module in (readers, stream):
        monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def read(clock):
    """A stream of two chunks, of which each takes so many seconds to make."""

    def begin(seconds: float) -> LiveStream:
        def body():
            for _chunk in range(2):
                clock.now += seconds
                yield b"chunk"

        return LiveStream(NoRows(), body(), place=CountedPlaces().take(), reader=Reader({}))

    return begin


def test_what_is_made_slowly_is_given_to_the_end(read):
    assert list(read(PATIENCE * 10)) == [b"chunk", b"chunk"]


def test_who_takes_too_little_for_too_long_is_cut_off(read, clock):
    dump = read(1)
    next(dump)
    clock.now += PATIENCE + 2

    with pytest.raises(TooSlow):
        next(dump)


def test_what_goes_wrong_before_the_first_byte_can_still_be_told():
    ours, hers = socket.socketpair()
    with closing(ours), closing(hers):
        for broken in (iter([b"first"]), iter(lambda: 1 / 0, None)):
            place = CountedPlaces().take()
            dump = LiveStream(NoRows(), broken, place=place, reader=Reader({"gunicorn.socket": ours}))
            try:
                dump.begin()
            except ZeroDivisionError:
                ours.sendall(b"a problem")
                assert hers.recv(100) == b"a problem"
            else:
                assert list(dump) == [b"first"]


def test_what_goes_wrong_behind_it_cuts_the_line():
    def body():
        yield b"first"
        raise ZeroDivisionError

    ours, hers = socket.socketpair()
    with closing(ours), closing(hers):
        dump = LiveStream(NoRows(), body(), place=CountedPlaces().take(), reader=Reader({"gunicorn.socket": ours}))
        dump.begin()
        with pytest.raises(ZeroDivisionError):
            list(dump)

        assert ours.fileno() == -1
