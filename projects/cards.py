"""What a list says of programmes and projects."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from catalogue.cards import short_title
from catalogue.codes import Period, Strand
from projects.models import Project

# Many languages say it otherwise of an initiative than of a project or a programme.
STATUS_OF_INITIATIVES = {
    Project.Status.PLANNED: pgettext_lazy("of an initiative", "planned"),
    Project.Status.ONGOING: pgettext_lazy("of an initiative", "ongoing"),
    Project.Status.FINISHED: pgettext_lazy("of an initiative", "finished"),
    Project.Status.CANCELLED: pgettext_lazy("of an initiative", "cancelled"),
}


def programme_kicker(card: dict) -> str:
    return _("Programme")


def programme_meta(card: dict) -> list[str]:
    period, strand = card["period"], card["strand"]
    return [str(Period(period).label) if period else "", str(Strand(strand).label) if strand else ""]


def project_kicker(card: dict) -> str:
    """`Project, finished`"""
    form = Project.Form(card["form"])
    name = str(form.label).capitalize()
    if not card["status"]:
        return name
    status = Project.Status(card["status"])
    return f"{name}, {STATUS_OF_INITIATIVES[status] if form == Project.Form.INITIATIVE else status.label}"


def project_meta(card: dict) -> list[str]:
    return [year_span(card["start"], card["end"]), short_title(card["programme"])]


def year_span(start: str | None, end: str | None) -> str:
    """`2006–2008`, from ISO dates."""
    return "–".join(dict.fromkeys(date[:4] for date in (start, end) if date))
