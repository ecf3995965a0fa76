"""Something is looked up while a form is written: the form comes back with what was found, and nothing is saved.

A button asks (`change`, as for repeated parts): `find:<field>` looks for what was typed there, `take:<field>:<key>` puts
what was found into the form. Where a script does the same in place, it asks the pages that only read.
"""

from typing import NamedTuple

from django.http import QueryDict

from catalogue.drafting.item_changes import BUTTON

FIND, TAKE = "find", "take"
TYPED = "_find"  # ends the name of a control in which one types what to look for, where the field is no text itself


class Lookup(NamedTuple):
    step: str
    field: str
    key: str = ""


def lookup_of(data: QueryDict | None) -> Lookup | None:
    step, _colon, rest = ((data or {}).get(BUTTON) or "").partition(":")
    field, _colon, key = rest.partition(":")
    return Lookup(step, field, key) if step in (FIND, TAKE) else None
