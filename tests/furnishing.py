"""The furnished portal, made once in a run: its database is copied; its files and the names of its records lie beside it."""

import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.test import override_settings
from django.utils.translation import override

from tests.pages.furnished import furnish
from tests.services import FURNISHED, RUN, Copy
from tools.servers import KEPT

PLACE = KEPT / f"{FURNISHED}files_{RUN}"


@contextmanager
def furnished(copy: Copy) -> Iterator[None]:
    """Meanwhile each test of this worker finds what `furnish` makes; `bring` gives it the files and the names."""
    with copy.furnished("portal", _make):
        yield


def bring() -> SimpleNamespace:
    """What `furnish` returned, as if it had been made in this test; its files at the places that the settings name now."""
    for name, location in _locations().items():
        if (PLACE / name).exists():
            shutil.copytree(PLACE / name, location, dirs_exist_ok=True)
    return pickle.loads((PLACE / "world").read_bytes())


def _make() -> None:
    for outdated in KEPT.glob(f"{FURNISHED}files_*"):
        shutil.rmtree(outdated)
    PLACE.mkdir()
    records = settings.STORAGES["records"]
    records = records | {"OPTIONS": records["OPTIONS"] | {"location": PLACE / "records"}}
    elsewhere = {"MEDIA_ROOT": PLACE / "media", "STORAGES": settings.STORAGES | {"records": records}}
    with override_settings(**elsewhere), override("en"):
        (PLACE / "world").write_bytes(pickle.dumps(furnish()))


def _locations() -> dict[str, Path]:
    """Where files lie."""
    return {"media": Path(settings.MEDIA_ROOT), "records": Path(settings.STORAGES["records"]["OPTIONS"]["location"])}
