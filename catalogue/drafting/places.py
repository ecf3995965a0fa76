"""Where something is, in a form: a row for each place, and one more to fill in."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.codes import countries, nuts, regions
from catalogue.drafting.fields import DraftLine
from catalogue.drafting.lookups import FIND, Lookup
from catalogue.drafting.spots import DraftDegrees, degrees_in_words
from catalogue.places import place
from operations.languages import interface_language

NAMED = ("country", "town", "nuts")
SPOT = ("lat", "lng")
PLACE_KEYS = (*NAMED, *SPOT)
MOST_PLACES = 20

SPOT_LABEL = _("Exact spot")
NOT_A_REGION = _(
    "No region of that country has this name or code. Find the region and choose it, or leave it out for now."
)
WITHOUT_THE_OTHER = _("A latitude needs its longitude, and the other way round. Fill in both, or neither.")


def initial_places(places: list[dict]) -> dict[str, str]:
    return {
        f"place_{number}_{key}": degrees_in_words(known.get(key)) if key in SPOT else known.get(key) or ""
        for number, known in enumerate(places, start=1)
        for key in PLACE_KEYS
    }


def written_places(typed: list[dict[str, Any]], known: list[dict]) -> list[dict]:
    """The rows that were filled in. A place that did not change keeps its version of NUTS; and its spot, where nothing was
    sent of that: what was typed before there was a field for it knows nothing of it.
    """
    unchanged = {tuple(each.get(key) or "" for key in NAMED): each for each in known}
    return [_place(row, unchanged.get(tuple(row[key] for key in NAMED))) for row in typed]


def _place(row: dict[str, Any], known: dict | None) -> dict:
    spot = {key: row[key] for key in SPOT if key in row}
    if known:
        return {**known, **changed_spot(spot, known)}
    version = newest_version(row["nuts"])
    return place(row["country"], town=row["town"] or None, nuts=row["nuts"] or None, nuts_version=version, **spot)


def changed_spot(spot: dict[str, float | None], known: dict) -> dict[str, float | None]:
    """Without what the form showed and got back: it may be known more closely than the form tells."""
    return {
        key: degrees for key, degrees in spot.items() if degrees_in_words(degrees) != degrees_in_words(known.get(key))
    }


def newest_version(region: str) -> int | None:
    """Of NUTS, in which the code stands."""
    versions = nuts.versions(region) if region else ()
    return versions[-1] if versions else None


def is_region(code: str, country: str) -> bool:
    return len(code) > 2 and nuts.is_nuts(code) and nuts.country_of(code) == country


def region_code(typed: str, country: str) -> str:
    """The code that was typed, or that of the region whose name was typed; "" where the country has no such region."""
    code = typed.upper()
    return code if is_region(code, country) else regions.named(typed, country)


def country_field(known: set[str], **more) -> forms.ChoiceField:
    """Today's countries, and those that are gone but stand in the draft."""
    named = countries.choices(interface_language())
    gone = [(code, countries.country_name(code, interface_language())) for code in known - dict(named).keys()]
    wrong = {"invalid_choice": _("This country is not in the list.")}
    choices = [("", _("Not chosen yet")), *named, *gone]
    return forms.ChoiceField(**{"choices": choices, "required": False, "error_messages": wrong} | more)


class RegionField(DraftLine):
    """A region of NUTS, by its code or its name: which one it is depends on the country beside it (`region_code`)."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Region: its name or NUTS code"), most=120, **kwargs)


def spot_fields() -> Iterator[tuple[str, forms.Field]]:
    yield "lat", DraftDegrees(label=_("Latitude"), limit=90)
    yield "lng", DraftDegrees(label=_("Longitude"), limit=180)


def in_words(field: forms.Field | None, value) -> str | None:
    """What a region's field holds, with the region's name; None for other fields."""
    if not isinstance(field, RegionField):
        return None
    name = nuts.nuts_name(value or "", language=interface_language())
    return f"{name} ({value})" if name else value or ""


class PlaceRow:
    """The fields of one place as the form draws them. `prefix` begins their names: `place_1_`, or nothing."""

    def __init__(self, form: forms.Form, prefix: str, number: int = 1):
        self.form, self.prefix, self.number = form, prefix, number

    def __getattr__(self, key: str) -> BoundField:
        if key in PLACE_KEYS:
            return self.form[f"{self.prefix}{key}"]
        raise AttributeError(key)

    @property
    def anchor(self) -> str:
        return f"place-{self.number}"

    @property
    def title(self) -> str:
        """For who hears its buttons out of their place."""
        return gettext("Place %(number)s") % {"number": self.number} if self.prefix else gettext("Where it is")

    @property
    def region(self) -> str:
        """The name of the region whose code stands in the form; "" for none."""
        code = str(self.nuts.value() or "").strip().upper()
        return nuts.nuts_name(code, language=interface_language()) if len(code) > 2 else ""

    @property
    def found(self) -> regions.Found | None:
        """Where the region was looked for."""
        asked: Lookup | None = self.form.lookup
        if asked is None or asked.step != FIND or asked.field != self.nuts.name:
            return None
        typed = str(self.nuts.value() or "")
        return regions.find(typed, str(self.country.value() or ""), interface_language())

    @property
    def has_spot(self) -> bool:
        return any(self.form[f"{self.prefix}{key}"].value() or self.form[f"{self.prefix}{key}"].errors for key in SPOT)


def with_region(data: QueryDict, taken: Lookup) -> QueryDict:
    """What was sent, with the region that was chosen, and its country where none was."""
    prefix, country = taken.field.removesuffix("nuts"), nuts.country_of(taken.key) if nuts.is_nuts(taken.key) else ""
    if not taken.field.endswith("nuts") or not is_region(taken.key, country):
        return data
    data = data.copy()
    data[taken.field] = taken.key
    data[f"{prefix}country"] = country
    return data


def check_place(form: forms.Form, prefix: str, values: dict[str, Any]) -> None:
    """Puts the region's code for its name, and what is wrong beside its field."""
    if values["nuts"] and f"{prefix}country" not in form.errors:
        code = region_code(values["nuts"], values["country"] or "")
        if not code:
            form.add_error(f"{prefix}nuts", NOT_A_REGION)
        values["nuts"] = code or values["nuts"]
    lat, lng = (values.get(key) for key in SPOT)
    if (lat is None) != (lng is None) and not any(f"{prefix}{key}" in form.errors for key in SPOT):
        form.add_error(f"{prefix}{'lat' if lat is None else 'lng'}", WITHOUT_THE_OTHER)


class WithPlaces:
    """A form's rows of places; clean, they are `places`, a list of {country, town, nuts}, with lat and lng where sent."""

    def add_places(self) -> None:
        known = {each["country"] for each in self.draft.places}
        for number in self.place_numbers:
            label = _("Country") if number == 1 else _("Country of place %(number)s") % {"number": number}
            self.fields[f"place_{number}_country"] = country_field(known, label=label)
            self.fields[f"place_{number}_town"] = DraftLine(label=_("Town"), most=120)
            self.fields[f"place_{number}_nuts"] = RegionField()
            self.fields |= {f"place_{number}_{key}": field for key, field in spot_fields()}
        self.fields["place_1_country"].needed = True

    @cached_property
    def place_numbers(self) -> range:
        """A row for each place, and one more to fill in."""
        posted = (number for number in range(1, MOST_PLACES + 1) if f"place_{number}_country" in self.data)
        return range(1, min(max(2, len(self.draft.places) + 1, *posted, 0), MOST_PLACES) + 1)

    @property
    def place_rows(self) -> list[PlaceRow]:
        return [PlaceRow(self, f"place_{number}_", number) for number in self.place_numbers]

    def taken(self, data: QueryDict, lookup: Lookup) -> QueryDict:
        return with_region(super().taken(data, lookup), lookup)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["places"] = [row for row in map(self._place, self.place_numbers) if row]
        return cleaned

    def _place(self, number: int) -> dict[str, Any] | None:
        prefix = f"place_{number}_"
        values = {key: self.cleaned_data.get(f"{prefix}{key}", "") for key in NAMED}
        values |= {key: self.cleaned_data.get(f"{prefix}{key}") for key in SPOT if f"{prefix}{key}" in self.data}
        is_empty = all(value in ("", None) for value in values.values())
        if is_empty or any(f"{prefix}{key}" in self.errors for key in NAMED):
            return None
        if not values["country"]:
            self.add_error(f"{prefix}country", _("Say in which country this place is."))
        check_place(self, prefix, values)
        return values
