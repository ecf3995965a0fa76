"""The form in which a draft is translated: its texts in one language, and nothing else of it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from catalogue import origins
from catalogue.drafting.behind import FITS
from catalogue.drafting.forms import DraftForm
from pages.languages import language_in_words
from translations.texts import Sections, spots_of, worth_showing


class TranslationForm(DraftForm):
    """The fields are named as in the form in which the record is written. `written` is that form, with the draft."""

    def __init__(self, data=None, files=None, *, draft, user, written: DraftForm, sections: Sections, language: str):
        self.language, self.texts = language, written.texts
        spots = spots_of(written, sections, language)
        self.ticks = {FITS: {spot.name for spot in spots}}
        self.spots = worth_showing(spots, draft, language, list(data or ()))
        self.ticked = set(data.getlist(FITS)) if data is not None else set()
        super().__init__(data, files, draft=draft, user=user)

    def languages_in(self, draft) -> list[str]:
        return [self.language]

    def initial_of(self, draft) -> dict[str, Any]:
        texts = origins.texts_of(draft)
        return {spot.name: texts.get(spot.path, {}).get(self.language, "") for spot in self.spots}

    def name_at(self, path: str) -> str:
        return next((spot.label for spot in self.spots if spot.path == path), "")

    def add_fields(self) -> None:
        for spot in self.spots:
            rows = {"rows": spot.spec.rows} if spot.spec.rows else {}
            self.fields[spot.name] = spot.spec.field(
                label=f"{spot.label} ({language_in_words(self.language)})",
                limit=spot.spec.limit,
                widget=forms.Textarea(attrs=rows) if rows else forms.TextInput(),
            )

    def write(self, cleaned: Mapping[str, Any], draft) -> None:
        for spot in self.spots:
            spot.write(draft, self.language, cleaned.get(spot.name) or "")

    def found_to_fit(self) -> list[origins.Place]:
        """What she ticked, and left as it is."""
        unchanged = [spot for spot in self.spots if spot.name in self.ticked and not self[spot.name]._has_changed()]
        return [(spot.path, self.language) for spot in unchanged]

    def found_right(self) -> list[origins.Place]:
        """What she ticked, be it as it was or changed."""
        return [(spot.path, self.language) for spot in self.spots if spot.name in self.ticked]
