"""Where something is, in a form: a row for each place, and one more to fill in."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalogue.codes import countries, nuts
from catalogue.drafting.fields import DraftLine
from catalogue.places import place
from operations.languages import interface_language

PLACE_KEYS = ("country", "town", "nuts")
MOST_PLACES = 20


def initial_places(places: list[dict]) -> dict[str, str]:
    return {
        f"place_{number}_{key}": known.get(key) or ""
        for number, known in enumerate(places, start=1)
        for key in PLACE_KEYS
    }


def written_places(typed: list[dict[str, str]], known: list[dict]) -> list[dict]:
    """The rows that were filled in; a place that did not change keeps its coordinates and its version of NUTS."""
    unchanged = {tuple(each.get(key) or "" for key in PLACE_KEYS): each for each in known}
    return [unchanged.get(tuple(row[key] for key in PLACE_KEYS)) or _new_place(row) for row in typed]


def _new_place(row: dict[str, str]) -> dict:
    version = newest_version(row["nuts"])
    return place(row["country"], town=row["town"] or None, nuts=row["nuts"] or None, nuts_version=version)


def newest_version(region: str) -> int | None:
    """Of NUTS, in which the code stands."""
    versions = nuts.versions(region) if region else ()
    return versions[-1] if versions else None


def is_region(code: str, country: str) -> bool:
    return len(code) > 2 and nuts.is_nuts(code) and nuts.country_of(code) == country


def country_field(known: set[str], **more) -> forms.ChoiceField:
    """Today's countries, and those that are gone but stand in the draft."""
    named = countries.choices(interface_language())
    gone = [(code, countries.country_name(code, interface_language())) for code in known - dict(named).keys()]
    wrong = {"invalid_choice": _("This country is not in the list.")}
    choices = [("", _("Not chosen yet")), *named, *gone]
    return forms.ChoiceField(**{"choices": choices, "required": False, "error_messages": wrong} | more)


NOT_A_REGION = _("This is not the code of a region in that country.")


class WithPlaces:
    """A form's rows of places; clean, they are `places`, a list of {country, town, nuts}."""

    def add_places(self) -> None:
        known = {each["country"] for each in self.draft.places}
        for number in self.place_numbers:
            label = _("Country") if number == 1 else _("Country of place %(number)s") % {"number": number}
            self.fields[f"place_{number}_country"] = country_field(known, label=label)
            self.fields[f"place_{number}_town"] = DraftLine(label=_("Town"), most=120)
            self.fields[f"place_{number}_nuts"] = DraftLine(label=_("NUTS code"), most=5)
        self.fields["place_1_country"].needed = True

    @cached_property
    def place_numbers(self) -> range:
        """A row for each place, and one more to fill in."""
        posted = (number for number in range(1, MOST_PLACES + 1) if f"place_{number}_country" in self.data)
        return range(1, min(max(2, len(self.draft.places) + 1, *posted, 0), MOST_PLACES) + 1)

    @property
    def place_rows(self) -> list[list]:
        return [[self[f"place_{number}_{key}"] for key in PLACE_KEYS] for number in self.place_numbers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["places"] = [row for row in map(self._place, self.place_numbers) if row]
        return cleaned

    def _place(self, number: int) -> dict[str, str] | None:
        values = {key: self.cleaned_data.get(f"place_{number}_{key}", "") for key in PLACE_KEYS}
        values["nuts"] = values["nuts"].upper()
        if not any(values.values()) or any(f"place_{number}_{key}" in self.errors for key in PLACE_KEYS):
            return None
        if not values["country"]:
            self.add_error(f"place_{number}_country", _("Say in which country this place is."))
        elif values["nuts"] and not is_region(values["nuts"], values["country"]):
            self.add_error(f"place_{number}_nuts", NOT_A_REGION)
        return values
