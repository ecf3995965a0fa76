"""What the pages of requests for translations show."""

from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from catalogue.kinds import of as kind_of
from catalogue.records import Record
from notices.letters import local
from pages.languages import language_label
from partners.models import ReviewedRecord
from translations.models import TranslationRequest, reviewed_kinds
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
    for kind in reviewed_kinds():
        if record := askable_by(kind.model, user).filter(uid=uid).first():
            return record
    raise Http404


def languages_of(record: ReviewedRecord, draft: Record) -> list[LanguageState]:
    """Of the draft, the original first."""
    open_requests = TranslationRequest.objects.about(record).open().select_related("taken_by")
    requests = {each.language: each for each in open_requests}
    original = draft.original_language
    found = [_state(code, original, requests.get(code)) for code, _name in settings.LANGUAGES]
    return sorted(found, key=lambda state: not state.is_original)


def _state(code: str, original: str, request: TranslationRequest | None) -> LanguageState:
    facts = [_("original")] if code == original else []
    return LanguageState(code, language_label(code), facts, request, code == original)


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
