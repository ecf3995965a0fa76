"""The outbox: every letter is a row, written with what it tells and sent after it.

Wagtail's letters, allauth's and our own come in by Django's mail backend (`Outbox`). The rows are django-post-office's; what
it would do with them is done here (docs/adr/0015-letters-are-rows.md). One worker takes one letter at a time, under a row
lock that is let go before the mail server is spoken to. So a worker that is killed leaves one letter in an unknown state:
its claim runs out, and it is sent again, with the same Message-ID. A letter that was not taken is not touched.
"""

import logging
import time
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from post_office.models import PRIORITY, STATUS, Email, Log

from accounts.letters import as_html
from notices import post
from notices.models import Notification, Undeliverable

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=15)  # longer than any letter takes; then a killed worker's letter is taken by another
PATIENCE = timedelta(days=3)
LONGEST_WAIT = timedelta(hours=12)
KEPT = timedelta(days=14)
RUN = 60.0  # seconds; the rest waits for the next run, which comes at once
BREAKDOWNS = 3  # a run ends when the server fails so often: it is down, and every try may take long
UNASKED = "Auto-Submitted"  # RFC 3834: letters that say so were not asked for by who gets them
WAITS = (STATUS.queued, STATUS.requeued)
DONE = (STATUS.sent, STATUS.failed)
FORGOTTEN = {"forgotten": True}  # the context of letters of which nothing is kept once they are sent, or given up
NAMED = "named"  # the context of letters that name people: {"named": {"<number of an account>": true}}
TELLS = "tells"  # in the context of a letter of the day: the numbers of the notices in it
EMPTY = dict.fromkeys(["to", "cc", "bcc"], []) | dict.fromkeys(["subject", "message", "html_message"], "")
EMPTY |= dict.fromkeys(["headers", "context", "message_id"])


class Outbox(BaseEmailBackend):
    """EMAIL_BACKEND. Nothing leaves the house here; a rollback takes the letter with it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [row_of(message) for message in email_messages if message.recipients()]
        put(rows)
        return len(rows)


def row_of(message: EmailMessage) -> Email:
    """As it was written: what post-office's own backend takes for a template, people may have typed."""
    if message.attachments:
        raise ValueError("The portal's letters carry no attachments: link to the file.")
    headers = dict(message.extra_headers)
    if message.reply_to:
        headers["Reply-To"] = ", ".join(message.reply_to)
    return letter(
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        from_email=message.from_email,
        subject=message.subject,
        text=message.body,
        html=_html_of(message),
        headers=headers,
        named=getattr(message, "named", ()),
        context=FORGOTTEN if getattr(message, "forget_when_sent", False) else None,
        priority=PRIORITY.medium if UNASKED in headers else PRIORITY.high,
    )


def _html_of(message: EmailMessage) -> str:
    """Wagtail's letters about pages are text alone: they come in our frame, too."""
    written = (each[0] for each in getattr(message, "alternatives", ()) if each[1] == "text/html")
    return next(written, None) or as_html(message.subject, str(message.body))


def letter(
    *,
    to: list[str],
    subject: str,
    text: str,
    html: str = "",
    headers: dict | None = None,
    named: Collection[int] = (),
    context: dict | None = None,
    **more,
) -> Email:
    """A row that is not saved yet. Subjects have no line breaks, whatever names and titles have. `named`: the accounts of
    those whom it names, so that their erasure finds it.
    """
    return Email(
        **{"from_email": settings.DEFAULT_FROM_EMAIL, "priority": PRIORITY.medium} | more,
        context=({NAMED: {str(pk): True for pk in sorted(named)}} if named else {}) | (context or {}) or None,
        to=to,
        subject=" ".join(str(subject).split())[:250],
        message=text,
        html_message=html,
        headers=headers or {},
        status=STATUS.queued,
        message_id=make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname),
    )


def put(letters: list[Email]) -> None:
    """Into the outbox, in the transaction at hand; a worker is woken when it has committed."""
    if not letters:
        return
    Email.objects.bulk_create(letters, batch_size=500)
    if not any(function is wake for _savepoints, function, _robust in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Calls a Celery worker, where there are any; `manage.py tick` sends anyway, only later."""
    if not settings.REDIS_URL:
        return
    try:
        current_app.send_task("notices.tasks.send_letters", retry=False)
    except Exception as error:  # Redis may be down: what was committed stands
        logger.warning("No worker could be called: %s", type(error).__name__)


def send_due() -> None:
    """What may go now, the most urgent first, until nothing is left, the minute is over or the server gives up."""
    ends, breakdowns = time.monotonic() + RUN, 0
    with post.office() as office:
        while breakdowns < BREAKDOWNS and time.monotonic() < ends and (taken := take()):
            breakdowns += not _deliver(taken, office)


@transaction.atomic
def take(now: datetime | None = None) -> Email | None:
    """One letter that is nobody else's for a while. Two workers never take the same: the second passes over locked rows,
    or, on SQLite, waits until the first one's transaction has ended.
    """
    now = now or timezone.now()
    skip_locked = connection.features.has_select_for_update_skip_locked
    taken = due(now).select_for_update(skip_locked=skip_locked).order_by("-priority", "pk").first()
    if taken:
        taken.number_of_retries = (taken.number_of_retries or 0) + 1
        taken.status, taken.scheduled_time, taken.last_updated = STATUS.requeued, now + CLAIM, now
        Email.objects.bulk_update([taken], ["number_of_retries", "status", "scheduled_time", "last_updated"])
    return taken


def due(now: datetime) -> QuerySet[Email]:
    return Email.objects.filter(Q(scheduled_time=None) | Q(scheduled_time__lte=now), status__in=WAITS)


def wait_after(attempt: int) -> timedelta:
    """1, 4, 16, 64 minutes, four hours, then twelve at a time."""
    return min(timedelta(minutes=4 ** min(attempt - 1, 8)), LONGEST_WAIT)


def _deliver(taken: Email, office: post.Office) -> bool:
    """Whether the server can go on with the next letter. Logs know a letter by its number alone."""
    if UNASKED in (taken.headers or {}) and Undeliverable.objects.among(taken.to):
        _end(taken, STATUS.failed, "Undeliverable")
        return True
    outcome = office.send(taken)
    if outcome.is_sent:
        _end(taken, STATUS.sent)
        Undeliverable.objects.arrived(*taken.to)
    elif outcome.is_final or timezone.now() > taken.created + PATIENCE:
        logger.warning("Letter %s is given up: %s", taken.pk, outcome)
        _remember_refusal(taken, outcome)
        _end(taken, STATUS.failed, str(outcome))
    else:
        logger.warning("Letter %s waits for its attempt %s: %s", taken.pk, taken.number_of_retries + 1, outcome)
        _put_back(taken, str(outcome))
    return outcome.server_works


def _remember_refusal(taken: Email, outcome: post.Outcome) -> None:
    if not outcome.is_refused or taken.context == FORGOTTEN:
        return
    remember = Undeliverable.objects.mark if outcome.nobody_there else Undeliverable.objects.refuse
    for address in taken.to:
        remember(address, str(outcome)[:60])


def _end(taken: Email, status: int, why: str = "") -> None:
    """Read again: somebody in the letter may have been erased meanwhile."""
    ended = Email.objects.filter(pk=taken.pk)
    ended.update(status=status, last_updated=timezone.now())
    if status == STATUS.failed and taken.context:
        Notification.objects.filter(pk__in=taken.context.get(TELLS, ())).unread().update(told_at=None)
    _log(taken, why)
    ended.filter(context=FORGOTTEN).update(**EMPTY)


def _put_back(taken: Email, why: str) -> None:
    """Unless it took so long that another worker has it now, or has sent it."""
    mine = Email.objects.filter(pk=taken.pk, status=STATUS.requeued, number_of_retries=taken.number_of_retries)
    mine.update(scheduled_time=timezone.now() + wait_after(taken.number_of_retries))
    _log(taken, why)


def _log(taken: Email, why: str) -> None:
    if why and Email.objects.filter(pk=taken.pk).exists():
        Log.objects.create(email=taken, status=STATUS.failed, exception_type=why[:255])


def forget(before: datetime | None = None) -> None:
    """What was sent, or given up, loses after two weeks whom it was for and what it said."""
    before = before or timezone.now() - KEPT
    old = Email.objects.filter(status__in=DONE, last_updated__lt=before).exclude(to="")
    old.update(**EMPTY)


def forget_naming(account: int) -> None:
    """What waits and names the person is forgotten as soon as it is sent; then what was sent, meanwhile, too."""
    naming = Email.objects.filter(**{f"context__{NAMED}__has_key": str(account)})
    naming.filter(status__in=WAITS).update(context=FORGOTTEN)
    naming.filter(status__in=DONE).update(**EMPTY)


def state() -> tuple[bool, str]:
    """For /readyz: a mail server that is down is worth a look, and no reason to send visitors elsewhere."""
    waiting = Email.objects.filter(status__in=WAITS)
    tried = waiting.filter(status=STATUS.requeued).count()
    failed = Email.objects.filter(status=STATUS.failed).exclude(to="").count()
    return True, f"{waiting.count()} waiting, {tried} of them tried before, {failed} failed"
