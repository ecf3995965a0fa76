"""What a list says of a practice."""

from django.utils.translation import gettext as _

from catalogue.cards import first_topic, place_line, short_title


def practice_kicker(card: dict) -> str:
    return first_topic(card) or _("Good practice")


def practice_meta(card: dict) -> list[str]:
    projects = [short_title(project) for project in card["projects"][:2]]
    return [place_line(card["places"]), _("From %(project)s") % {"project": ", ".join(projects)} if projects else ""]
