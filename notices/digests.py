"""One letter a day with what is new, for those who want that."""

import logging
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import ngettext, override

from accounts.models import User
from notices import kinds, letters, outbox, undeliverable
from notices.actions import can_be_told
from notices.models import Digest, Notification
from operations.dates import moment

logger = logging.getLogger(__name__)

BEGINS = time(6)  # of the day in TIME_ZONE: nobody's telephone rings at midnight
AT_MOST = 50  # things in one letter; the rest stands in the portal


def write_due(now: datetime | None = None) -> None:
    """Everybody's letter of the day, as soon as it has begun. One that cannot be written holds up no other."""
    now = timezone.localtime(now)
    if now.time() < BEGINS:
        return
    had_it = Digest.objects.filter(day=now.date()).values("recipient")
    with_news = Notification.objects.untold().values("recipient")
    people = User.objects.filter(mail=User.Mail.DIGEST, is_active=True, pk__in=with_news).exclude(pk__in=had_it)
    for user in people:
        if can_be_told(user) and undeliverable.since(user.email) is None:
            try:
                write(user, now.date())
            except IntegrityError:
                logger.info("Another worker has written the letter of the day of user %s", user.pk)
            except Exception:
                logger.exception("The letter of the day of user %s failed", user.pk)


@transaction.atomic
def write(user: User, day: date) -> None:
    """The row of the day comes first: of two workers the database lets one go on."""
    Digest.objects.create(recipient=user, day=day)
    news = list(Notification.objects.filter(recipient=user).untold().order_by("created", "pk"))
    if news:
        _tell(user, news)


@transaction.atomic
def write_last(user: User) -> None:
    """She wants no more letters of the day: what was left for the next one comes at once."""
    news = list(Notification.objects.filter(recipient=user).untold().order_by("created", "pk"))
    if news and can_be_told(user):
        _tell(user, news)


def _tell(user: User, news: list[Notification]) -> None:
    """The letter bears what it tells, so that it counts as untold again if the letter is refused."""
    told = Notification.objects.filter(pk__in=[notice.pk for notice in news])
    told.update(told_at=timezone.now())
    with override(user.language):
        outbox.put([_sheet(news).to(user, context={outbox.TELLS: [notice.pk for notice in news]})])


def _sheet(news: list[Notification]) -> letters.Sheet:
    number = len(news)
    subject = ngettext("%(number)s new notice at the MER portal", "%(number)s new notices at the MER portal", number)
    told = {"items": [_told(notice) for notice in news[:AT_MOST]], "number": number, "left": max(0, number - AT_MOST)}
    named = {notice.by_id for notice in news[:AT_MOST] if notice.by_id and notice.actor}
    return letters.draw("notices/digest", subject % {"number": number}, told, named)


def _told(notice: Notification) -> dict:
    kind = kinds.named(notice.kind)
    return {
        "what": kind.what if kind else "",
        "title": notice.title,
        "actor": notice.actor,
        "when": moment(notice.created),
        "url": letters.absolute(notice.path),
    }
