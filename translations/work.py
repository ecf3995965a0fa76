"""What *My work* shows of translations: what she has taken up, and what somebody asks for in a language that she speaks."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notices import work
from notices.letters import local
from notices.work import Item, Place
from operations.dates import moment
from pages.languages import language_in_words
from partners.models import ReviewedRecord
from translations.models import TranslationRequest, translated_kinds

SHOWN = timedelta(days=90)  # after it was handed over


def register() -> None:
    work.register(work.Section("translations", of))


def of(user) -> Iterator[tuple[Place, Item]]:
    """One query; and one for each kind of which something was handed over."""
    requests = TranslationRequest.objects
    hers = Q(pk__in=requests.taken_up_by(user).values("pk"))
    hers |= Q(taken_by=None, pk__in=requests.for_speaker(user).values("pk"))
    waiting = requests.open().filter(hers).exclude(Q(asked_by=user) & Q(taken_by=None))
    done = Q(done_at__gte=timezone.now() - SHOWN) & ~Q(taken_by=user)
    found = list(requests.filter(Q(pk__in=waiting.values("pk")) | done).with_cards())
    for request in found:
        if request.is_open:
            yield Place.WAITS_FOR_YOU, (_taken(request) if request.taken_by_id else _asked(request))
    yield from _handed_over(user, [request for request in found if request.done_at])


def _handed_over(user, done: list[TranslationRequest]) -> Iterator[tuple[Place, Item]]:
    """What was translated for her, and which she has not submitted yet."""
    by_uid = {request.about_uid: request for request in sorted(done, key=lambda request: request.done_at)}
    for kind in translated_kinds():
        uids = [uid for uid, request in by_uid.items() if request.about_kind == kind.name]
        hers = kind.model.objects.editable_by(user).filter(uid__in=uids, has_unpublished_changes=True) if uids else ()
        for record in hers.with_hold().filter(is_held=False) if uids else ():
            request = by_uid[record.uid]
            if not record.last_published_at or record.last_published_at < request.done_at:
                yield Place.WAITS_FOR_YOU, _done(request, record)


def _done(request: TranslationRequest, record: ReviewedRecord) -> Item:
    return Item(
        title=request.draft_title,
        url=local(record.writing_address()),
        since=request.done_at,
        what=_("Translated"),
        symbol=request.symbol,
        facts=[_into(request), _("read it, and submit it for review")],
    )


def _taken(request: TranslationRequest) -> Item:
    return Item(
        title=request.draft_title,
        url=reverse("translation_tasks:list"),
        since=request.taken_at,
        what=_("Translate"),
        symbol=request.symbol,
        message=request.note,
        facts=[_into(request), _("taken up %(when)s") % {"when": moment(request.taken_at)}],
    )


def _asked(request: TranslationRequest) -> Item:
    title = request.public_title
    return Item(
        title=title.text,
        language="" if title.language == get_language() else title.language,
        url=reverse("translation_tasks:list"),
        since=request.created,
        what=_("Please translate"),
        symbol=request.symbol,
        message=request.note,
        facts=[_into(request), _("asked %(when)s") % {"when": moment(request.created)}],
    )


def _into(request: TranslationRequest) -> str:
    told = {"source": language_in_words(request.source_language), "target": language_in_words(request.language)}
    return _("%(source)s → %(target)s") % told
