"""What the pages of requests for translations show."""

from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import origins
from catalogue.kinds import of as kind_of
from catalogue.origins import Translation
from catalogue.records import Record
from notices.letters import local
from pages.languages import language_label
from partners.models import ReviewedRecord
from translations.models import TranslationRequest, translated_kinds
from translations.rows import askable_by


class LanguageState(NamedTuple):
    """One language of a record: how far it is translated, and whether somebody is asked for it."""

    code: str
    label: str
    facts: list[str]
    request: TranslationRequest | None
    is_original: bool

    @property
    def can_be_asked(self) -> bool:
        return not self.is_original and self.request is None


def askable_record(user, uid: UUID) -> ReviewedRecord:
    """Raises Http404."""
    for kind in translated_kinds():
        if record := askable_by(kind.model, user).filter(uid=uid).first():
            return record
    raise Http404


def languages_of(record: ReviewedRecord, draft: Record) -> list[LanguageState]:
    """Of the draft, the original first."""
    original = draft.original_language
    number = sum(original in texts for texts in origins.texts_of(draft).values())
    translated = [each for each in origins.translations_of(draft) if each.source]
    requests = TranslationRequest.objects.about(record).open().select_related("taken_by")
    by_language = {each.language: each for each in requests}
    found = [LanguageState(original, language_label(original), [_("original")], None, True)]
    for code, _name in settings.LANGUAGES:
        if code != original:
            facts = _facts([each for each in translated if each.language == code], number)
            found.append(LanguageState(code, language_label(code), facts, by_language.get(code), False))
    return found


def _facts(translated: list[Translation], number: int) -> list[str]:
    """`number`: of the texts that there are in the original."""
    told = {"done": len(translated), "number": number}
    facts = [ngettext("%(done)s of %(number)s text", "%(done)s of %(number)s texts", number) % told]
    if stale := sum(each.is_stale for each in translated):
        facts.append(_("%(number)s older than the original") % {"number": stale})
    if by_machine := sum(each.is_machine for each in translated):
        facts.append(_("%(number)s by machine") % {"number": by_machine})
    return facts


def told_of(record: ReviewedRecord, draft: Record) -> dict[str, Any]:
    return {
        "record": record,
        "title": str(draft),
        "symbol": kind_of(record).symbol,
        "writing_url": local(record.writing_address()),
    }


def writing_address(request: TranslationRequest) -> str:
    """Where its texts are written beside the original."""
    return local(f"my/translate/{request.about_uid}/{request.language}/")
