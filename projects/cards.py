"""What a list says of programmes and projects."""

from django.utils.translation import gettext as _

from catalogue.cards import short_title
from catalogue.codes import Period, Strand
from projects.models import Project


def programme_kicker(card: dict) -> str:
    return _("Programme")


def programme_meta(card: dict) -> list[str]:
    period, strand = card["period"], card["strand"]
    return [str(Period(period).label) if period else "", str(Strand(strand).label) if strand else ""]


def project_kicker(card: dict) -> str:
    """`Project, finished`"""
    form = str(Project.Form(card["form"]).label).capitalize()
    return f"{form}, {Project.Status(card['status']).label}" if card["status"] else form


def project_meta(card: dict) -> list[str]:
    return [year_span(card["start"], card["end"]), short_title(card["programme"])]


def year_span(start: str | None, end: str | None) -> str:
    """`2006–2008`, from ISO dates."""
    return "–".join(dict.fromkeys(date[:4] for date in (start, end) if date))
