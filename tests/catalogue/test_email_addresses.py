"""E-mail addresses are personal data: they never enter documents."""

import pytest
from django.core.exceptions import ValidationError

from catalogue.email_addresses import tells_one
from catalogue.models import Entry
from catalogue.texts import Text
from projects.models import Project
from tests.admin import add, edit, errors_of, new_part
from tests.factories import (
    AdminFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    reread,
)

WRITE = "Write to jane.doe@example.org."
FORBIDDEN = "An e-mail address stands here, and everybody could read it. Please take it out; a name is enough."


@pytest.mark.parametrize(
    "value",
    [
        "jane@example.org",
        "mailto:jane.doe+mer@mail.example.org",
        "(jana@občina.si)",
        Text({"en": "", "sl": "Pišite na jana@example.si."}),
        {"places": [{"town": "jane@example.org"}]},
        "https://example.org or jane@example.org",
        "https://example.org/jane@example.org",
        "Write to e-mail/jane@example.org",
        "https://example.org/?to=jane%40example.org",
        "jane&#64;example.org",
        "jane＠example.org",
    ],
)
def test_an_address_is_found(value):
    assert tells_one(value)


@pytest.mark.parametrize(
    "value",
    [
        "Sm@rt Region",
        "Sm@rt Region. Second part",
        "a@b",
        "@town",
        "https://maps.example.org/@46.42,15.87,12z",
        "https://example.org/photo@2x.png",
        None,
        7,
        Text({"en": "jane at example.org"}),
    ],
)
def test_what_only_looks_a_little_like_one_is_none(value):
    assert not tells_one(value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "changes"),
    [
        (GoodPracticeFactory, {"how_it_works": {"sl": WRITE}}),
        (GoodPracticeFactory, {"keywords": ["jane@example.org"]}),
        (ProjectFactory, {"source_notes": [{"field": "title", "document": "a.txt", "line": 1, "note": WRITE}]}),
        (ProgrammeFactory, {"name_as_printed": WRITE}),
        (OrganisationFactory, {"name_original": "Bistra, info@bistra.example.org"}),
        (OrganisationFactory, {"aliases": [{"name": WRITE, "from": None, "to": None}]}),
        (OrganisationFactory, {"department": {"en": WRITE}}),
    ],
)
def test_no_record_is_published_with_one_and_the_draft_keeps_it(factory, changes):
    record = factory(**changes)

    with pytest.raises(ValidationError) as refused:
        publish(record)

    assert refused.value.message_dict == {next(iter(changes)): [FORBIDDEN]}
    assert not Entry.objects.exists()
    assert not reread(record).live


@pytest.mark.django_db
def test_nor_with_one_in_a_part():
    project = ResultFactory(text={"en": WRITE}).project

    with pytest.raises(ValidationError) as refused:
        publish(reread(project))

    assert list(refused.value.message_dict) == ["results"]


# In the admin


@pytest.fixture
def desk(client, db):
    client.force_login(AdminFactory())
    return client


def test_the_admin_says_so_beside_the_field_and_takes_it_in_a_draft(desk):
    project = ProjectFactory()

    assert edit(desk, project, summary_0=WRITE).status_code == 302
    page = edit(desk, project, "publish")

    assert errors_of(page) == {"summary": [FORBIDDEN]}
    assert not reread(project).live


def test_and_beside_the_part(desk):
    page = add(desk, Project, "publish", acronym="MER", **new_part("results", 0, text_0=WRITE))

    [part] = page.context["form"].formsets["results"].forms
    assert part.errors == {"text": [FORBIDDEN]}
    assert not Project.objects.exists()


def test_what_is_taken_out_of_a_part_hinders_no_more(desk):
    project = ResultFactory(text={"en": WRITE}).project

    assert edit(desk, reread(project), "publish", **{"results-0-text_0": "Written."}).status_code == 302
    assert reread(project).live
