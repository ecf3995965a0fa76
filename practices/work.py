"""What *My work* shows beside the records themselves: invitations to write a practice, and whether one is still true."""

import json
from types import SimpleNamespace
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.texts import in_language
from notices import waiting
from notices.work import Item, Place
from operations.dates import moment
from practices import letters
from practices.models import Asking, CoAuthorInvitation, GoodPractice

DRAFT = "practice__latest_revision__content"


def register() -> None:
    waiting.register(waiting.Source("invitation-to-write", _invitations, _invited))
    waiting.register(waiting.Source("still-true", _questions, _asked))


def _invitations(user) -> QuerySet:
    """To nothing that she may write already."""
    told = {"title": KeyTextTransform("title", DRAFT), "original": KeyTextTransform("original_language", DRAFT)}
    hers = GoodPractice.objects.editable_by(user).values("pk")
    return waiting.rows_of(
        CoAuthorInvitation.objects.open().for_addresses_of(user).exclude(practice__in=hers),
        "invitation-to-write",
        begun="sent",
        until="expires",
        person="invited_by",
        told=told,
    )


def _questions(user) -> QuerySet:
    """Of what is public, not of what is being changed."""
    told = {
        "uid": "practice__uid",
        "title": Cast("practice__title", TextField()),
        "original": "practice__original_language",
    }
    return waiting.rows_of(Asking.objects.waiting_for(user), "still-true", begun="asked", person="user", told=told)


def _asked(row: SimpleNamespace, user) -> tuple[Place, Item]:
    title = in_language(json.loads(row.told["title"] or "{}"), get_language(), row.told["original"])
    return Place.WAITS_FOR_YOU, Item(
        title=title.text or str(GoodPractice.untitled),
        language="" if title.language == get_language() else title.language,
        url=reverse("practices:still_true", args=[UUID(row.told["uid"])]),
        since=row.begun,
        what=letters.STILL_TRUE.what,
        symbol="practice",
        facts=[_("asked %(when)s") % {"when": moment(row.begun)}],
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
