"""Which ready-made files may be given out.

What was withdrawn from the catalogue must not be read in them any longer. So a file that is older than the last withdrawal of
any record of ours is no longer given out from the moment of that withdrawal: other records may have named the withdrawn one.
Nobody needs to tell the files; they are looked at against the feed's positions whenever somebody asks.
"""

import re

from django.conf import settings

from catalogue.models import Entry
from exchange.clock import Now
from exchange.dumps.formats import FORMATS
from exchange.models import DumpFile

MEDIA_TYPES = {"gz": "application/gzip", "zst": "application/zstd"}
_NAME = re.compile(
    rf"[a-z-]{{1,20}}-[0-9a-z]{{1,16}}-[0-9]{{1,19}}-[0-9a-f]{{12}}\.({'|'.join(FORMATS)})(\.({'|'.join(MEDIA_TYPES)}))?"
)


def ready() -> list[DumpFile]:
    """In the order of kinds and formats, plain before compressed."""
    files = list(DumpFile.objects.filter(state=DumpFile.State.READY))
    return sorted(_fit(files), key=lambda file: (file.kind, list(FORMATS).index(file.format), file.compression))


def ready_file(kind: str, ending: str) -> DumpFile | None:
    files = DumpFile.objects.filter(state=DumpFile.State.READY, kind=kind, format=ending, compression="")
    return next(iter(_fit(list(files))), None)


def is_name(name: str) -> bool:
    """Whether a file of ours can be, or can have been, called so."""
    return bool(_NAME.fullmatch(name))


def of_name(name: str) -> DumpFile | None:
    """A file that is made. What is no name of ours is not looked for: PostgreSQL takes no text with a NUL."""
    if not is_name(name):
        return None
    return DumpFile.objects.exclude(state=DumpFile.State.MAKING).filter(name=name).first()


def may_be_given(file: DumpFile) -> bool:
    return bool(_fit([file]))


def outdated() -> list[DumpFile]:
    """Files that nobody may be given, of whatever state."""
    files = list(DumpFile.objects.exclude(state=DumpFile.State.MAKING))
    fit = {file.pk for file in _fit(files)}
    return [file for file in files if file.pk not in fit]


def _fit(files: list[DumpFile]) -> list[DumpFile]:
    if not files:
        return []
    now = Now.read()
    oldest = min(file.position for file in files)
    withdrawn = Entry.objects.ours().filter(position__gt=oldest, withdrawn__isnull=False)
    last = withdrawn.order_by("-position").values_list("position", flat=True).first() or 0
    return [file for file in files if file.epoch == now.epoch and last <= file.position <= now.position]


def media_type_of(file: DumpFile) -> str:
    """A compressed file is what it is: nobody's client is told to unpack it on its own."""
    return MEDIA_TYPES.get(file.compression) or FORMATS[file.format].content_type


def path_of(name: str):
    return settings.DUMPS_DIR / name
