"""The parameters of the doors: how they are read, and what the schema and the guide tell of them."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.codes import Period, Topic
from catalogue.filters import WHEN, EntryFilter, InvalidParameters, ValuesFilter

_NUMBER = re.compile(r"[0-9]{1,6}")


class Asked:
    """The parameters of a request, read one by one; what is wrong with them is told all at once, by `check`."""

    def __init__(self, query: QueryDict):
        self.query = query
        self.errors: list[dict[str, str]] = []

    def refuse(self, name: str, message: str, code: str = "invalid") -> None:
        self.errors.append({"parameter": name, "code": code, "message": message})

    def check(self) -> None:
        if self.errors:
            raise InvalidParameters(self.errors)

    def only(self, *names: str, repeated: str = "") -> None:
        """Refuses parameters that the door does not know, and those given twice; raises what was refused until now."""
        for name in self.query:
            if name not in names:
                self.refuse(name, "There is no such parameter.", "unknown")
            elif name != repeated and len(self.query.getlist(name)) > 1:
                self.refuse(name, "This parameter can be given only once.", "repeated")
        self.check()

    def number(self, name: str, *, default: int, most: int) -> int:
        """A number from 1 to `most`."""
        value = self.query.get(name)
        if value is None:
            return default
        if not _NUMBER.fullmatch(value) or not 1 <= int(value) <= most:
            self.refuse(name, f"{shown(value)} is not a number from 1 to {most}.")
            return default
        return int(value)

    def choice(self, name: str, allowed: Iterable[str], *, default: str) -> str:
        value = self.query.get(name, default)
        if value not in allowed and name in self.query:
            self.refuse(name, f"{shown(value)} is not one of {', '.join(allowed)}.")
            return default
        return value

    def kinds(self) -> list[str]:
        """The values of `kind`, which may be repeated."""
        known = [str(kind.name) for kind in kinds.all_kinds()]
        asked = self.query.getlist("kind")
        for value in asked:
            if value not in known:
                self.refuse("kind", f"{shown(value)} is not one of {', '.join(known)}.")
        return asked


def shown(value: str) -> str:
    """A value as a message repeats it: quoted, and not whole when it is long."""
    return repr(value if len(value) <= 60 else f"{value[:60]}…")


# What the schema and the guide say. Filters first, in the order of the contract.

FILTERS = {
    "q": _("Words that must all stand in the texts, in any form and in any language."),
    "country": _("ISO 3166-1 alpha-2 code; ISO 3166-3 for a state that is gone."),
    "nuts": _("The beginning of a NUTS code."),
    "topic": _("A topic's code."),
    "programme": _("The uid of a programme."),
    "organisation": _("The uid of a partner."),
    "project": _("The uid of a project."),
    "area": _("The uid of an industrial area."),
    "period": _("A programme period of the EU."),
    "year": _("Any year that the record covers."),
    "month": _("Any month in which it happens, such as `2027-04`."),
    "when": _("What is still to come or under way, or what is over."),
    "language": _("A language in which the record has a text."),
    "status": _("A status; each kind has its own."),
    "type": _("A type; each kind has its own."),
    "network": _("The slug of another network, or `all`. Without it, our own records alone."),
    "modified_since": _("Changed at or after this time (RFC 3339)."),
}
_CLOSED = {
    "topic": Topic.values,
    "period": Period.values,
    "language": [code for code, _name in settings.LANGUAGES],
    "when": WHEN,
}
_OF_WHAT_HAS_A_TIME = ("month", "when")


def filters(kind: kinds.Kind) -> list[OpenApiParameter]:
    """The filters of a kind's list; without those for which its records have nothing."""
    idle = {"status", "type"} - set(kind.codes) | (set() if kind.span else set(_OF_WHAT_HAS_A_TIME))
    return [_filter(name, kind) for name in FILTERS if name not in idle]


def _filter(name: str, kind: kinds.Kind) -> OpenApiParameter:
    closed = kind.codes[name].values if name in kind.codes else _CLOSED.get(name)
    value = {"type": "string"} | ({"enum": list(closed)} if closed else {})
    if name == "modified_since":
        value["format"] = "date-time"
    if name == "q":
        value["maxLength"] = EntryFilter.base_filters["q"].extra["max_length"]
    several = isinstance(EntryFilter.base_filters[name], ValuesFilter)
    schema = {"type": "array", "items": value} if several else value
    return OpenApiParameter(name, schema, description=FILTERS[name], explode=True if several else None)


def page_size(*, default: int, most: int, text) -> OpenApiParameter:
    return OpenApiParameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": most, "default": default}, description=text
    )


def choice(name: str, allowed: Iterable[str], text, default: str | None = None) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, enum=list(allowed), description=text, default=default)


def in_path(name: str, text) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, location=OpenApiParameter.PATH, description=text)


CURSOR = OpenApiParameter("cursor", OpenApiTypes.STR, description=_("Where to go on: taken from `next` or `previous`."))
UID = in_path("uid", _("The record's identity."))
NUMBER = in_path("number", _("The number of a version, from 1."))
KIND = OpenApiParameter(
    "kind",
    {"type": "array", "items": {"type": "string"}},
    explode=True,
    description=_("Records of this kind alone."),
)
