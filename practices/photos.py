"""Photos of practices: JPEGs of at most 1,600 pixels, and who may see them (`catalogue.pictures`)."""

from collections.abc import Iterable
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import has_permissions
from catalogue import pictures
from practices.models import GoodPractice, Photo

QUALITY = 85
LIMITS = pictures.Limits(
    most_bytes=10 * 1024 * 1024,
    most_pixels=40_000_000,
    longest_side=1600,
    too_heavy=_("The picture is larger than 10 MB. Please choose a smaller one."),
    too_wide=_("The picture has more than 40 million pixels. Please make it smaller."),
)


def keep(upload: UploadedFile, *, by) -> Photo:
    """The upload as a photo of ours. Raises ValidationError, in words for the person who chose the file."""
    picture = pictures.on_white(pictures.taken_in(upload, LIMITS))
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return pictures.store(Photo, written.getvalue(), picture.size, by=by)


# Who may see it


def is_public(photo: Photo) -> bool:
    return photo.is_shown_by(GoodPractice.objects.filter(pk__in=photo.practices.values("pk")).values("uid"))


def may_see(photo: Photo, user) -> bool:
    """Before publication: who uploaded it, and whoever may read a draft that shows it now.

    Who may open every practice in the admin sees what older drafts showed, too: their history stands there.
    """
    if not user.is_authenticated:
        return False
    if photo.uploaders.filter(pk=user.pk).exists():
        return True
    if has_permissions(user, "wagtailadmin.access_admin", "practices.change_goodpractice"):
        return photo.practices.exists()
    drafts = GoodPractice.objects.shown_to(user).filter(photos_ever_shown=photo).select_related("latest_revision")
    return any(photo.pk in _photos_of(practice) for practice in drafts)


def _photos_of(practice: GoodPractice) -> set[int]:
    content = practice.latest_revision.content if practice.latest_revision else {}
    return {image["photo"] for image in content.get("images", ())}


def usable(digests: Iterable[str], practice: GoodPractice, user) -> dict[str, Photo]:
    """Those that the user may put into the practice: her own uploads, and what the practice has shown before."""
    hers_or_its = Q(uploaders=user.pk) | Q(practices=practice.pk) if practice.pk else Q(uploaders=user.pk)
    found = Photo.objects.filter(hers_or_its, digest__in=digests).distinct()
    return {photo.digest: photo for photo in found}


def remove_unused() -> None:
    """Background work: photos that were uploaded and never saved in a draft."""
    pictures.clear_away(Photo.objects.filter(practices=None, uses=None))
