"""Ready-made files: background work writes each kind anew when it has changed.

The database is read once, for the NDJSON; all other files are made of that, so they are of the same moment and have the same
cursor. A file is written under another name and moved when it is whole.
"""

import gzip
import hashlib
import io
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import timedelta
from pathlib import Path

import zstandard
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue import kinds
from catalogue.models import Entry
from exchange.clock import Now
from exchange.dumps import shelf
from exchange.dumps.formats import FORMATS, Format
from exchange.dumps.rows import CHUNK, write_rows
from exchange.models import DumpFile
from operations import work

logger = logging.getLogger(__name__)

GIVEN_UP = timedelta(minutes=10)  # without a sign of life: the one who made it died
TELLING = 1  # seconds between two words on how far it is
ZSTANDARD_LEVEL = 9
State = DumpFile.State


def make_due() -> None:
    """Takes away what must or may go, then makes the kinds anew that have changed; one that fails holds up no other."""
    tidy()
    if Entry.objects.visible().ours().filter(stale_since__isnull=False).exists():
        return  # they may name what was withdrawn, and are about to be refreshed
    failed = []
    for kind in kinds.all_kinds():
        try:
            if is_due(kind.name):
                make(kind.name)
        except Exception:
            logger.exception("The dumps of %s could not be made", kind.name)
            failed.append(str(kind.name))
    if failed:
        raise RuntimeError(f"Not made: {', '.join(failed)}")


def is_due(kind: str) -> bool:
    file = shelf.ready_file(kind, "ndjson")
    if file is None:
        return True
    if file.made > timezone.now() - timedelta(minutes=settings.EXCHANGE["DUMPS_EVERY"]):
        return False
    return Entry.objects.ours().of_kind(kind).filter(position__gt=file.position).exists()


def make(kind: str) -> None:
    """All files of a kind. Does nothing while somebody else makes them."""
    now, at = Now.read(), timezone.now()
    entries = Entry.objects.visible().of_kind(kind).ours()
    expected = entries.count()
    rows = [
        DumpFile(kind=kind, format=each.ending, compression=compression, epoch=now.epoch, position=now.position)
        for each in FORMATS.values()
        for compression in ([""] if each.is_packed else DumpFile.Compression.values)
        if not each.most or expected <= each.most
    ]
    for row in rows:
        row.at_work, row.expected = at, expected
    try:
        with transaction.atomic():
            DumpFile.objects.bulk_create(rows)
    except IntegrityError:
        return
    settings.DUMPS_DIR.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=settings.DUMPS_DIR, prefix="unfinished-") as place:
            source = Path(place) / "source"
            with source.open("wb", buffering=CHUNK) as file:
                write_rows(entries, file)
            for each in FORMATS.values():
                _make_format(each, [row for row in rows if row.format == each.ending], source)
            _put_in_place(kind, rows, Path(place))
    except BaseException:
        DumpFile.objects.filter(pk__in=[row.pk for row in rows], state=State.MAKING).delete()
        raise


def _make_format(format_: Format, rows: list[DumpFile], source: Path) -> None:
    """Writes the plain file and the compressed ones at once, and notes in the rows how far it is."""
    if not rows:
        return
    counted, last = Counted(source), time.monotonic()
    with ExitStack() as stack:
        sinks = [stack.enter_context(Sink(_unfinished(source.parent, row))) for row in rows]
        packers = [stack.enter_context(PACKED[row.compression](sink)) for row, sink in zip(rows, sinks, strict=True)]
        for chunk in format_.make(rows[0].kind, counted, lambda number: None):
            for packer in packers:
                packer.write(chunk)
            if time.monotonic() - last > TELLING:
                last = time.monotonic()
                _note(rows, counted.records)
    for row, sink in zip(rows, sinks, strict=True):
        row.records, row.size, row.sha256 = counted.records, sink.size, sink.sha256
    _note(rows, counted.records)


def _unfinished(place: Path, row: DumpFile) -> Path:
    return place / f"{row.format}.{row.compression}"


def _note(rows: list[DumpFile], records: int) -> None:
    DumpFile.objects.filter(pk__in=[row.pk for row in rows]).update(records=records, at_work=timezone.now())


class Counted:
    """The chunks of a file of NDJSON, and how many records were in them so far."""

    def __init__(self, source: Path):
        self._source, self.records = source, 0

    def __iter__(self) -> Iterator[bytes]:
        with self._source.open("rb") as file:
            while chunk := file.read(CHUNK):
                self.records += chunk.count(b"\n")
                yield chunk


class Sink(io.RawIOBase):
    """A new file that knows its size and SHA-256."""

    def __init__(self, path: Path):
        self._file, self._digest, self.size = path.open("xb"), hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, chunk) -> int:
        self._digest.update(chunk)
        self.size += len(chunk)
        return self._file.write(chunk)

    def close(self) -> None:
        if not self.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        super().close()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


PACKED: dict[str, Callable[[Sink], AbstractContextManager]] = {
    "": nullcontext,
    "gz": lambda sink: gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=sink, mtime=0),
    "zst": lambda sink: zstandard.ZstdCompressor(ZSTANDARD_LEVEL).stream_writer(sink, closefd=False),
}


def _put_in_place(kind: str, rows: list[DumpFile], place: Path) -> None:
    """Under names that say what is in them: the same name is the same bytes for ever."""
    made = timezone.now()
    for row in rows:
        endings = [row.format, row.compression] if row.compression else [row.format]
        row.name = ".".join([f"{kind}-{row.cursor}-{row.sha256[:12]}", *endings])
        row.state, row.made = State.READY, made
        _unfinished(place, row).replace(shelf.path_of(row.name))
    with transaction.atomic():
        present = DumpFile.objects.filter(kind=kind, state=State.READY)
        DumpFile.objects.filter(name__in=[row.name for row in rows]).delete()  # made anew of what had not changed
        present.update(state=State.FORMER, replaced=made)
        DumpFile.objects.bulk_update(rows, ["name", "state", "made", "records", "size", "sha256"])


def tidy() -> None:
    """Takes away at once what holds something withdrawn; what was replaced, when its readers had time to end.

    What is not there as it was written goes with its kind, and so is made anew.
    """
    former = DumpFile.objects.filter(
        state=State.FORMER, replaced__lt=timezone.now() - timedelta(minutes=settings.EXCHANGE["DUMPS_KEPT"])
    )
    for file in {*shelf.outdated(), *former, *_spoilt()}:
        shelf.path_of(file.name).unlink(missing_ok=True)
        file.delete()
    DumpFile.objects.filter(state=State.MAKING, at_work__lt=timezone.now() - GIVEN_UP).delete()
    _sweep()


def _spoilt() -> list[DumpFile]:
    """All files of a kind of which one is not as it was written: they are made together."""
    kept = list(DumpFile.objects.exclude(name=""))
    bad = [file for file in kept if not _is_as_written(file)]
    for file in bad:
        logger.warning("The ready-made dump %s is not as it was written", file.name)
    return [file for file in kept if file.kind in {each.kind for each in bad}]


def _is_as_written(file: DumpFile) -> bool:
    path = shelf.path_of(file.name)
    return path.is_file() and path.stat().st_size == file.size


def _sweep() -> None:
    """What lies there and belongs to no row, for a while already: the portal was stopped, or restored."""
    if not settings.DUMPS_DIR.is_dir():
        return
    known = set(DumpFile.objects.exclude(name="").values_list("name", flat=True))
    for path in settings.DUMPS_DIR.iterdir():
        is_old = path.stat().st_mtime < time.time() - GIVEN_UP.total_seconds()
        if path.name in known or not is_old:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def register_work() -> None:
    work.register("ready-made dumps", make_due, every=timedelta(seconds=30), is_long=True)
