"""Images that editors upload: only the picture is kept, none of what the file tells of where, when and whose.

What is made of them for pages (renditions) is made of what is kept, so it tells nothing either.
"""

import logging
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence
from PIL.Image import DecompressionBombError
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import AbstractImage

from operations.pictures import DAMAGED, look_at, make_room
from pages.models import SiteState

logger = logging.getLogger(__name__)

TOO_MANY_PIXELS = _("This image has far too many pixels. Make it smaller: 4,000 pixels are enough for any screen.")
MOST_PIXELS = 50_000_000
MOST_PIXELS_AT_ONCE = 9_000_000  # of all pictures of an animation together; a JPEG can be decoded at a part of its size
MOST_FRAMES = 1_000
# How each format is written: fine enough to be made smaller from.
_WRITTEN = {
    "JPEG": {"quality": 92},
    "MPO": {"format": "JPEG", "quality": 92},  # a telephone's JPEG with a second picture in it
    "PNG": {},
    "GIF": {},
    "WEBP": {"quality": 92},
}
# What a file may say beside its picture without telling anything.
_PLAIN = {
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "srgb", "transparency", "background"),
    *("interlace", "progressive", "progression", "loop", "duration", "timestamp", "version", "extension"),
    *("disposal", "default_image", "bbox", "blend"),
}


class ImageForm(BaseImageForm):
    def _clean_fields(self):
        """A small file may unfold to gigabytes: Pillow refuses to open it, before Wagtail could count its pixels."""
        try:
            for file in self.files.values():
                look_at(file.read())
                file.seek(0)
            with warnings.catch_warnings(action="ignore"):  # of what is refused, or written anew
                super()._clean_fields()
        except ValidationError as refused:
            self.add_error("file", refused)
        except DecompressionBombError:
            self.add_error("file", TOO_MANY_PIXELS)
        except Exception as error:  # Wagtail reads its size from the header, and does not expect that it is hostile
            logger.info("An image could not be opened: %s", type(error).__name__)
            self.add_error("file", DAMAGED)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        try:
            file.seek(0)
            return ContentFile(picture_alone(file), name=tidy(file.name))
        except (DecompressionBombError, ValidationError):
            raise
        except Exception as error:  # a decoder fed with hostile bytes fails in more ways than it documents
            logger.info("An image could not be decoded: %s", type(error).__name__)
            raise ValidationError(DAMAGED, code="damaged") from error


def tidy(name: str) -> str:
    """A file that is named by somebody's address is not."""
    return f"file{Path(name).suffix}" if "@" in name else name


def picture_alone(file: BinaryIO) -> bytes:
    """Upright, in the same format; every picture of an animation."""
    file.seek(0)
    picture, how = _drawn_anew(file.read())
    written = BytesIO()
    picture.save(written, **how)
    return written.getvalue()


def _drawn_anew(content: bytes) -> tuple[Image.Image, dict]:
    """The picture, given up by its file and decoder, and how it is to be written."""
    look_at(content)
    image = Image.open(BytesIO(content))
    _make_room(image, content)
    how = {"format": image.format} | _WRITTEN[image.format]
    if getattr(image, "is_animated", False) and how["format"] != "JPEG":
        times = [frame.info.get("duration", 0) for frame in ImageSequence.Iterator(image)]
        how |= {"save_all": True, "duration": times, "loop": image.info.get("loop", 1)}
        how |= {"disposal": 2} if image.format == "GIF" else {}  # each is whole, also where nothing is seen
        how["append_images"] = list(_frames(image))[1:]
        image.seek(0)
    ImageOps.exif_transpose(image, in_place=True)  # before it is there twice
    return _alone(image), how


def _make_room(image: Image.Image, content: bytes) -> None:
    """By what the header says: nothing is decoded that cannot be held twice."""
    pixels, is_jpeg = image.width * image.height, image.format in ("JPEG", "MPO")
    frames = 1 if is_jpeg else getattr(image, "n_frames", 1)
    if pixels * frames > (MOST_PIXELS if is_jpeg else MOST_PIXELS_AT_ONCE) or frames > MOST_FRAMES:
        raise ValidationError(TOO_MANY_PIXELS, code="too_large")
    make_room(image, content, smaller=next((each for each in (1, 2, 4) if pixels <= MOST_PIXELS_AT_ONCE * each**2), 8))


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    return (_alone(ImageOps.exif_transpose(frame)) for frame in ImageSequence.Iterator(image))


def _alone(image: Image.Image) -> Image.Image:
    """A new picture that knows nothing of its file."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = image.copy() if image.mode == mode else image.convert(mode)
    plain.info = {}
    return plain


def tells_more(file: BinaryIO) -> bool:
    """Whether the file says anything beside its picture."""
    with Image.open(file) as image:
        image.load()  # what stands behind the picture is read with it
        return bool(image.info.keys() - _PLAIN) or image.format == "MPO"


@transaction.atomic
def write_anew(image: AbstractImage) -> None:
    """For one that was uploaded before they were kept without what they tell; what was made of it goes, to be made again."""
    storage, name = image.file.storage, image.file.name
    with image.file.open() as file:
        content = picture_alone(file)
    image.file = ContentFile(content, name=tidy(Path(name).name))
    image._set_image_file_metadata()
    image.save()
    image.renditions.all().delete()
    transaction.on_commit(lambda: storage.delete(name))
    SiteState.objects.bump()
