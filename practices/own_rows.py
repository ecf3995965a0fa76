"""A person's practices and photos: what goes with her account, and what stays with her organisation
(`accounts.personal_data`).
"""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, Revision

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import Opened, PersonalData
from notices.models import Notification
from partners.models import Membership
from practices import photos
from practices.models import GoodPractice, Photo


def register() -> None:
    personal_data.register(
        PersonalData(
            "practices",
            what=_("Good practices that you began, with their texts, and the photos that you uploaded"),
            kept=_("drafts until you delete them, photos as long as a practice shows them"),
            export=_export,
            erase=_erase,
            stays=_(
                "practices that are or were public, and drafts on which others in your organisation can work; a name in a "
                "text or beside a photo stays there, for it was published with the text"
            ),
            relations=(
                "practices.GoodPractice.owner",
                "practices.Photo.uploaders",
                "practices.Photo_uploaders.user",
            ),
            files=_files,
        )
    )


def _export(user: User) -> dict:
    uploads = Photo.objects.filter(uploaders=user).order_by("pk")
    return {
        "practices": [_told(practice) for practice in _begun_by(user).select_related("latest_revision").order_by("pk")],
        "photos": list(uploads.values("digest", "width", "height", "uploaded")),
    }


def _told(practice: GoodPractice) -> dict:
    """As it was saved last."""
    revision = practice.latest_revision
    known = {"uid": practice.uid, "is_public": practice.live, "created": practice.created, "saved": practice.saved}
    return known | {"text": revision.content if revision else practice.serializable_data()}


def _files(user: User) -> Iterator[tuple[str, Opened]]:
    for photo in Photo.objects.filter(uploaders=user).order_by("pk").iterator():
        yield f"photos/{photo.digest}.jpg", lambda photo=photo: photos.opened(photo)


def _begun_by(user: User) -> QuerySet[GoodPractice]:
    return GoodPractice.objects.filter(owner=user)


def _erase(user: User) -> None:
    """Her drafts that nobody else has read or can write; then the photos that nobody else has use for."""
    shown = set(Photo.objects.filter(uploaders=user).values_list("pk", flat=True))
    drafts = _begun_by(user).never_public().select_for_update().order_by("pk")
    for practice in [practice for practice in drafts if is_hers_alone(practice, user)]:
        shown |= set(practice.photos_ever_shown.values_list("pk", flat=True))
        _forget(practice)
    for photo in Photo.objects.filter(uploaders=user):
        photo.uploaders.remove(user)
    photos.remove(Photo.objects.filter(pk__in=shown, practices=None, uses=None, uploaders=None))


def is_hers_alone(practice: GoodPractice, user: User) -> bool:
    """Whether no colleague is there who could go on with the draft, and nobody else has saved it."""
    colleagues = Membership.objects.filter(organisation=practice.organisation_in_charge_id).exclude(user=user)
    others = Revision.objects.for_instance(practice).exclude(user=user).exclude(user=None)
    return not colleagues.exists() and not others.exists()


def _forget(practice: GoodPractice) -> None:
    """The draft, and what was told of it: the history and notices of its title."""
    model = ContentType.objects.get_for_model(GoodPractice)
    ModelLogEntry.objects.filter(content_type=model, object_id=str(practice.pk)).delete()
    Notification.objects.filter(about_uid=practice.uid).delete()
    practice.delete()
