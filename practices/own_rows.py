"""A person's practices and photos: what goes with her account, and what stays with her organisation
(`accounts.personal_data`).
"""

import json
from collections.abc import Iterator
from contextlib import suppress

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail.models import ModelLogEntry, Revision

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import Opened, PersonalData
from catalogue import pictures
from catalogue.texts import is_text_map
from notices.models import Notification
from partners.models import Membership
from practices.models import Asking, AttachedFile, CoAuthor, GoodPractice, Photo


def register() -> None:
    personal_data.register(
        PersonalData(
            "practices",
            what=_("Good practices that you began, with their texts, and the photos and files that you uploaded"),
            kept=_("drafts until you delete them, photos and files as long as a practice shows them"),
            export=_export,
            erase=_erase,
            stays=_(
                "practices that are or were public, and drafts on which co-authors or others in your organisation can work; a "
                "name in a text or beside a photo stays there, for it was published with the text"
            ),
            relations=(
                "practices.GoodPractice.owner",
                "practices.Asking.user",
                "practices.AttachedFile.uploader",
                "practices.Photo.uploaders",
                "practices.Photo_uploaders.user",
            ),
            files=_files,
            foretells=_foretell,
        )
    )


def _export(user: User) -> dict:
    uploads = Photo.objects.filter(uploaders=user).order_by("pk")
    files = AttachedFile.objects.filter(uploader=user).order_by("pk")
    return {
        "practices": [_told(practice) for practice in _begun_by(user).select_related("latest_revision").order_by("pk")],
        "asked whether it is still true": list(
            Asking.objects.filter(user=user).order_by("pk").values("practice__uid", "asked", "answered")
        ),
        "photos": list(uploads.values("digest", "width", "height", "uploaded")),
        "files": list(files.values("key", "format", "size", "uploaded")),
    }


def _told(practice: GoodPractice) -> dict:
    """As it was saved last; whether it is public, and where, the record knows."""
    revision = practice.latest_revision
    written = revision.content if revision else practice.serializable_data()
    parts = {*practice.content_fields, *(part.get_accessor_name() for part in get_all_child_relations(GoodPractice))}
    known = {name: getattr(practice, name) for name in ("uid", "slug", "created", "saved")}
    known["is_public"] = practice.live
    return known | {"text": {name: _with_texts(value) for name, value in written.items() if name in parts}}


def _with_texts(value):
    """Revisions hold texts in many languages as JSON: here they are maps."""
    match value:
        case str() if value.startswith("{"):
            with suppress(ValueError):
                parsed = json.loads(value)
                return parsed if not parsed or is_text_map(parsed) else value
        case dict():
            return {name: _with_texts(each) for name, each in value.items()}
        case list():
            return [_with_texts(each) for each in value]
    return value


def _files(user: User) -> Iterator[tuple[str, Opened]]:
    for photo in Photo.objects.filter(uploaders=user).order_by("pk").iterator():
        yield f"photos/{photo.digest}.jpg", photo.opened
    for file in AttachedFile.objects.filter(uploader=user).order_by("pk").iterator():
        yield f"attachments/{file.key}.{file.format}", file.opened


def _begun_by(user: User) -> QuerySet[GoodPractice]:
    return GoodPractice.objects.filter(owner=user)


def _foretell(user: User) -> Iterator[str]:
    if number := len(_hers_alone(user, _begun_by(user).never_public())):
        told = ngettext(
            "%(number)d draft that nobody else can go on with is deleted, with its photos.",
            "%(number)d drafts that nobody else can go on with are deleted, with their photos.",
            number,
        )
        yield told % {"number": number}


def _erase(user: User) -> None:
    """Her drafts that nobody else has read or can write; then the photos and files that nobody else has use for."""
    shown = set(Photo.objects.filter(uploaders=user).values_list("pk", flat=True))
    named = set(AttachedFile.objects.filter(uploader=user).values_list("pk", flat=True))
    drafts = _begun_by(user).never_public().select_for_update().order_by("pk")
    for practice in _hers_alone(user, drafts):
        shown |= set(practice.photos_ever_shown.values_list("pk", flat=True))
        named |= set(practice.files_ever_named.values_list("pk", flat=True))
        _forget(practice)
    for photo in Photo.objects.filter(uploaders=user):
        photo.uploaders.remove(user)
    AttachedFile.objects.filter(uploader=user).update(uploader=None)
    pictures.remove(Photo.objects.filter(pk__in=shown, practices=None, uses=None, uploaders=None))
    pictures.remove(AttachedFile.objects.filter(pk__in=named, practices=None, uses=None, uploader=None))


def _hers_alone(user: User, drafts: QuerySet[GoodPractice]) -> list[GoodPractice]:
    """Where no colleague is there who could go on with the draft, and nobody else has saved it."""
    drafts = list(drafts)
    colleagues = Membership.objects.filter(organisation__in=[each.organisation_in_charge_id for each in drafts])
    with_colleagues = set(colleagues.exclude(user=user).values_list("organisation", flat=True))
    model = ContentType.objects.get_for_model(GoodPractice)
    keys = [str(each.pk) for each in drafts]
    together = CoAuthor.objects.filter(practice__in=drafts).exclude(user=user)
    with_co_authors = set(together.values_list("practice", flat=True))
    others = Revision.objects.filter(base_content_type=model, object_id__in=keys).exclude(user=user).exclude(user=None)
    saved_by_others = set(others.values_list("object_id", flat=True))
    return [
        each
        for each in drafts
        if each.organisation_in_charge_id not in with_colleagues
        and each.pk not in with_co_authors
        and str(each.pk) not in saved_by_others
    ]


def _forget(practice: GoodPractice) -> None:
    """The draft, and what was told of it: the history and notices of its title."""
    model = ContentType.objects.get_for_model(GoodPractice)
    ModelLogEntry.objects.filter(content_type=model, object_id=str(practice.pk)).delete()
    Notification.objects.filter(about_uid=practice.uid).delete()
    practice.delete()
