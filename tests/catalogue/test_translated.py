"""What readers are told of translations: which language is the original, and which texts are older than it, or a machine's."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import TextOrigin
from catalogue.reading import page_context
from partners.models import Organisation
from tests.factories import (
    BuildingBlockFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    publish,
    republish,
    reread,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

SUMMARY = texts("One school is warm.", "Ena šola je topla.")


@pytest.fixture
def practice():
    """The original is Slovenian."""
    practice = GoodPracticeFactory(
        original_language="sl", summary=SUMMARY, how_it_works=texts("By a pipe.", "Po cevi.")
    )
    BuildingBlockFactory(practice=practice, title=texts("Pipe", "Cev"), lessons=texts("Dig deep.", "Globoko koplji."))
    return publish(reread(practice))


def page_of(client, record, language="en") -> str:
    kind = "partners" if isinstance(record, Organisation) else "practices"
    with override(language):
        html = client.get(reverse("catalogue:record", args=[kind, record.slug])).content.decode()
    return re.sub(r"\s+", " ", html)


def test_a_translation_says_that_it_is_one_and_leads_to_the_original(client, practice):
    page = page_of(client, practice)

    assert "This text is a translation; the original is in Slovenian." in page
    assert f'<a href="/sl/practices/{practice.slug}/" hreflang="sl">Read the original</a>' in page
    assert "earlier version" not in page
    assert "je prevod" not in page_of(client, practice, "sl")


def test_a_text_that_is_older_than_its_original_says_so_beside_itself(client, practice):
    practice = republish(practice, how_it_works=texts("By a pipe.", "Po dolgi cevi."))

    page = page_of(client, practice)

    assert "This translation is behind." in page
    assert '<p>By a pipe.</p><p class="behind">Translated from an earlier version</p>' in page
    assert page.count('class="behind"') == 1
    assert 'class="behind"' not in page_of(client, practice, "sl")


def test_so_does_a_line_and_a_text_of_a_part(client, practice):
    practice.building_blocks.update(title=texts("Pipe", "Dolga cev"), lessons=texts("Dig deep.", "Koplji."))
    practice = republish(reread(practice), summary=SUMMARY | {"sl": "Dve šoli sta topli."})

    page = page_of(client, practice)

    assert 'One school is warm. <small class="behind">(translated from an earlier version)</small>' in page
    assert 'Pipe <small class="behind">(translated from an earlier version)</small>' in page
    assert '<p>Dig deep.</p><p class="behind">Translated from an earlier version</p>' in page


def test_so_does_a_title(client, practice):
    titles = practice.title.data
    practice = republish(practice, title=titles | {"sl": "Topla šola"})

    page = page_of(client, practice)

    assert '</h1><p class="small behind">Translated from an earlier version</p>' in page
    assert 'class="small behind"' not in page_of(client, practice, "sl")


def test_who_reads_in_a_third_language_is_told_of_the_one_that_she_is_given(client, practice):
    practice = republish(practice, how_it_works=texts("By a pipe.", "Po dolgi cevi."))

    page = page_of(client, practice, "de")

    assert 'class="behind"' in page
    with override("de"):
        told = page_context(practice.entry.record)
    assert (told["untranslated"]["whole"], told["translation"]["stale"]) == (True, True)


def test_what_a_machine_has_translated_is_labelled(client, practice):
    TextOrigin.objects.filter(path="how_it_works").update(state="machine")
    practice = republish(
        reread(practice), summary=SUMMARY | {"sl": "Dve šoli sta topli.", "en": "Two schools are warm."}
    )

    page = page_of(client, practice)

    assert "Translated by a machine." in page
    assert '<p>By a pipe.</p><p class="behind">Translated by a machine</p>' in page


def test_names_are_no_translations(client):
    organisation = publish(
        OrganisationFactory(original_language="sl", name_english="Agency", description={"sl": "Pomaga."}, department={})
    )

    assert page_context(organisation.entry.record)["translation"] is None


def test_an_earlier_version_is_told_as_it_stood(client, practice):
    republish(practice, how_it_works=texts("By a pipe.", "Po dolgi cevi."))

    first = client.get(f"/en/practices/{practice.slug}/v/1/").content.decode()

    assert "This translation is behind." not in first
