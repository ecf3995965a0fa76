"""A person's own data as a file to take along: JSON for machines, and her pictures (Articles 15 and 20 of the General Data
Protection Regulation).
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from accounts import personal_data
from accounts.models import User


def archive_of(user: User) -> BinaryIO:
    """A ZIP file without a name on the disk, written part by part: as much memory for a thousand photos as for one."""
    file = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with archive.open("data.json", "w") as written:
            for text in json_of(user):
                written.write(text.encode())
        for kept in personal_data.all_kept():
            for name, opened in kept.files(user):
                with suppress(FileNotFoundError), opened() as content, archive.open(name, "w") as written:
                    shutil.copyfileobj(content, written)
    file.seek(0)
    return file


def json_of(user: User) -> Iterator[str]:
    """One object, a part for each app."""
    for number, kept in enumerate(personal_data.all_kept()):
        yield f"{',' if number else '{'}\n{json.dumps(kept.name)}: {_dumps(kept.export(user))}"
    yield "\n}\n"


def _dumps(value) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
