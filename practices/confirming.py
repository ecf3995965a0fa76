"""Whether a practice is still true: its people are asked every year, and say so by one press of a button.

A year after it was published, or was last said to be true (its people's new version says it, too), a letter asks who began
it, or else who coordinates its organisation; a month later once more; then no more for a year. What ended or was stopped is
true for ever.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import lazy

from accounts.models import User
from catalogue import publication
from catalogue.locking import in_publication
from notices.actions import can_be_told, notify
from operations import audit
from partners.review_letters import titles_of
from practices import dead_links, letters
from practices.models import Asking, GoodPractice
from practices.models.asking import GOOD_FOR
from practices.standing import A_YEAR

REMINDED_AFTER = timedelta(days=30)
MOST_LETTERS = 2  # in one year, to one person
AT_ONCE = 200  # practices in one run; the next run goes on


def due(now: datetime | None = None) -> QuerySet[GoodPractice]:
    """Published practices of which nobody has said for a year that they are still true, and nobody was asked lately."""
    now = now or timezone.now()
    year_ago = now - A_YEAR
    quiet = Q(confirmed_on=None, first_published_at__lte=year_ago) | Q(confirmed_on__lte=year_ago.date())
    going_on = GoodPractice.objects.filter(quiet, live=True, example=False).exclude(status__in=GoodPractice.OVER)
    lately = Asking.objects.filter(asked__gt=now - REMINDED_AFTER).values("practice")
    often = Asking.objects.filter(asked__gt=year_ago).values("practice", "user").annotate(letters=Count("pk"))
    enough = often.filter(letters__gte=MOST_LETTERS).values("practice")
    return going_on.exclude(pk__in=lately).exclude(pk__in=enough)


def ask_due(now: datetime | None = None) -> None:
    """The letters that are due; each practice in a transaction of its own."""
    for practice in due(now).order_by("pk")[:AT_ONCE]:
        ask(practice)


@transaction.atomic
def ask(practice: GoodPractice) -> list[Asking]:
    practice = GoodPractice.objects.select_for_update().get(pk=practice.pk)
    if not due().filter(pk=practice.pk).exists():  # another worker was faster
        return []
    tokens = {user: secrets.token_urlsafe(32) for user in who_can_say(practice)}
    now = timezone.now()
    askings = Asking.objects.bulk_create(
        Asking(practice=practice, user=user, token_digest=digest(token), asked=now) for user, token in tokens.items()
    )
    notify(
        tokens,
        letters.STILL_TRUE.name,
        titles=titles_of(practice),
        path=f"my/practices/{practice.uid}/still-true/",
        letter_paths={user.pk: f"still-true/{token}/" for user, token in tokens.items()},
        about=("practices", practice.uid),
        more=lazy(dead_links.in_letter, str)(dead_links.addresses_in(practice)),
    )
    return askings


def who_can_say(practice: GoodPractice) -> list[User]:
    """Who began it, if she still works on it; else who coordinates its organisation."""
    owner = practice.owner
    if owner and can_be_told(owner) and practice.is_written_by(owner):
        return [owner]
    return [user for user in practice.coordinators() if can_be_told(user)]


def behind(token: str) -> Asking | None:
    """To which question the link leads; None if it was never sent, is too old, or she may no longer say."""
    asking = Asking.objects.filter(token_digest=digest(token), asked__gt=timezone.now() - GOOD_FOR)
    asking = asking.select_related("practice", "user").first()
    may_say = asking and asking.user.is_active and asking.practice.is_written_by(asking.user)
    return asking if may_say and asking.practice.live else None


@in_publication
def confirm(*, practice: GoodPractice, by: User) -> None:
    """It is still true today: that holds at once, and makes no new version. Saying it twice a day is saying it once."""
    held = GoodPractice.objects.select_for_update().filter(pk=practice.pk, live=True).first()
    if held is None or not held.is_written_by(by):
        raise PermissionDenied
    Asking.objects.filter(practice=held, answered=None).update(answered=timezone.now())
    today = timezone.localdate()
    if held.confirmed_on != today:
        publication.change_ledger(held, human=False, confirmed_on=today)
        audit.note("practice.confirmed", by=by, about=held)


def digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def forget(before: datetime) -> None:
    Asking.objects.filter(asked__lt=before).delete()
