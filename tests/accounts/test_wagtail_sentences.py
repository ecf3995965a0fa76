"""Sentences of Wagtail that the portal tells anew in Slovenian."""

from pathlib import Path

import pytest
import wagtail
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext, ngettext

from accounts.wagtail_sentences import SENTENCES
from catalogue.choosers import RecordChooserViewSet
from events.models import Event
from pages.lists import Paginator
from tests.events.factories import EventFactory
from tools.messages import ROOT


@pytest.fixture
def slovenian(settings, tmp_path):
    """The sentences as they stand in the file now, whether or not somebody has compiled them."""
    folder = tmp_path / "sl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (ROOT / "locale/sl/LC_MESSAGES/django.po").open("rb") as source, (folder / "django.mo").open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="sl"))
    settings.LOCALE_PATHS = [tmp_path]


def of_wagtail() -> set[str]:
    found = set()
    for path in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                found |= set(message.id) if isinstance(message.id, tuple) else {message.id}
    return found


def test_each_is_still_said_by_wagtail():
    with translation.override("en"):
        assert {str(sentence) for sentence in SENTENCES} - of_wagtail() == set()


@pytest.mark.parametrize("name", ["dogodek", "dobra praksa", "knjižnično gradivo"])
def test_a_models_name_stands_where_its_ending_fits(slovenian, name):
    with translation.override("sl"):
        said = gettext("Add %(model_name)s") % {"model_name": name}
        done = gettext("%(model_name)s '%(object)s' created.") % {"model_name": name, "object": "A"}

    assert (said, done) == (f"Dodaj: {name}", f"Ustvarjeno: {name} »A«.")


@pytest.mark.django_db
def test_a_part_is_added_and_things_are_counted_without_an_ending_that_had_to_agree(slovenian):
    events = Event.objects.order_by("pk")
    EventFactory.create_batch(5)

    with translation.override("sl"):
        added = gettext("Add %(label)s") % {"label": "točka"}
        counted = Paginator(events, 20).items_count_label
    with translation.override("en"):
        english = Paginator(events, 20).items_count_label, Paginator(events[:1], 20).items_count_label

    assert (added, counted) == ("Dodaj: točka", "dogodki: 5")
    assert english == ("5 events", "1 event")


def test_plurals_have_four_forms(slovenian):
    with translation.override("sl"):
        told = [
            ngettext(
                "%(num_parent_objects)d page has been published",
                "%(num_parent_objects)d pages have been published",
                number,
            )
            % {"num_parent_objects": number}
            for number in (1, 2, 3, 5)
        ]

    assert told == [
        "Objavljena je 1 stran",
        "Objavljeni sta 2 strani",
        "Objavljene so 3 strani",
        "Objavljenih je 5 strani",
    ]


def test_choosers_of_records_speak_the_readers_language(slovenian):
    chooser = Event.snippet_viewset.chooser_viewset.widget_class

    with translation.override("sl"):
        told = [str(chooser.choose_one_text), str(chooser.choose_another_text), str(RecordChooserViewSet.page_title)]
    with translation.override("en"):
        english = str(chooser.choose_one_text)

    assert (told, english) == (["Izberi: dogodek", "Izberi drugo: dogodek", "Izberi"], "Choose event")
