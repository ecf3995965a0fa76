"""Pictures that people send in: what is taken in, how it is kept, when it is public.

Nothing of an upload is kept but its picture: it is decoded, turned upright, made smaller, and written anew. So neither a
camera's notes (where, when, whose) nor anything hidden behind or inside the file survives. Files lie in private storage
under the digest of their bytes; what is public, a row says (ADR 6).
"""

import hashlib
import logging
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from catalogue.models import Entry, EntryVersion
from operations.pictures import DAMAGED, look_at, make_room

logger = logging.getLogger(__name__)

UNUSED_FOR = timedelta(days=1)
KEPT = 300  # seconds: what is public may be kept by caches, yet not long, as it may be withdrawn

# What each format's file begins with; the name of a file and what the browser says of it count for nothing.
_BEGINNINGS = {"JPEG": (0, b"\xff\xd8\xff"), "PNG": (0, b"\x89PNG\r\n\x1a\n"), "WEBP": (8, b"WEBP")}


class KeptPicture(models.Model):
    """A re-encoded picture, kept under the digest of its bytes; the original, with all that it told, is not kept.

    A model says its `folder`, `ending` and `content_type`, and keeps the records that have ever shown it.
    """

    folder: str
    ending: str
    content_type: str

    digest = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded = models.DateTimeField(auto_now_add=True)
    uploaders = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("uploaders"), related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return self.digest[:12]

    @property
    def url(self) -> str:
        """Root-relative, as documents hold it."""
        return self.address_of(self.digest)

    @classmethod
    def address_of(cls, digest: str) -> str:
        return f"/{cls.folder}/{digest}.{cls.ending}"

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.digest[:2]}/{self.digest}.{self.ending}"

    def opened(self) -> BinaryIO:
        """Raises FileNotFoundError."""
        return storage().open(self.path)

    def content(self) -> bytes:
        """Some hundred kilobytes. Raises FileNotFoundError."""
        with self.opened() as file:
            return file.read()

    def is_shown_by(self, uids: Iterable[UUID] | models.QuerySet) -> bool:
        return is_shown(self.url, uids)


def is_shown(url: str, uids: Iterable[UUID] | models.QuerySet) -> bool:
    """Whether a visible document of these records names the address, or a version of one that stands beside it."""
    entries = Entry.objects.visible().filter(uid__in=uids)
    versions = EntryVersion.objects.filter(entry__in=entries)
    return entries.filter(document__contains=url).exists() or versions.filter(document__contains=url).exists()


@dataclass(frozen=True)
class Limits:
    """What is taken in. `most_bytes` and `most_pixels` are told to people by `too_heavy` and `too_wide`."""

    most_bytes: int
    most_pixels: int
    longest_side: int  # pixels, as it is kept
    too_heavy: str
    too_wide: str
    longest_sent: int = 0  # pixels of a side, where a side is limited, too


def taken_in(upload: UploadedFile, limits: Limits) -> Image.Image:
    """The picture alone: a new image that knows nothing of the file it came from, RGB or with its transparency RGBA.

    Raises ValidationError, in words for the person who chose the file.
    """
    if upload.size > limits.most_bytes:
        raise ValidationError(limits.too_heavy, code="too_large")
    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # the size is checked by ourselves, the rest is hostile input's noise
            small = _decoded(upload.read(), limits)
            if small.mode == "RGBA" and max(small.size) > limits.longest_side:
                small = small.convert("RGBa")  # which Pillow would make, too, and hold both
            small.thumbnail((limits.longest_side, limits.longest_side), Image.Resampling.LANCZOS)
            return _alone(ImageOps.exif_transpose(small))
    except ValidationError:
        raise
    except Exception as error:  # a decoder fed with hostile bytes fails in more ways than it documents
        logger.info("A picture could not be decoded: %s", error)
        raise ValidationError(DAMAGED, code="damaged") from error


def _decoded(content: bytes, limits: Limits) -> Image.Image:
    """Palettes and sixteen-bit greys cannot be made smaller smoothly as they are."""
    image = _opened(content, limits)
    times = max(image.size) // limits.longest_side
    make_room(image, content, smaller=next((each for each in (8, 4, 2) if each <= times), 1))
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image.convert({"1": "L", "P": "RGB"}[image.mode]) if image.mode in ("1", "P") else image


def _opened(content: bytes, limits: Limits) -> Image.Image:
    """Opens by content, and looks at the size that the header tells before a single pixel is decoded."""
    name = next((name for name, (at, magic) in _BEGINNINGS.items() if content[at : at + len(magic)] == magic), None)
    if name is None:
        raise ValidationError(_("Only pictures in JPEG, PNG or WebP can be shown."), code="not_a_picture")
    look_at(content)
    try:
        image = Image.open(BytesIO(content), formats=[name])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(limits.too_wide, code="too_large") from None
    is_long = limits.longest_sent and max(image.size) > limits.longest_sent
    if is_long or image.width * image.height > limits.most_pixels:
        raise ValidationError(limits.too_wide, code="too_large")
    return image


def _alone(image: Image.Image) -> Image.Image:
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = Image.new(mode, image.size)
    plain.paste(image.convert(mode))
    return plain


def on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    plain = Image.new("RGB", image.size, "white")
    plain.paste(image, mask=image)
    return plain


def store(model: type[KeptPicture], content: bytes, size: tuple[int, int], *, by) -> KeptPicture:
    """The row and the file of these bytes, made once whoever sends them."""
    digest = hashlib.sha256(content).hexdigest()
    width, height = size
    picture, is_new = model.objects.get_or_create(digest=digest, defaults={"width": width, "height": height})
    picture.uploaders.add(by)
    if not is_new:  # unused ones are cleared away by age
        model.objects.filter(pk=picture.pk).update(uploaded=timezone.now())
    if not storage().exists(picture.path):
        written = storage().save(picture.path, ContentFile(content))
        if written != picture.path:  # another request was quicker with the same picture
            storage().delete(written)
    return picture


def storage() -> Storage:
    return storages["records"]


def remove(found: models.QuerySet) -> None:
    """The rows now, the files when that holds."""
    paths = [picture.path for picture in found]
    found.delete()
    transaction.on_commit(lambda: [storage().delete(path) for path in paths])


def clear_away(unused: models.QuerySet) -> None:
    """Those of the given pictures that were uploaded more than a day ago, row and file."""
    unused = unused.filter(uploaded__lt=timezone.now() - UNUSED_FOR)
    for picture in unused:
        if unused.filter(pk=picture.pk).delete()[0]:
            storage().delete(picture.path)


def served(request: HttpRequest, picture: KeptPicture, *, is_public: bool) -> HttpResponse:
    """Drafts' pictures are kept by nobody. 404 where the file is lost."""
    try:
        response = HttpResponse(picture.content(), content_type=picture.content_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"public, max-age={KEPT}" if is_public else "private, no-store"
    return response
