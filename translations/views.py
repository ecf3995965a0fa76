"""Where texts are translated beside their originals, by those who may write them. What is not theirs is not there."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse

from accounts.access import allowed, asked_by_script
from operations.reading import read_and_write
from translations import needless
from translations.desk import TranslationDesk
from translations.models import translated_kinds
from translations.rows import translatable_by
from translations.taken import TakenDesk


@read_and_write
@allowed("translations.write", "translations.make")
def edit(request: HttpRequest, uid: UUID, language: str) -> HttpResponse:
    return needless.page_for(request, uid, language) or desk_of(request, uid, language).edit()


@read_and_write
@allowed("translations.write", "translations.make", door_for=asked_by_script)
def autosave(request: HttpRequest, uid: UUID, language: str) -> HttpResponse:
    return desk_of(request, uid, language).autosave()


def desk_of(request: HttpRequest, uid: UUID, language: str) -> TranslationDesk:
    """Of who may write the record; else of who has taken up this language of it. Raises Http404."""
    for kind in translated_kinds():
        hers = kind.model.objects.editable_by(request.user)
        taken = translatable_by(kind.model, request.user, language)
        either = Q(pk__in=hers.values("pk")) | Q(pk__in=taken.values("pk"))
        is_hers = Exists(hers.filter(pk=OuterRef("pk")))
        if record := kind.model.objects.with_hold().filter(either, uid=uid).annotate(is_hers=is_hers).first():
            return (TranslationDesk if record.is_hers else TakenDesk)(request, record, language)
    raise Http404
