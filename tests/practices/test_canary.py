"""A canary in every field, part and file of what is not public is found nowhere that a visitor can reach.

It sits in a practice that nobody has published, in the new draft of one that is live, and in one that was withdrawn.
"""

import logging
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from catalogue.fields import TextField as Texts
from catalogue.fields import TextLineField
from catalogue.models import WorkingCopy
from practices import attachments, photos
from practices.models import (
    AttachedFile,
    Attachment,
    BuildingBlock,
    Evidence,
    GoodPractice,
    Photo,
    PracticeImage,
    PracticeLink,
)
from reviews.models import FieldComment
from tests.accounts.searching import _caches
from tests.factories import GoodPracticeFactory, publish, withdraw
from tests.practices.writing import picture
from tests.reviews.test_comments import comment
from tests.sweep_rules import rule_for
from tests.test_sweep import routes, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
WORD, CANARY = "Zlatokljun", "half-7731"  # a page may say again what was looked for, and never the second
# The admin's, the account's; and the links of letters, which tell those who were invited what they are to write or read.
NOT_THE_PUBLICS = ("cms/", "accounts/", "en/write-with/", "en/advise/")
LANGUAGES = ["en", "sl", *(pytest.param(code, marks=pytest.mark.long) for code in ("de", "it", "hr"))]

# Model → fields in which words can stand, and those in which none can: numbers, days, codes, links, states.
FIELDS = {
    GoodPractice: (
        "title summary problem_and_context how_it_works stakeholders_and_beneficiaries resources_setup_text"
        " resources_running_text evidence_of_success challenges success_factors hampering_factors preconditions"
        " potential_for_transfer expert_opinion expert_opinion_name author contact_name places keywords source_notes",
        "id latest_revision has_unpublished_changes first_published_at last_published_at live_revision go_live_at expire_at"
        " expired locked locked_at locked_by uid slug original_language licence topics example created saved live entry_type"
        " resources_setup_amount resources_setup_currency resources_setup_year resources_setup_fte resources_running_amount"
        " resources_running_currency resources_running_year resources_running_fte status start end geographical_scope"
        " grew_from sdgs nace contact_agreed organisation_in_charge owner confirmed_on expert_opinion_date"
        " expert_opinion_network expert_opinion_version projects areas",
    ),
    BuildingBlock: ("title description enabling_factors lessons", "id sort_order uid practice"),
    Evidence: (
        "indicator unit source_document source_publication source_url other_sources",
        "id sort_order uid practice source_line value year confidence",
    ),
    PracticeLink: ("title url", "id sort_order uid practice"),
    PracticeImage: ("alt credit", "id sort_order uid practice photo licence"),
    Attachment: ("title", "id sort_order uid practice file"),
    AttachedFile: ("", "id key format size uploaded uploader practices"),
    Photo: ("", "id digest width height uploaded uploaders practices"),
    WorkingCopy: ("typed", "id person kind record place revision stamp began_at saved_at"),
    FieldComment: (
        "text",
        "id about_kind about_uid review revision field child language parent author role is_named created sent_at resolved_at"
        " resolved_by",
    ),
}
PARTS = {
    "building_blocks": BuildingBlock,
    "evidence": Evidence,
    "links": PracticeLink,
    "images": PracticeImage,
    "attachments": Attachment,
}


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
def test_the_table_knows_every_field(model):
    known = [name for names in FIELDS[model] for name in names.split()]

    assert sorted(known) == sorted(field.name for field in model._meta.get_fields() if field.concrete)


def plant(record: models.Model, place: str) -> None:
    for name in FIELDS[type(record)][0].split():
        field, told = record._meta.get_field(name), f"{WORD} {CANARY} {place} {name}"
        if isinstance(field, Texts | TextLineField):
            setattr(record, name, {"en": told, "sl": told})
        elif isinstance(field, models.URLField):
            setattr(record, name, f"https://{WORD}.example/{CANARY}".lower())
        elif name not in ("places", "keywords", "source_notes", "other_sources"):
            setattr(record, name, told)


def plant_all(draft: GoodPractice, by, place: str) -> None:
    plant(draft, place)
    draft.keywords = [f"{WORD} {CANARY}"]
    draft.places = [{"country": "SI", "nuts": None, "nuts_version": None, "town": CANARY, "lat": None, "lng": None}]
    draft.contact_agreed = True
    for relation, model in PARTS.items():
        part = model()
        plant(part, place)
        if model is PracticeImage:
            part.photo = photos.keep(SimpleUploadedFile(f"{CANARY}.jpg", picture(color=hash(place) % 99_999)), by=by)
        if model is Attachment:
            part.file = attachments.keep(SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode()), by=by)
        getattr(draft, relation).set([part])


def saved(practice: GoodPractice, by, place: str) -> list[str]:
    """The addresses of its files."""
    draft = practice.latest_draft() or practice
    plant_all(draft, by, place)
    draft.save_revision(user=by)
    return files_of(draft)


def files_of(draft: GoodPractice) -> list[str]:
    return [draft.images.all()[0].photo.url, draft.attachments.all()[0].file.url]


@pytest.fixture
def hidden(world) -> list[str]:  # noqa: F811
    """Plants them all; the addresses of the files."""
    files = saved(world.draft, world.author, "unpublished") + saved(world.practice, world.author, "new draft")
    withdrawn = GoodPracticeFactory(slug="once", owner=world.author)
    plant_all(withdrawn, world.author, "withdrawn")
    files += files_of(withdrawn)
    withdrawn.save()
    withdraw(publish(withdrawn))
    comment(world.submitted, world.reviewer, text=f"{WORD} {CANARY} comment")
    typed = {"title_en": [f"{WORD} {CANARY}"]}
    times = dict.fromkeys(("began_at", "saved_at"), timezone.now())
    WorkingCopy.objects.create(
        person=world.author, kind="practices", record=world.practice.uid, typed=typed, stamp="a", **times
    )
    return [
        *files,
        f"/id/{world.draft.uid}/",
        f"/id/{withdrawn.uid}/",
        "/en/practices/once/",
        "/en/practices/once/once.pdf",
    ]


def addresses(world, language: str) -> Iterator[str]:  # noqa: F811
    for route in routes():
        rule = rule_for(str(route))
        if not str(route).startswith(NOT_THE_PUBLICS) and rule and rule.lets_in("anonymous"):
            yield route.address(world).replace("/en/", f"/{language}/", 1)
    for room in ("practices", "search", "partners", "events", "library"):
        yield f"/{language}/{room}/?q={WORD}"
    for room in ("practices", "changes", "events", "partners"):
        yield f"/api/v1/{room}/?q={WORD}"
    yield f"/{language}/practices/compare/?with={world.practice.uid}&with={world.draft.uid}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_visitor_finds_the_canary(client, world, hidden, caplog, language):  # noqa: F811
    caplog.set_level(logging.DEBUG)
    asked = [*dict.fromkeys(addresses(world, language)), *hidden]

    found = [address for address in asked if CANARY in told(client.get(address))]

    assert (found, len(asked) > 60) == ([], True)
    assert list(_caches(CANARY)) == []
    assert CANARY not in caplog.text


def told(answer) -> str:
    """The whole answer, head and body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers} {body.decode('utf-8', 'replace')}".lower()


def test_the_files_are_there_for_nobody_else(client, hidden):
    assert {
        client.get(address).status_code for address in hidden if address.startswith(("/photos/", "/attachments/"))
    } == {404}


def test_the_canary_can_be_found(client, world, hidden):  # noqa: F811
    """Where it may be: else the story above would prove nothing."""
    client.force_login(world.author)

    assert CANARY in told(client.get(f"/en/my/practices/{world.draft.uid}/"))
    assert {client.get(address).status_code for address in hidden if address.startswith("/attachments/")} == {200}
