"""Building blocks, figures and links in the form: added, moved and taken out before anything is saved; nothing is lost."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices import attachments, photos
from practices.models import BuildingBlock, GoodPractice
from tests.factories import BuildingBlockFactory, GoodPracticeFactory
from tests.practices.typed import form_of, shown_in, written
from tests.practices.writing import begun, filled, picture, save, sent_from, upload, whole

pytestmark = pytest.mark.django_db


def address(practice):
    return reverse("practices:edit", args=[practice.uid])


def with_blocks(*titles):
    def edit(draft):
        whole(draft)
        draft.building_blocks.set([BuildingBlock(title={"en": title}, lessons={"de": "Nie"}) for title in titles])

    return edit


def blocks_of(practice) -> list[str]:
    practice.refresh_from_db()
    return [block.title.data["en"] for block in practice.latest_draft().building_blocks.all()]


def keys_of(practice) -> list[str]:
    return [str(block.uid) for block in practice.latest_draft().building_blocks.all()]


def keys_in(page: str) -> list[str]:
    return re.findall(r'name="building_blocks" value="(.+?)"', page)


def focused(page: str) -> list[str]:
    return re.findall(r"<(?:input|button|textarea)[^>]+(?:name|value)=\"([^\"]+)\"[^>]* autofocus", page)


def test_every_part_finds_its_place(nina):
    draft = written(
        nina,
        filled(
            building_blocks=["", "new2", "new1"],
            **{"building_blocks-new1-title_en": "Second", "building_blocks-new2-title_en": "First"},
            evidence="new1",
            **{"evidence-new1-indicator_en": "Energy", "evidence-new1-value": "-12,5", "evidence-new1-year": "2021"},
            **{"evidence-new1-confidence": "low", "evidence-new1-source_url": "bistra.example/report"},
            links="new1",
            **{"links-new1-title_en": "The handbook", "links-new1-url": "handbook.example"},
        ),
    )

    [evidence], [link] = draft.evidence.all(), draft.links.all()
    assert [block.title.data["en"] for block in draft.building_blocks.all()] == ["First", "Second"]
    assert (str(evidence.value), evidence.year, evidence.confidence) == ("-12.5000", 2021, "low")
    assert (evidence.source_url, link.url) == ("https://bistra.example/report", "https://handbook.example")
    assert shown_in(draft, nina)[f"evidence-{evidence.uid}-value"] == "-12.5"


def test_resources_people_and_codes_find_their_place(nina):
    sent = {"resources_setup_amount": "12 500,50", "resources_setup_currency": "eur", "resources_setup_year": "2019"}
    sent |= {"resources_running_fte": "0.5", "resources_running_text_en": "One office.", "contact_name": "Ana Novak"}
    sent |= {"contact_agreed": "on", "author": "Bistra", "sdgs": ["9", "11"], "nace": ["C"], "entry_type": "snapshot"}

    draft = written(nina, filled(geographical_scope="local", **sent))

    assert (str(draft.resources_setup.amount), draft.resources_setup.currency) == ("12500.50", "EUR")
    assert (str(draft.resources_running.fte), draft.resources_running.text.data["en"]) == ("0.50", "One office.")
    assert (draft.contact, draft.author, draft.nace) == ({"name": "Ana Novak"}, "Bistra", ["C"])
    assert (draft.entry_type, draft.geographical_scope) == ("snapshot", "local")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("building_blocks-new1-title_en", "a\x07b", "The text has characters that cannot be stored."),
        ("evidence-new1-value", "many", "This is not a number."),
        ("evidence-new1-year", "1066", "The year must lie between 1900 and 2100."),
        ("evidence-new1-confidence", "certain", "This is not in the list."),
        ("evidence-new1-source_url", "javascript:alert(1)", "This is not the address of a page."),
        ("links-new1-url", "http://", "This is not the address of a page."),
        ("resources_setup_currency", "euros", "A currency is its code of three letters, such as EUR."),
        ("resources_setup_year", "²", "The year must lie between 1900 and 2100."),
        ("sdgs", ["x"], "This is not in the list."),
        ("areas", ["x"], "One of the areas is not published here."),
        ("entry_type", "novel", "This is not in the list."),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_the_field_and_the_rest_stays(nina, name, value, message):
    group = dict.fromkeys(("building_blocks", "evidence", "links"), "new1") | {"links-new1-title_en": "Kept"}

    form = form_of(nina, filled(**(group | {name: value})))

    assert [str(error)[: len(message)] for error in form.errors[name]] == [message]
    assert list(form.errors) == [name]
    assert form.draft_as_typed().links.all()[0].title.data["en"] == "Kept"


def test_empty_groups_are_dropped(nina):
    assert list(written(nina, filled(building_blocks=["", "new1", "new2"], links="new1")).building_blocks.all()) == []


def test_a_part_keeps_its_identity_and_its_other_languages(nina, organisation):
    practice = begun(nina, organisation, with_blocks("One", "Two"))
    one, two = keys_of(practice)
    changed = {"building_blocks": [two, one], f"building_blocks-{one}-title_en": "Uno"}

    draft = written(nina, shown_in(practice.latest_draft(), nina) | changed, practice.latest_draft())

    found = [
        (str(block.uid), block.title.data["en"], block.lessons.data["de"]) for block in draft.building_blocks.all()
    ]
    assert found == [(two, "Two", "Nie"), (one, "Uno", "Nie")]


def test_a_foreign_uid_has_no_effect(as_nina, nina, organisation):
    theirs = BuildingBlockFactory(practice=GoodPracticeFactory())
    practice = begun(nina, organisation)
    group = {"building_blocks": [str(theirs.uid)], f"building_blocks-{theirs.uid}-title_en": "Mine now"}

    as_nina.post(address(practice), sent_from(practice, **group))

    theirs.refresh_from_db()
    practice.refresh_from_db()
    [key] = keys_of(practice)
    assert (key == str(theirs.uid), theirs.title.data["en"], blocks_of(practice)) == (
        False,
        "One name on the door",
        ["Mine now"],
    )


def test_keys_that_are_none_have_no_effect(nina):
    wrong = ["", "new0", "new01", "new1x", "x", "-1", "new9999999", "\x00", str(uuid4()).upper(), "new1", "new1"]
    sent = {f"building_blocks-{key}-title_en": "Wrong" for key in wrong}

    draft = written(nina, filled(building_blocks=wrong, **(sent | {"building_blocks-new1-title_en": "Right"})))

    assert [block.title.data["en"] for block in draft.building_blocks.all()] == ["Right"]


def test_there_is_room_for_thirty_and_more_are_told_and_kept_in_the_form(nina):
    keys = [f"new{number}" for number in range(1, 41)]
    texts = {f"building_blocks-{key}-title_en": key for key in keys}

    assert len(written(nina, filled(building_blocks=keys[:30], **texts)).building_blocks.all()) == 30
    form = form_of(nina, filled(building_blocks=keys, **texts))
    told = "There is room for 30, and 40 stand here. Take some out, or write two as one."
    assert form.errors == {"building_blocks": [told]}
    assert len(form.draft_as_typed().building_blocks.all()) == 40


# Buttons


def test_another_group_is_added_and_nothing_is_saved_or_lost(as_nina, nina, organisation):
    practice = begun(nina, organisation, with_blocks("One"))
    sent = sent_from(practice, title_en="Typed", change="building_blocks:add")

    response = as_nina.post(address(practice), sent)

    page = response.content.decode()
    assert (response.status_code, keys_in(page)) == (200, [*keys_of(practice), "new1"])
    assert focused(page) == ["building_blocks-new1-title_en"]
    assert "Building block 2 added." in page and 'value="Typed"' in page
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "Open-yard day"


def test_a_form_that_nobody_has_saved_can_be_rearranged(as_nina):
    page = as_nina.post(reverse("practices:new"), filled(topics=["alchemy"], change="links:add")).content.decode()

    assert 'name="links-new1-url"' in page and 'role="alert"' not in page
    assert GoodPractice.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "order", "focus"),
    [
        ("up", [1, 0, 2], "building_blocks:down:{1}"),
        ("down", [0, 2, 1], "building_blocks:up:{1}"),
        ("remove", [0, 2], "building_blocks:add"),
    ],
)
def test_groups_are_moved_and_taken_out(as_nina, nina, organisation, step, order, focus):
    practice = begun(nina, organisation, with_blocks("One", "Two", "Three"))
    keys = keys_of(practice)
    sent = sent_from(practice, change=f"building_blocks:{step}:{keys[1]}")

    page = as_nina.post(address(practice), sent).content.decode()

    assert keys_in(page) == [keys[number] for number in order]
    assert focused(page) == [focus.format(*keys)]
    assert blocks_of(practice) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    "change", ["", "x", "building_blocks", "building_blocks:burn:new1", "live:add", "title:up:new1", "\x00:add"]
)
def test_a_button_that_does_not_exist_saves_as_ever(as_nina, nina, organisation, change):
    practice = begun(nina, organisation, with_blocks("One"))

    response = as_nina.post(address(practice), sent_from(practice, title_en="Saved", change=change))

    assert (response.status_code, blocks_of(practice)) == (302, ["One"])
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "Saved"


@pytest.mark.parametrize("key", ["", "new7", "x", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize("step", ["up", "down", "remove"])
def test_a_group_that_does_not_exist_is_not_moved(nina, key, step):
    form = form_of(nina, filled(links=["new1", "new2"], change=f"links:{step}:{key}"))

    assert (form.is_valid(), form.keys["links"]) == (False, ["new1", "new2"])


def test_a_picture_chosen_before_a_button_is_kept(as_nina, nina):
    page = as_nina.post(reverse("practices:new"), filled(photo=upload(), change="images:add")).content.decode()

    digest = re.search(r'name="images-new1-kept" value="([0-9a-f]{64})"', page)[1]
    assert f"/photos/{digest}.jpg" in page
    assert '<option value="CC-BY-4.0" selected>' in page.partition('id="images-new2"')[2]


def test_a_file_that_cannot_be_taken_is_told_at_once(as_nina):
    sent = filled(photo=upload(b"MZ", "yard.jpg"), change="images:add")

    page = as_nina.post(reverse("practices:new"), sent).content.decode()

    assert page.count("Only pictures in JPEG, PNG or WebP can be shown.") == 2


def test_who_rearranges_has_not_read_what_another_saved_meanwhile(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, change="links:add")
    save(practice, janez, title={"en": "By Janez"})

    page = as_nina.post(address(practice), sent).content.decode()

    assert f'name="revision" value="{sent["revision"]}"' in page
    refused = as_nina.post(address(practice), sent | {"change": "", "topics": ["alchemy"]}).content.decode()
    assert f'name="revision" value="{sent["revision"]}"' in refused


# How much a save asks of the database


def chosen_by(user, number) -> str:
    return photos.keep(upload(picture(size=(64 + number, 64))), by=user).digest


def attached_by(user, number) -> str:
    return attachments.keep(SimpleUploadedFile(f"plan-{number}.txt", f"Plan {number}".encode()), by=user).key


@pytest.mark.parametrize("added", [1, 9])
def test_a_save_takes_few_queries_however_many_parts_there_are(as_nina, nina, organisation, added):
    practice = begun(nina, organisation, with_blocks("One", "Two", "Three"))
    keys = [f"new{number}" for number in range(1, added + 1)]
    sent = {f"{name}-{key}-title_en": key for key in keys for name in ("building_blocks", "links")}
    sent |= {f"images-{key}-kept": chosen_by(nina, number) for number, key in enumerate(keys)}
    sent |= {f"attachments-{key}-kept": attached_by(nina, number) for number, key in enumerate(keys)}
    as_nina.post(address(practice), sent_from(practice, images=keys, attachments=keys, **sent))
    practice.refresh_from_db()
    sent = sent_from(practice, building_blocks=keys, links=keys, title_sl="Dan odprtih dvorišč", **sent)

    with CaptureQueriesContext(connection) as asked:
        response = as_nina.post(address(practice), sent)

    assert (response.status_code, len(practice.photos_ever_shown.all())) == (302, added)
    queries = [query["sql"] for query in asked if not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT", query["sql"])]
    assert len(queries) <= 25, "\n".join(f"{query[:60]} … {query[-150:]}" for query in queries)
