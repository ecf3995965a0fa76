"""Ready-made files: made when a kind changes, given whole or in parts, gone with what was withdrawn."""

import gzip
import hashlib
from datetime import timedelta

import pytest
import zstandard
from django.utils.timezone import now

from catalogue.models import CatalogueState, Entry
from exchange.dumps import files, shelf
from exchange.dumps.reading import documents_of
from exchange.models import DumpFile
from tests.factories import GoodPracticeFactory, ProjectFactory, publish, texts, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def listed(read):
    """The files that the list names, by format and compression."""

    def get(kind: str = "practices") -> dict:
        return {(file["format"], file["compression"]): file for file in read("dumps/")["kinds"][kind]["files"]}

    return get


def later(**passed) -> None:
    """All that is ready was made earlier, and all that was replaced, too."""
    for file in DumpFile.objects.all():
        file.made -= timedelta(**passed)
        file.replaced = file.replaced and file.replaced - timedelta(**passed)
        file.save()


def address(file: dict) -> str:
    return file["url"].removeprefix("https://portal.example/api/v1/")


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_before_the_first_tick_there_are_none_and_the_list_says_so(read):
    assert read("dumps/")["kinds"]["practices"] == {
        "live": {
            ending: f"https://portal.example/api/v1/dumps/practices.{ending}"
            for ending in ("ndjson", "csv", "xlsx", "jsonld")
        },
        "files": [],
    }


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"half")])
def test_a_file_that_is_not_as_it_was_written_is_made_anew(api, listed, spoil):
    publish(GoodPracticeFactory())
    files.make_due()
    before = listed()["csv", None]
    spoil(shelf.path_of(before["name"]))

    files.make_due()

    assert listed()["csv", None]["name"] == before["name"]
    assert len(body(api(address(before)))) == before["size"]


def test_each_format_stands_there_with_its_facts_plain_and_compressed(api, listed):
    publish(GoodPracticeFactory())
    cursor = str(CatalogueState.objects.current())
    files.make_due()

    found = listed()

    assert list(found) == [
        *(("ndjson", None), ("ndjson", "gz"), ("ndjson", "zst")),
        *(("csv", None), ("csv", "gz"), ("csv", "zst")),
        ("xlsx", None),
        *(("jsonld", None), ("jsonld", "gz"), ("jsonld", "zst")),
    ]
    for (ending, compression), file in found.items():
        content = body(api(address(file)))
        assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert (file["records"], file["cursor"]) == (1, cursor)
        if compression:
            unpack = gzip.decompress if compression == "gz" else zstandard.ZstdDecompressor().decompressobj().decompress
            assert unpack(content) == body(api(address(found[ending, None])))


def test_the_files_hold_the_catalogue(listed, every_kind):
    files.make_due()

    for kind in ("practices", "events"):
        documents = list(Entry.objects.of_kind(kind).order_by("pk").values_list("document", flat=True))
        for format_ in (("ndjson", None), ("ndjson", "zst"), ("csv", "gz"), ("xlsx", None)):
            assert list(documents_of(shelf.path_of(listed(kind)[format_]["name"]))) == documents


def test_a_kind_is_made_anew_when_it_has_changed_and_not_too_often(listed):
    publish(GoodPracticeFactory())
    files.make_due()
    first = listed()["ndjson", None]

    publish(GoodPracticeFactory())
    files.make_due()
    assert listed()["ndjson", None] == first  # a moment ago

    later(minutes=16)
    files.make_due()
    second = listed()["ndjson", None]
    assert (second["records"], second["name"] == first["name"]) == (2, False)

    later(minutes=16)
    publish(ProjectFactory())
    files.make_due()
    assert listed()["ndjson", None]["name"] == second["name"]  # of another kind


def test_a_replaced_file_stays_until_its_readers_had_time(api, listed):
    publish(GoodPracticeFactory())
    files.make_due()
    first = listed()["csv", None]
    later(minutes=16)
    publish(GoodPracticeFactory())
    files.make_due()

    assert body(api(address(first)))

    later(minutes=61)
    files.tidy()
    api(address(first), status=410)
    assert not shelf.path_of(first["name"]).exists()
    assert shelf.path_of(listed()["csv", None]["name"]).exists()


@pytest.mark.parametrize("reason", ["personal_data", "withdrawn"])
def test_what_is_withdrawn_is_in_no_file_from_that_moment_on(api, listed, read, reason):
    kept, gone = publish(GoodPracticeFactory()), publish(GoodPracticeFactory(title=texts("Canary", "Kanarček")))
    publish(ProjectFactory())
    files.make_due()
    file = listed()["ndjson", "gz"]

    withdraw(gone, reason=reason)

    assert api(address(file), status=410).json()["type"].endswith("/problems/no-longer-kept")
    assert [
        kind["files"] for kind in read("dumps/")["kinds"].values() if kind["files"]
    ] == []  # others may have named it
    files.make_due()
    assert not shelf.path_of(file["name"]).exists()
    assert [json_of["records"] for json_of in listed().values()] == [1] * 10
    assert str(kept.uid).encode() in body(api(address(listed()["ndjson", None])))
    assert all(b"Canary" not in path.read_bytes() for path in shelf.path_of("").iterdir())


def test_nothing_is_made_while_records_wait_to_be_refreshed(listed):
    publish(GoodPracticeFactory())
    Entry.objects.update(stale_since=now())

    files.make_due()

    assert listed() == {}


def test_a_restored_catalogue_has_no_files_of_the_former_one(listed):
    publish(GoodPracticeFactory())
    files.make_due()

    CatalogueState.objects.update(epoch="other")

    assert listed() == {}


def test_two_who_work_at_once_make_one(listed):
    publish(GoodPracticeFactory())
    now_ = now()
    DumpFile.objects.create(kind="practices", format="csv", epoch="e", position=0, at_work=now_)

    files.make("practices")
    assert listed() == {}

    DumpFile.objects.update(at_work=now_ - timedelta(minutes=11))  # it died
    files.make_due()
    assert len(listed()) == 10


def test_work_that_fails_leaves_nothing_behind_and_the_next_succeeds(listed, monkeypatch):
    publish(GoodPracticeFactory())
    with monkeypatch.context() as broken, pytest.raises(RuntimeError, match="practices"):
        broken.setattr(files, "_put_in_place", lambda *given: 1 / 0)
        files.make_due()

    assert not DumpFile.objects.filter(kind="practices").exists()
    assert not any(path.is_dir() for path in shelf.path_of("").iterdir())
    files.make_due()
    assert len(listed()) == 10


# The door


@pytest.fixture
def file(listed):
    publish(GoodPracticeFactory())
    files.make_due()
    return listed()["ndjson", None]


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-9", slice(0, 10)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-5", slice(-5, None)),
        ("bytes=5-999999999", slice(5, None)),
        ("bytes=-999999999", slice(0, None)),
    ],
)
def test_a_part_of_a_file_is_given(api, file, asked, part):
    whole = body(api(address(file)))

    answer = api(address(file), status=206, Range=asked)

    assert body(answer) == whole[part]
    start = part.indices(len(whole))[0]
    assert answer["Content-Range"] == f"bytes {start}-{start + len(whole[part]) - 1}/{len(whole)}"
    assert answer["Content-Length"] == str(len(whole[part]))


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=0-1,3-4", "lines=1-2", "bytes=", "bytes=a-b", "bytes=-"])
def test_a_part_that_is_not_understood_is_the_whole(api, file, asked):
    assert len(body(api(address(file), Range=asked))) == file["size"]


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_part_behind_the_end_is_refused_with_the_length(api, file, asked):
    answer = api(address(file), status=416, Range=asked)

    assert answer["Content-Range"] == f"bytes */{file['size']}"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_part_of_another_file_is_not_mixed_in(api, file):
    assert len(body(api(address(file), Range="bytes=0-9", **{"If-Range": '"of another"'}))) == file["size"]
    api(address(file), status=206, Range="bytes=0-9", **{"If-Range": f'"{file["sha256"]}"'})


def test_a_file_is_kept_by_its_readers_and_asked_for_no_more(api, file):
    answer = api(address(file))

    assert answer["ETag"] == f'"{file["sha256"]}"'
    assert answer["Cache-Control"] == "public, max-age=3600, immutable"
    assert answer["Content-Disposition"] == f'attachment; filename="{file["name"]}"'
    assert answer["X-Cursor"] == file["cursor"]
    api(address(file), status=304, **{"If-None-Match": answer["ETag"]})
    api(address(file), status=304, **{"If-Modified-Since": answer["Last-Modified"]})
    head = api(address(file), method="head")
    assert (head["Content-Length"], head.content if not head.streaming else body(head)) == (str(file["size"]), b"")


def test_a_compressed_file_is_what_it_is(api, listed, file):
    packed = api(address(listed()["csv", "gz"]), **{"Accept-Encoding": "gzip"})

    assert packed["Content-Type"] == "application/gzip"
    assert not packed.has_header("Content-Encoding")


def test_no_name_leads_out_of_the_folder(api):
    for name in ("..%2Fportal.sqlite3", "%2Fetc%2Fpasswd", "..", "practices"):
        api(f"dumps/files/{name}", status=404)


def test_what_is_no_name_of_ours_is_not_even_looked_for(client, django_assert_num_queries):
    for name in ("%00", "practices.ndjson%00", "%ff", "a" * 10_000, "practices.ndjson"):
        with django_assert_num_queries(0):
            assert client.get(f"/api/v1/dumps/files/{name}").status_code == 404
