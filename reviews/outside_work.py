"""What *My work* shows of advice that somebody is asked for."""

import json
from datetime import date
from types import SimpleNamespace

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue import kinds
from notices import waiting
from notices.work import Item, Place
from operations.dates import long_date, moment
from partners.models import ACTIVE_REVIEW
from reviews.outside import OutsideReview


def register() -> None:
    waiting.register(waiting.Source("advice", _asked, _placed))


def _asked(user) -> QuerySet:
    """Invitations that she has not answered, and what she has agreed to."""
    invited = OutsideReview.objects.open().for_addresses_of(user).filter(review__status__in=ACTIVE_REVIEW)
    agreed = OutsideReview.objects.at_work().of(user)
    found = OutsideReview.objects.filter(Q(pk__in=invited.values("pk")) | Q(pk__in=agreed.values("pk")))
    told = {name: name for name in ("titles", "until", "given", "accepted", "about_kind", "words")}
    return waiting.rows_of(found, "advice", begun="sent", until="expires", person="invited_by", told=told)


def _placed(row: SimpleNamespace, user) -> tuple[Place, Item]:
    told = SimpleNamespace(**row.told)
    titles = json.loads(told.titles) if isinstance(told.titles, str) else told.titles  # as the database has it
    until = _("asked for until %(day)s") % {"day": long_date(date.fromisoformat(told.until))}
    good_until = _("good until %(when)s") % {"when": moment(row.runs_out)}
    facts = [row.name, until, _("you have answered") if told.given else "" if told.accepted else good_until]
    view = "reviews:advise" if told.accepted else "reviews:my_outside_invitation"
    return Place.IN_REVIEW if told.given else Place.WAITS_FOR_YOU, Item(
        title=OutsideReview(titles=titles).title,
        url=reverse(view, args=[row.pk]),
        since=row.begun,
        what=_("Advice") if told.accepted else _("Invitation to advise"),
        symbol=kinds.get(told.about_kind).symbol,
        message="" if told.accepted else told.words,
        facts=[fact for fact in facts if fact],
    )
