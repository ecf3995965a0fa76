"""What the description of an industrial area still needs before it can be reviewed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue.drafting.readiness import long_texts, missing_texts, told_addresses, untitled_translations
from catalogue.drafting.texts import texts_of
from catalogue.problems import Problem

if TYPE_CHECKING:  # the models read this module
    from partners.models import IndustrialArea

TEXTS = ("name", "summary", "description", "services")


def problems_of(area: "IndustrialArea") -> list[Problem]:
    """Everything that keeps the draft from being reviewed, in the order of the form."""
    shown = {"places": area.places, "website": area.website}
    return [
        *missing_texts(area, ("name", "summary")),
        *untitled_translations(area, "name", TEXTS),
        *long_texts(area, ("summary",)),
        *_missing_facts(area),
        *told_addresses(area, texts_of(area, TEXTS), shown),
    ]


def _missing_facts(area: "IndustrialArea") -> Iterator[Problem]:
    if not area.type:
        yield Problem("type", _("Choose what kind of area it is."))
    if not area.places:
        yield Problem("places", _("Say at least in which country it is."))
