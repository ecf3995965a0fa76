"""The files of a practice in its form: kept while another field is refused, shown to who may read them, nobody else's taken."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from practices import attachments
from practices.models import AttachedFile, Attachment, GoodPractice
from tests.practices.test_attachments import PDF, naming
from tests.practices.test_conflicts import fields_of
from tests.practices.test_part_conflicts import changed_meanwhile
from tests.practices.typed import form_of, shown_in, written
from tests.practices.writing import begun, checked, filled, sent_from

pytestmark = pytest.mark.django_db
GONE = {"attachments-new1-file": ["This file is not there any more. Please choose it again."]}
KIND = {"attachments-new1-file": ["Only PDF, DOCX, XLSX, ODT, TXT and CSV files can be attached."]}


def contract(content: bytes = PDF, name: str = "contract.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def group(key: str = "new1", **fields) -> dict:
    return {"attachments": ["", key]} | {f"attachments-{key}-{name}": value for name, value in fields.items()}


def posted(client, practice=None, **sent):
    address = reverse("practices:edit", args=[practice.uid]) if practice else reverse("practices:new")
    return client.post(address, sent)


def kept_in(page: str) -> list[str]:
    return re.findall(r'name="attachments-[0-9a-z-]+-kept" value="([0-9a-f]{32})"', page)


def files_of(draft) -> list[tuple]:
    return [(each.title.data, each.file.format) for each in draft.attachments.all()]


def test_a_file_with_its_title_stands_in_the_draft(as_nina):
    answer = posted(as_nina, **filled(**group(file=contract(), title_en="The contract", title_sl="Pogodba")))

    draft = GoodPractice.objects.get().latest_draft()
    assert answer.status_code == 302
    assert files_of(draft) == [({"en": "The contract", "sl": "Pogodba"}, "pdf")]


def test_what_is_kept_is_named_with_kind_and_size_and_can_be_read(as_nina, nina, organisation):
    file = attachments.keep(contract(), by=nina)
    practice = begun(nina, organisation, edit=naming(file))

    page = as_nina.get(reverse("practices:edit", args=[practice.uid])).content.decode()

    assert f'<a href="{file.url}" download>Read the file as it is kept</a> PDF, {len(PDF)}\xa0bytes' in page
    assert kept_in(page) == [file.key]
    assert "Files are not saved while you type" in page


def test_a_file_stays_while_another_field_is_refused(as_nina):
    page = posted(as_nina, **filled(topics=["alchemy"], **group(file=contract(), title_en="The contract")))
    [key] = kept_in(page.content.decode())
    assert (page.status_code, GoodPractice.objects.count()) == (422, 0)

    posted(as_nina, **filled(**group(kept=key, title_en="The contract")))

    assert [each.file.key for each in GoodPractice.objects.get().latest_draft().attachments.all()] == [key]


def test_a_file_chosen_before_a_button_is_kept(as_nina):
    sent = filled(**group(file=contract()), change="attachments:add")
    page = posted(as_nina, **sent).content.decode()

    assert len(kept_in(page)) == 1 and "File 2 added." in page
    assert 'value="attachments:up:new2"' in page


def test_a_refused_file_leaves_the_one_that_was_there_and_all_that_was_typed(as_nina, nina):
    file = attachments.keep(contract(), by=nina)
    sent = group(kept=file.key, file=contract(b"MZ\x90", "run.exe"), title_en="The contract")

    page = posted(as_nina, **filled(**sent))

    assert {name: page.context["form"].errors[name] for name in KIND} == KIND
    assert kept_in(page.content.decode()) == [file.key]
    assert 'value="The contract"' in page.content.decode()


@pytest.mark.parametrize("change", ["attachments:add", "links:add"])
def test_a_file_that_cannot_be_kept_is_told_at_every_button(nina, change):
    form = form_of(nina, filled(change=change, attachments="new1"))
    form.files.setlist("attachments-new1-file", [contract(b"MZ\x90", "run.exe")])

    assert dict(form.errors) == KIND


def test_somebody_elses_file_cannot_be_taken(nina, luka):
    form = form_of(nina, filled(**group(kept=attachments.keep(contract(), by=luka).key)))

    assert dict(form.errors) == GONE


@pytest.mark.parametrize("key", ["0" * 32, "../../settings", "a\x00b", "\ud800"])
def test_what_names_no_file_is_not_there(nina, key):
    form = form_of(nina, filled(**group(kept=key, title_en="The contract")))

    assert dict(form.errors) in ({}, GONE)
    assert form.held["attachments"] == {"new1": None}


def test_files_are_moved_and_taken_out(nina):
    first, second = (attachments.keep(contract(), by=nina) for _each in range(2))
    fields = group("new1", kept=first.key) | group("new2", kept=second.key) | {"attachments": ["new1", "new2"]}
    draft = written(nina, filled(**fields))
    shown = shown_in(draft, nina)

    written(nina, shown | {"attachments": shown["attachments"][::-1]}, draft)
    assert [each.file for each in draft.attachments.all()] == [second, first]

    written(nina, {"attachments": ""}, draft)
    assert list(draft.attachments.all()) == []


def test_files_of_which_nothing_is_sent_stay(nina):
    draft = written(nina, filled(**group(kept=attachments.keep(contract(), by=nina).key, title_en="The contract")))

    written(nina, {}, draft)

    assert [(each.title.data["en"], each.file is None) for each in draft.attachments.all()] == [("The contract", False)]


def test_there_is_room_for_ten(as_nina):
    nine = {"attachments": [f"new{number}" for number in range(1, 10)]}

    page = posted(as_nina, **filled(**nine, change="attachments:add")).content.decode()

    assert 'name="attachments" value="new10"' in page and "There is room for 10." in page
    assert 'value="attachments:add"' not in page


def test_the_review_asks_for_the_file_and_what_it_is(nina):
    draft = written(nina, filled(**group(title_sl="Pogodba")))
    [part] = draft.attachments.all()

    asked = {each.field: each.message for each in draft.problems() if each.field.startswith("attachments")}

    assert asked == {
        f"attachments-{part.uid}-title": "Say in English what the file is.",
        f"attachments-{part.uid}-file": "Choose the file, or take it out.",
    }


def test_two_who_chose_another_file_see_both(as_nina, nina, janez, organisation):
    mine, theirs = attachments.keep(contract(), by=nina), attachments.keep(contract(), by=janez)
    practice = begun(nina, organisation, edit=naming(attachments.keep(contract(), by=nina)))
    sent = sent_from(practice)
    [key] = sent["attachments"]

    def edit(draft):
        [part] = draft.attachments.all()
        part.file = theirs
        draft.attachments.set([part])

    changed_meanwhile(practice, janez, edit)
    answer = posted(as_nina, practice, **sent | {f"attachments-{key}-kept": mine.key})

    [told] = answer.context["differences"]
    assert (answer.status_code, told.label, told.files) == (409, "File 1", (mine.url, theirs.url))
    assert told.mine.splitlines()[1] == f"File: PDF, {len(PDF)}\xa0bytes ({mine})"
    assert f'href="{theirs.url}"' in answer.content.decode()

    posted(as_nina, practice, **fields_of(answer.content.decode()))
    assert [each.file for each in GoodPractice.objects.get().latest_draft().attachments.all()] == [mine]


def test_the_reviewer_reads_it_from_the_page_of_the_review(client, nina, marta, organisation):
    file = attachments.keep(contract(), by=nina)
    practice = checked(nina, organisation, edit=naming(file))
    client.force_login(marta)

    page = client.get(reverse("reviews:review", args=[practice.uid])).content.decode()

    assert f'href="{file.url}" download' in page and "What the file is (English): The contract" in page
    assert client.get(file.url).status_code == 200


def test_the_preview_offers_it(as_nina, nina, organisation):
    file = attachments.keep(contract(), by=nina)
    practice = begun(nina, organisation, edit=naming(file))

    page = as_nina.get(reverse("practices:preview", args=[practice.uid])).content.decode()

    assert f'href="{file.url}"' in page


def test_a_working_copy_names_the_kept_file_and_no_other(as_nina, nina, organisation):
    file = attachments.keep(contract(), by=nina)
    practice = begun(nina, organisation)
    sent = sent_from(practice) | group(kept=file.key, title_en="The contract")
    as_nina.post(reverse("practices:autosave", args=[practice.uid]), sent)

    page = as_nina.get(reverse("practices:edit", args=[practice.uid])).content.decode()

    assert kept_in(page) == [file.key]
    assert AttachedFile.objects.count() == 1


def test_a_snapshot_does_not_show_it(as_nina):
    page = as_nina.get(reverse("practices:new")).content.decode()

    assert re.search(r'<section class="sect only-full" id="files"', page)


def test_many_files_are_read_at_once(as_nina, nina, organisation, django_assert_max_num_queries):
    def asked(many: int) -> int:
        files = [attachments.keep(contract(), by=nina) for _each in range(many)]

        def edit(draft):
            naming(files[0])(draft)
            draft.attachments.set([Attachment(file=file, title={"en": "The contract"}) for file in files])

        practice = begun(nina, organisation, edit=edit)
        with django_assert_max_num_queries(200) as captured:
            as_nina.get(reverse("practices:edit", args=[practice.uid]))
        return len(captured)

    assert asked(1) == asked(3)
