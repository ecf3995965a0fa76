"""What a translator reads when the language into which she translated has become the original: why, and what she had typed."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue import kinds, working_copies
from catalogue.drafting import typed
from catalogue.drafting.written import form_of
from catalogue.latest import latest_words
from pages.languages import language_in_words
from partners.models import ReviewedRecord
from translations.models import TranslationRequest
from translations.texts import spots_of

GONE = 410


def page_for(request: HttpRequest, uid: UUID, language: str) -> HttpResponse | None:
    """None for everybody else. She reads her own words alone; what she sends is not kept, and stands here again."""
    task = TranslationRequest.objects.begun_by(request.user).filter(about_uid=uid, language=language).last()
    record = kinds.get(task.about_kind).model.objects.filter(uid=uid).first() if task else None
    if record is None or latest_words(record).original_language != language:
        return None
    told = {
        "title": task.draft_title,
        "symbol": task.symbol,
        "into": language_in_words(language),
        "language": language,
        "texts": _typed(request, record, language),
    }
    return render(request, "translations/needless.html", told, status=GONE if request.method == "POST" else 200)


def _typed(request: HttpRequest, record: ReviewedRecord, language: str) -> list[dict]:
    sheet = working_copies.Sheet(request.user, kinds.of(record).name, record.uid, f"translate-{language}")
    copy, sent = sheet.copies().first(), request.POST
    if not sent:
        sent = typed.data_of(copy) if copy else {}
    written, sections = form_of(record, record.latest_draft(), request.user)
    if written is None or language not in dict(settings.LANGUAGES):
        return []
    spots = spots_of(written, sections, language)
    return [{"label": spot.label, "text": sent[spot.name]} for spot in spots if sent.get(spot.name)]
