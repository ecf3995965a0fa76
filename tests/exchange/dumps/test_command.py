"""`manage.py catalogue_dump_read`: what another network does with a dump."""

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Entry
from exchange.dumps import files, shelf
from exchange.models import DumpFile
from tests.factories import GoodPracticeFactory, publish, republish, texts

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def practice():
    practice = publish(GoodPracticeFactory())
    files.make("practices")
    return practice


def read(capsys, *arguments) -> str:
    call_command("catalogue_dump_read", *map(str, arguments))
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["ndjson", "ndjson.gz", "ndjson.zst", "csv", "csv.gz", "csv.zst", "xlsx"])
def test_it_writes_the_records_of_every_file(practice, capsys, name):
    found = {".".join(filter(None, [file.format, file.compression])): file for file in DumpFile.objects.all()}

    assert read(capsys, shelf.path_of(found[name].name)) == Entry.objects.get().document + "\n"


def test_it_compares_them_with_the_catalogue(practice, capsys):
    file = shelf.path_of(DumpFile.objects.get(format="csv", compression="").name)

    assert read(capsys, file, "--compare") == "1 records are equal, 0 are not.\n"
    republish(practice, title=texts("Changed", "Spremenjeno"))
    assert "0 records are equal, 1 are not.\n" in read(capsys, file, "--compare")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("practices.ndjson", b'{"uid": 1}'),  # its end is missing
        ("practices.ndjson", b"{\n"),
        ("practices.csv", b"uid,kind\n1,nothing\n"),
        ("practices.csv.gz", b"\x1f\x8b"),
        ("practices.ndjson.zst", b"none"),
        ("practices.xlsx", b"none"),
        ("practices.jsonld", b"{}"),
        ("practices", b""),
    ],
)
def test_what_is_no_dump_or_not_whole_is_refused(tmp_path, capsys, name, content):
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(CommandError, match=name):
        read(capsys, file)
