"""What people are told of translations that are asked for.

Who may be asked has one letter a day, however many are asked for: each is a row (`TranslationCall`), and the letter of the day
tells all that nobody has taken up meanwhile.
"""

import logging
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from accounts.models import User
from notices import kinds
from notices.actions import can_be_told, notify
from notices.kinds import Kind
from operations.models import AuditEntry
from pages.languages import language_in_words
from translations.models import TranslationCall, TranslationRequest

if TYPE_CHECKING:
    from partners.models import ReviewedRecord

logger = logging.getLogger(__name__)

LIST = "my/translations/"
CALLED = Kind(
    "translation-asked",
    what=gettext_lazy("Please translate"),
    subject=gettext_lazy("Please translate: %(title)s"),
    sentence=gettext_lazy("you have said that you may be asked for translations. Now %(name)s asks: %(title)s."),
    nameless=gettext_lazy("you have said that you may be asked for translations. Now somebody asks: %(title)s."),
    lead=gettext_lazy("Take it up here, if you like; others see that you have it:"),
    waits=True,
)
HANDED_OVER = Kind(
    "translation-done",
    what=gettext_lazy("Translated"),
    subject=gettext_lazy("Translated: %(title)s"),
    sentence=gettext_lazy("%(name)s has translated what you asked for: %(title)s. Read it, and submit it for review:"),
    nameless=gettext_lazy("what you asked for has been translated: %(title)s. Read it, and submit it for review:"),
    waits=True,
)
HANDED_OVER_UNASKED = Kind(
    "translation-of-yours",
    what=gettext_lazy("Translated"),
    subject=gettext_lazy("Translated: %(title)s"),
    sentence=gettext_lazy(
        "%(name)s has translated a text that you answer for: %(title)s. Read it, and submit it for review:"
    ),
    nameless=gettext_lazy(
        "a text that you answer for has been translated: %(title)s. Read it, and submit it for review:"
    ),
    waits=True,
)
NEEDLESS = Kind(
    "translation-needless",
    what=gettext_lazy("Nothing to translate"),
    subject=gettext_lazy("Nothing to translate any more: %(title)s"),
    sentence=gettext_lazy(
        "the text that you had taken up to translate is now written in the very language into which you translated it:"
        " %(title)s. What you saved is kept in it; what you had typed and not saved you can read here:"
    ),
    waits=True,
)
WITHDRAWN = Kind(
    "translation-withdrawn",
    what=gettext_lazy("No longer asked for"),
    subject=gettext_lazy("Translation no longer asked for: %(title)s"),
    sentence=gettext_lazy(
        "the translation that you had taken up is no longer asked for: %(title)s. What you saved is kept."
    ),
)
RELEASED = Kind(
    "translation-released",
    what=gettext_lazy("Given to others"),
    subject=gettext_lazy("Translation given to others: %(title)s"),
    sentence=gettext_lazy(
        "a month ago you took up a translation: %(title)s. Others can take it up now, and so can you, again. What you saved is"
        " kept."
    ),
)


def register() -> None:
    for kind in (CALLED, HANDED_OVER, HANDED_OVER_UNASKED, NEEDLESS, WITHDRAWN, RELEASED):
        kinds.register(kind)


# The letter of the day


def call_due(now: datetime | None = None) -> None:
    """Whoever has not been told yet, and has had no such letter today. One that fails holds up no other."""
    now = now or timezone.now()
    waiting = TranslationCall.objects.filter(told_at=None, request__in=TranslationRequest.objects.free().values("pk"))
    for user in User.objects.filter(pk__in=waiting.values("user"), is_active=True).order_by("pk"):
        try:
            call(user, now)
        except Exception:
            logger.exception("User %s could not be told of translations", user.pk)


@transaction.atomic
def call(user: User, now: datetime) -> None:
    """Her row is held first: of two workers the second finds that she has been told."""
    user = User.objects.select_for_update().get(pk=user.pk)
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    hers = TranslationCall.objects.filter(user=user)
    if not can_be_told(user) or hers.filter(told_at__gte=today).exists():
        return
    untold = hers.filter(told_at=None).values("request")
    asked = list(
        TranslationRequest.objects.free()
        .for_speaker(user)
        .filter(pk__in=untold)
        .with_cards()
        .select_related("asked_by")
    )
    if asked:
        titles, askers = _titles(asked), {each.asked_by for each in asked}
        hers.filter(request__in=asked).update(told_at=now)
        alone = askers.pop() if len(askers) == 1 else None
        notify([user], CALLED.name, titles=titles, path=LIST, by=alone, message=_words_of(asked))


def _words_of(asked: list[TranslationRequest]) -> str:
    """What they write to the translator; of several, who writes each."""
    noted = [each for each in asked if each.note]
    if len(asked) == 1:
        return "".join(each.note for each in noted)
    return "\n\n".join(
        f"{each.asked_by.get_full_name()}: {each.note}" if each.asked_by else each.note for each in noted
    )


def _titles(asked: list[TranslationRequest]) -> dict[str, str]:
    """One by its name, several by their number; in every language."""
    found, number = {}, len(asked)
    for code, _name in settings.LANGUAGES:
        with override(code):
            several = ngettext("%(number)d text", "%(number)d texts", number) % {"number": number}
            found[code] = several if number > 1 else into(asked[0].public_title.text, asked[0].language)
    return found


def into(title: str, language: str) -> str:
    return _("%(title)s (into: %(language)s)") % {"title": title, "language": language_in_words(language)}


def into_which(entry: AuditEntry) -> str:
    """Of a translation in the audit log, for the people of the record."""
    return _("into: %(language)s") % {"language": language_in_words(entry.facts.get("language", ""))}


# What becomes of it


def handed_over(request: TranslationRequest, record: "ReviewedRecord", *, by: User) -> None:
    """To who asked, if it is still hers to submit, and to those who answer for the record."""
    its_own = {getattr(record, "owner", None), *record.written_together_by(), *record.coordinators()}
    people = [each for each in {*its_own, request.asked_by} - {None} if record.is_written_by(each)]
    asked = [each for each in people if each == request.asked_by]
    _tell(request, HANDED_OVER, asked, record.writing_address(), by)
    _tell(request, HANDED_OVER_UNASKED, [each for each in people if each not in asked], record.writing_address(), by)


def needless(request: TranslationRequest, path: str) -> None:
    _tell(request, NEEDLESS, [request.taken_by], path, None)


def withdrawn(request: TranslationRequest, *, by: User) -> None:
    if request.taken_by:
        _tell(request, WITHDRAWN, [request.taken_by], LIST, by)


def released(request: TranslationRequest, translator: User, *, by: User) -> None:
    _tell(request, RELEASED, [translator], LIST, by)


def _tell(request: TranslationRequest, kind: Kind, people: list[User], path: str, by: User | None) -> None:
    titles = {}
    for code in request.titles:
        with override(code):
            titles[code] = into(request.titles[code], request.language)
    notify(people, kind.name, titles=titles, path=path, by=by, about=(request.about_kind, request.about_uid))
