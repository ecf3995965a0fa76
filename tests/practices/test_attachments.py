"""What can be attached to a practice, and who may read it."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalogue import attached
from catalogue.pictures import storage
from operations import archives, plain_texts
from practices import attachments, own_rows
from practices.models import AttachedFile, Attachment
from tests import hostile_makers
from tests.factories import AdminFactory, UserFactory, withdraw
from tests.practices.writing import approved, begun, checked, save, whole

pytestmark = pytest.mark.django_db

PDF = hostile_makers.pdf()
ODT = b"application/vnd.oasis.opendocument.text"


def office(**parts: bytes) -> bytes:
    """An archive with these parts; `word__document_xml` is word/document.xml."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx(**more: bytes) -> bytes:
    return office(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"} | more)


XLSX = office(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def keep(content: bytes, name: str, by) -> AttachedFile:
    return attachments.keep(SimpleUploadedFile(name, content), by=by)


def naming(file: AttachedFile, edit=whole):
    def apply(draft):
        edit(draft)
        draft.attachments.set([Attachment(file=file, title={"en": "The contract"})])

    return apply


# What is taken in


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PDF),
        ("plan.PDF", PDF),
        ("plan.docx", docx()),
        ("plan.xlsx", XLSX),
        ("plan.odt", office(mimetype=ODT)),
        ("plan.txt", "Načrt".encode()),
        ("plan.csv", b"\xef\xbb\xbfname;value\n"),
    ],
)
def test_documents_tables_and_texts_are_kept(nina, name, content):
    file = keep(content, name, nina)

    assert (file.format, file.size, file.uploader) == (name.lower().split(".")[1], len(content), nina)
    assert file.content() == content


def test_nothing_of_its_name_is_kept(nina):
    file = keep(PDF, "../../\u202eNina Kos, salary.pdf", nina)

    assert "Nina" not in f"{file.url} {file.path} {file}"
    assert len(file.key) == 32


def test_the_same_file_twice_has_two_addresses(nina):
    """Who has the file cannot tell from its address whether somebody attached it, too."""
    assert keep(PDF, "a.pdf", nina).url != keep(PDF, "a.pdf", nina).url


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.exe", b"MZ\x90\x00", attached.NOT_TAKEN),
        ("page.html", b"<script>alert(1)</script>", attached.NOT_TAKEN),
        ("drawing.svg", b"<svg onload='alert(1)'/>", attached.NOT_TAKEN),
        ("photo.pdf", b"\xff\xd8\xff\xe0", attached.NOT_TAKEN),
        ("text.txt", b"a\x00b", attached.NOT_TAKEN),
        ("text.txt", b"\xff\xfe\xfa", plain_texts.NOT_UTF_8),
        ("text.txt", "right\u202eleft".encode(), attached.NOT_TAKEN),
        ("empty.csv", b" \n", attached.NOT_TAKEN),
        ("empty.txt", b"", attached.NOT_TAKEN),
        ("plan.zip", office(readme=b"hello"), attached.NOT_TAKEN),
        ("plan.docx", office(**{"word/document.xml": b"<document/>"}), attached.NOT_TAKEN),
        ("plan.docx", PDF, attached.DISGUISED),
        ("plan.txt", PDF, attached.DISGUISED),
        ("plan.docx", XLSX, attached.DISGUISED),
        ("plan", PDF, attached.DISGUISED),
        ("plan.pdf", PDF.replace(b"%%EOF", b""), archives.DAMAGED),
        ("plan.docx", docx()[:40], archives.DAMAGED),
        ("plan.docx", docx(**{"../../etc/passwd": b"x"}), archives.DAMAGED),
        ("plan.pdf", PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript>>/Type"), archives.ACTS),
        ("plan.docx", docx(**{"word/vbaProject.bin": b"x"}), archives.ACTS),
        ("plan.odt", office(mimetype=ODT, **{"Basic/Standard/Module1.xml": b"x"}), archives.ACTS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_acts_or_is_something_else_is_refused(nina, name, content, said):
    with pytest.raises(ValidationError) as refused:
        keep(content, name, nina)

    assert refused.value.messages == [str(said)]
    assert AttachedFile.objects.count() == 0


@pytest.mark.parametrize(
    ("limit", "allowed", "said"),
    [
        ((attached, "MOST_BYTES"), 100, attached.TOO_HEAVY),
        ((archives, "MOST_UNPACKED"), 10_000, archives.TOO_MUCH),
        ((archives, "MOST_PARTS"), 2, archives.TOO_MUCH),
    ],
)
def test_what_is_too_large_packed_or_unpacked_is_refused(nina, monkeypatch, limit, allowed, said):
    monkeypatch.setattr(*limit, allowed)

    with pytest.raises(ValidationError) as refused:
        keep(docx(**{"word/media.bin": b"\0" * 20_000}), "plan.docx", nina)

    assert refused.value.messages == [str(said)]


# Who may read it


def status(client, file, user=None) -> int:
    client.logout()
    if user:
        client.force_login(user)
    return client.get(file.url).status_code


def test_a_file_that_is_in_no_draft_yet_is_its_uploaders(client, nina, janez, marta):
    file = keep(PDF, "plan.pdf", nina)

    assert [status(client, file, user) for user in (nina, janez, marta, AdminFactory(), None)] == [
        200,
        404,
        404,
        404,
        404,
    ]


def test_a_drafts_file_is_read_by_those_who_may_read_the_draft(client, nina, janez, luka, organisation):
    file = keep(PDF, "plan.pdf", nina)
    begun(nina, organisation, edit=naming(file))

    assert [status(client, file, user) for user in (nina, janez, AdminFactory())] == [200, 200, 200]
    assert [status(client, file, user) for user in (luka, UserFactory(), None)] == [404, 404, 404]


def test_a_reviewer_reads_it_as_long_as_she_reviews(client, nina, marta, organisation):
    file = keep(PDF, "plan.pdf", nina)
    begun(nina, organisation, edit=naming(file))
    assert status(client, file, marta) == 404

    checked(nina, organisation, edit=naming(file))

    assert status(client, file, marta) == 200


def test_a_published_file_is_everybodys_until_it_is_withdrawn(client, nina, marta, organisation):
    file = keep(PDF, "plan.pdf", nina)
    practice = approved(nina, organisation, marta, edit=naming(file))
    assert status(client, file) == 200
    [told] = practice.entry.record["attachments"]
    assert (told["url"], told["format"], told["size"]) == (file.url, "pdf", len(PDF))
    assert file.url in client.get(f"/en/practices/{practice.slug}/").content.decode()

    withdraw(practice)

    assert status(client, file) == 404


def test_it_is_a_download_of_a_plain_type(client, nina):
    client.force_login(nina)
    response = client.get(keep(b"<script>alert(1)</script>", "notes.txt", nina).url)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")


def test_another_ending_leads_nowhere(client, nina):
    client.force_login(nina)

    assert client.get(keep(PDF, "plan.pdf", nina).url.replace(".pdf", ".txt")).status_code == 404


def test_a_file_that_is_lost_is_not_there(client, nina):
    file = keep(PDF, "plan.pdf", nina)
    storage().delete(file.path)

    assert status(client, file, nina) == 404


def test_nobody_puts_anothers_file_into_her_practice(nina, luka, organisation):
    file, practice = keep(PDF, "plan.pdf", nina), begun(luka)

    assert attachments.usable([file.key], practice, luka) == {}
    assert attachments.usable([file.key], practice, nina) == {file.key: file}


# What becomes of it


def test_files_that_nobody_saved_are_removed_after_a_day(nina, organisation):
    unused, used = keep(PDF, "a.pdf", nina), keep(PDF, "b.pdf", nina)
    begun(nina, organisation, edit=naming(used))
    AttachedFile.objects.update(uploaded=timezone.now() - timedelta(days=2))

    attachments.remove_unused()

    assert list(AttachedFile.objects.all()) == [used]
    assert not storage().exists(unused.path)


def test_a_person_is_given_her_files(nina):
    file = keep(PDF, "plan.pdf", nina)

    assert [row["key"] for row in own_rows._export(nina)["files"]] == [file.key]
    assert [name for name, _opened in own_rows._files(nina)] == [f"attachments/{file.key}.pdf"]


def test_her_files_go_with_her_unless_a_practice_of_others_names_them(nina, organisation, janez):
    alone, shared = keep(PDF, "a.pdf", nina), keep(PDF, "b.pdf", nina)
    practice = begun(nina, organisation, edit=naming(shared))
    save(practice, janez, title={"en": "Ours"})

    own_rows._erase(nina)

    assert list(AttachedFile.objects.values_list("key", "uploader")) == [(shared.key, None)]
    assert not AttachedFile.objects.filter(key=alone.key).exists()
