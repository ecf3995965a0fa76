"""Where texts are translated beside their originals, by those who may write them. What is not theirs is not there."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from accounts.access import allowed, asked_by_script
from accounts.models import User
from catalogue import kinds
from operations.reading import read_and_write
from partners.models import ReviewedRecord
from translations.desk import TranslationDesk


@read_and_write
@allowed("translations.write")
def edit(request: HttpRequest, uid: UUID, language: str) -> HttpResponse:
    return TranslationDesk(request, written_by(request.user, uid), language).edit()


@read_and_write
@allowed("translations.write", door_for=asked_by_script)
def autosave(request: HttpRequest, uid: UUID, language: str) -> HttpResponse:
    return TranslationDesk(request, written_by(request.user, uid), language).autosave()


def written_by(user: User, uid: UUID) -> ReviewedRecord:
    """Of every kind that is reviewed in the portal."""
    models = [kind.model for kind in kinds.all_kinds() if issubclass(kind.model, ReviewedRecord)]
    found = (model.objects.editable_by(user).with_hold().filter(uid=uid).first() for model in models)
    record = next((each for each in found if each), None)
    if record is None:
        raise Http404
    return record
