"""What a list says of a practice."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.cards import first_topic, place_line, short_title
from practices.standing import standing_of


def practice_kicker(card: dict) -> str:
    return first_topic(card) or _("Good practice")


def practice_meta(card: dict) -> list[str]:
    origin = _origin([short_title(project) for project in card["projects"][:2]])
    return [place_line(card["places"]), origin, standing_of(card).get("label", "")]


def _origin(projects: list[str]) -> str:
    told = ngettext("From %(projects)s", "From %(projects)s", len(projects))
    return told % {"projects": ", ".join(projects)} if projects else ""
