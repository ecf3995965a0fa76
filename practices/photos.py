"""Photos of practices: what is taken in, how it is kept, who may see it.

Nothing of an upload is kept but its picture: it is decoded, turned upright, made smaller, and written anew as a JPEG.
So neither a camera's notes (where, when, whose) nor anything hidden behind or inside the file survives.
"""

import hashlib
import logging
import warnings
from datetime import timedelta
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from catalogue.models import Entry, EntryVersion
from practices.models import GoodPractice, Photo

logger = logging.getLogger(__name__)

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600  # pixels, as it is kept
QUALITY = 85
UNUSED_FOR = timedelta(days=1)

# What each format's file begins with; the name of a file and what the browser says of it count for nothing.
_BEGINNINGS = {"JPEG": (0, b"\xff\xd8\xff"), "PNG": (0, b"\x89PNG\r\n\x1a\n"), "WEBP": (8, b"WEBP")}


def keep(upload: UploadedFile, *, by) -> Photo:
    """The upload as a photo of ours. Raises ValidationError, in words for the person who chose the file."""
    if upload.size > LARGEST_FILE:
        raise ValidationError(_("The picture is larger than 10 MB. Please choose a smaller one."), code="too_large")
    picture = _upright(upload.read())
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return _store(written.getvalue(), picture.size, by=by)


def _upright(content: bytes) -> Image.Image:
    """The picture alone, in RGB, at most LONGEST_SIDE long: a new image that knows nothing of the file it came from."""
    try:
        with warnings.catch_warnings(), _opened(content) as image:
            warnings.simplefilter("ignore")  # the size is checked by ourselves, the rest is hostile input's usual noise
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # lets a JPEG be decoded small
            upright = ImageOps.exif_transpose(_in_full_colour(image))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            return _on_white(upright)
    except ValidationError:
        raise
    except Exception as error:  # a decoder fed with hostile bytes fails in more ways than it documents
        logger.info("A picture could not be decoded: %s", error)
        raise ValidationError(_("The file is damaged and cannot be read as a picture."), code="damaged") from error


def _opened(content: bytes) -> Image.Image:
    """Opens by content, and looks at the size that the header tells before a single pixel is decoded."""
    name = next((name for name, (at, magic) in _BEGINNINGS.items() if content[at : at + len(magic)] == magic), None)
    if name is None:
        raise ValidationError(_("Only pictures in JPEG, PNG or WebP can be shown."), code="not_a_picture")
    try:
        image = Image.open(BytesIO(content), formats=[name])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    return image


def _too_many_pixels() -> ValidationError:
    return ValidationError(_("The picture has more than 40 million pixels. Please make it smaller."), code="too_large")


def _in_full_colour(image: Image.Image) -> Image.Image:
    """Palettes and sixteen-bit greys cannot be made smaller smoothly as they are."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("RGBA") if image.mode in ("P", "1") else image


def _on_white(image: Image.Image) -> Image.Image:
    plain = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        plain.paste(layer, mask=layer)
    else:
        plain.paste(image.convert("RGB"))
    return plain


def _store(content: bytes, size: tuple[int, int], *, by) -> Photo:
    digest = hashlib.sha256(content).hexdigest()
    width, height = size
    photo, is_new = Photo.objects.get_or_create(digest=digest, defaults={"width": width, "height": height})
    photo.uploaders.add(by)
    if not is_new:  # unused ones are cleared away by age
        Photo.objects.filter(pk=photo.pk).update(uploaded=timezone.now())
    if not _storage().exists(_path(digest)):
        written = _storage().save(_path(digest), ContentFile(content))
        if written != _path(digest):  # another request was quicker with the same picture
            _storage().delete(written)
    return photo


def _storage() -> Storage:
    return storages["records"]


def _path(digest: str) -> str:
    return f"photos/{digest[:2]}/{digest}.jpg"


def content_of(photo: Photo) -> bytes:
    """The JPEG, some hundred kilobytes. Raises FileNotFoundError."""
    with _storage().open(_path(photo.digest)) as file:
        return file.read()


def opened(photo: Photo) -> BinaryIO:
    """Raises FileNotFoundError."""
    return _storage().open(_path(photo.digest))


def remove(found: QuerySet[Photo]) -> None:
    """The rows now, the files when that holds."""
    paths = [_path(digest) for digest in found.values_list("digest", flat=True)]
    found.delete()
    transaction.on_commit(lambda: [_storage().delete(path) for path in paths])


# Who may see it


def is_public(photo: Photo) -> bool:
    """Whether a visible document shows it, or a version of one that stands beside it."""
    uids = GoodPractice.objects.filter(pk__in=photo.practices.values("pk")).values("uid")
    entries = Entry.objects.visible().filter(uid__in=uids)
    versions = EntryVersion.objects.filter(entry__in=entries)
    return (
        entries.filter(document__contains=photo.url).exists() or versions.filter(document__contains=photo.url).exists()
    )


def may_see(photo: Photo, user) -> bool:
    """Before publication: who uploaded it, and whoever may read a draft that shows it now.

    Who may open every practice in the admin sees what older drafts showed, too: their history stands there.
    """
    if not user.is_authenticated:
        return False
    if photo.uploaders.filter(pk=user.pk).exists():
        return True
    if user.has_perms(["wagtailadmin.access_admin", "practices.change_goodpractice"]):
        return photo.practices.exists()
    drafts = GoodPractice.objects.readable_by(user).filter(photos_ever_shown=photo).select_related("latest_revision")
    return any(photo.pk in _photos_of(practice) for practice in drafts)


def _photos_of(practice: GoodPractice) -> set[int]:
    content = practice.latest_revision.content if practice.latest_revision else {}
    return {image["photo"] for image in content.get("images", ())}


def may_use(photo: Photo, practice: GoodPractice, user) -> bool:
    """Whether the user may put it into the practice: her own upload, or one that the practice has shown before."""
    return photo.uploaders.filter(pk=user.pk).exists() or (
        practice.pk is not None and photo.practices.filter(pk=practice.pk).exists()
    )


def remove_unused() -> None:
    """Background work: photos that were uploaded and never saved in a draft."""
    unused = Photo.objects.filter(practices=None, uses=None, uploaded__lt=timezone.now() - UNUSED_FOR)
    for photo in unused:
        if unused.filter(pk=photo.pk).delete()[0]:
            _storage().delete(_path(photo.digest))
