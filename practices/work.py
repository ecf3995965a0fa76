"""What *My work* shows beside the records themselves: invitations to write a practice."""

import json
from types import SimpleNamespace

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.texts import in_language
from notices import waiting
from notices.work import Item, Place
from operations.dates import moment
from practices.models import CoAuthorInvitation, GoodPractice

DRAFT = "practice__latest_revision__content"


def register() -> None:
    waiting.register(waiting.Source("invitation-to-write", _invitations, _invited))


def _invitations(user) -> QuerySet:
    told = {"title": KT(f"{DRAFT}__title"), "original": KT(f"{DRAFT}__original_language")}
    return waiting.rows_of(
        CoAuthorInvitation.objects.open().for_addresses_of(user),
        "invitation-to-write",
        begun="sent",
        until="expires",
        person="invited_by",
        told=told,
    )


def _invited(row: SimpleNamespace, user) -> tuple[Place, Item]:
    title = in_language(json.loads(row.told["title"] or "{}"), get_language(), row.told["original"] or "en")
    good_until = _("good until %(when)s") % {"when": moment(row.runs_out)}
    return Place.WAITS_FOR_YOU, Item(
        title=title.text or str(GoodPractice.untitled),
        language="" if title.language == get_language() else title.language,
        url=reverse("practices:my_co_author_invitation", args=[row.pk]),
        since=row.begun,
        what=_("Invitation to write"),
        symbol="practice",
        facts=[row.name, good_until] if row.name else [good_until],
    )
