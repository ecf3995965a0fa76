"""Where texts are translated beside their originals, by those who may write them. What is not theirs is not there."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse

from accounts.access import allowed, asked_by_script
from catalogue.drafting.autosave import at_one_go, hers
from catalogue.drafting.given_back import gives_back
from operations.reading import read_and_write
from translations import needless, taken
from translations.desk import TranslationDesk
from translations.models import translated_kinds
from translations.rows import translatable_by
from translations.taken import TakenDesk


@read_and_write
@allowed("translations.write", "translations.make")
@gives_back(taken.ended)
def edit(request: HttpRequest, uid: UUID, language: str) -> HttpResponse:
    return needless.page_for(request, uid, language) or desk_of(request, uid, language).edit()


@read_and_write
@allowed("translations.write", "translations.make", door_for=asked_by_script)
@at_one_go
def autosave(request: HttpRequest, uid: UUID, language: str) -> HttpResponse:
    return desk_of(request, uid, language, keeps=True).autosave()


def desk_of(request: HttpRequest, uid: UUID, language: str, *, keeps: bool = False) -> TranslationDesk:
    """Of who may write the record; else of who has taken up this language of it. Raises Http404. `keeps`: what is typed."""
    for kind in translated_kinds():
        hers_to_write = kind.model.objects.editable_by(request.user)
        hers_to_translate = translatable_by(kind.model, request.user, language)
        either = Q(pk__in=hers_to_write.values("pk")) | Q(pk__in=hers_to_translate.values("pk"))
        is_hers = Exists(hers_to_write.filter(pk=OuterRef("pk")))
        either_way = kind.model.objects.filter(either).annotate(is_hers=is_hers)
        place = TranslationDesk.place_of(language)
        if keeps:
            record = hers(request, either_way, uid, kind=kind.name, place=place)
        else:
            record = either_way.with_hold().filter(uid=uid).first()
        if record:
            return (TranslationDesk if record.is_hers else TakenDesk)(request, record, language)
    raise Http404
