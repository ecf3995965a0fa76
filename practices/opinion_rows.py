"""Experts' opinions as what the portal keeps about people (`accounts.personal_data`)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from catalogue.models import CatalogueState
from practices import opinions
from practices.models import ExpertOpinion


def register() -> None:
    personal_data.register(
        PersonalData(
            "opinions",
            what=_("The expert’s opinions that you gave on practices, with your name and your network"),
            kept=_("until you or an editor withdraws them, or your account ends"),
            stays=_("opinions of which you agreed that they stay, with your name, when you close your account"),
            export=_export,
            erase=opinions.forget,
            hold=_hold,
            relations=("practices.ExpertOpinion.writer",),
            foretells=_foretell,
        )
    )


def _export(user: User) -> list[dict]:
    told = ("name", "network", "written", "agreed", "stays", "version", "first_version", "last_version")
    return [
        {"practice": opinion.practice.uid, "text": dict(opinion.text.data)}
        | {name: getattr(opinion, name) for name in told}
        for opinion in ExpertOpinion.objects.filter(writer=user).select_related("practice")
    ]


def _hold(user: User) -> None:
    """What is taken out of the public needs the catalogue's lock, which comes before all others."""
    if ExpertOpinion.objects.filter(writer=user, stays=False, first_version__isnull=False).exists():
        CatalogueState.objects.lock()


def _foretell(user: User) -> Iterator[str]:
    going = ExpertOpinion.objects.standing().filter(writer=user, stays=False).count()
    if going:
        told = ngettext(
            "%(number)d expert’s opinion that you gave goes from its page, and from earlier versions.",
            "%(number)d expert’s opinions that you gave go from their pages, and from earlier versions.",
            going,
        )
        yield told % {"number": going}
