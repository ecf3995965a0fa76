"""Where texts are translated beside their originals, by those who may write them. What is not theirs is not there."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from accounts.access import allowed, asked_by_script
from accounts.models import User
from operations.reading import read_and_write
from partners.models import ReviewedRecord
from translations import needless
from translations.desk import TranslationDesk
from translations.models import TranslationRequest, translated_kinds
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
    if record := written_by(request.user, uid):
        return TranslationDesk(request, record, language)
    taken = TranslationRequest.objects.taken_up_by(request.user).filter(about_uid=uid, language=language)
    if task := taken.first():
        return TakenDesk(request, task)
    raise Http404


def written_by(user: User, uid: UUID) -> ReviewedRecord | None:
    """Of every kind that is translated in the portal."""
    models = [kind.model for kind in translated_kinds()]
    found = (model.objects.editable_by(user).with_hold().filter(uid=uid).first() for model in models)
    return next((each for each in found if each), None)
