"""Places of records: a country, and as much more as is known."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.codes import countries, nuts
from catalogue.texts import is_storable

KEYS = ("country", "nuts", "nuts_version", "town", "lat", "lng")


def place(country: str, **known) -> dict:
    """A place with all its keys, in the contract's order."""
    return {key: {"country": country, **known}.get(key) for key in KEYS}


def validate_places(places) -> None:
    """Raises ValidationError, naming the first fault."""
    if not isinstance(places, list) or any(not isinstance(entry, dict) for entry in places):
        raise ValidationError(_("A list of places is needed."))
    for entry in places:
        _validate_place(entry)


def _validate_place(entry: dict) -> None:
    unknown = set(entry) - set(KEYS)
    if unknown:
        raise ValidationError(_("A place has no %(names)s."), params={"names": ", ".join(sorted(unknown))})
    if not countries.is_country(entry.get("country")):
        raise ValidationError(_("%(code)s is not a country."), params={"code": entry.get("country")})
    code, version = entry.get("nuts"), entry.get("nuts_version")
    if code and not nuts.is_nuts(code, version):
        raise ValidationError(
            _("%(code)s is not a region of NUTS %(version)s."), params={"code": code, "version": version}
        )
    town = entry.get("town")
    if town is not None and not (isinstance(town, str) and is_storable(town)):
        raise ValidationError(_("The town's name cannot be stored."))
    for key, limit in (("lat", 90), ("lng", 180)):
        degrees = entry.get(key)
        if degrees is not None and not (_is_number(degrees) and -limit <= degrees <= limit):
            raise ValidationError(_("%(key)s is out of range."), params={"key": key})
    if (entry.get("lat") is None) != (entry.get("lng") is None):
        raise ValidationError(_("A latitude needs its longitude."))


def _is_number(value: object) -> bool:
    """`True` counts as 1 in Python, but is no degree."""
    return isinstance(value, int | float) and not isinstance(value, bool)
