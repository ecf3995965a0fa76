"""What decoding a picture would take is told from its head: what fits goes on, what does not is refused in words."""

import struct
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from operations import pictures
from tests import hostile_makers as make


def claiming(width: int, height: int, **options) -> bytes:
    """A small JPEG whose head tells of a large one."""
    content = make.drawn(**options)
    at = next(content.index(frame) for frame in (b"\xff\xc0", b"\xff\xc2") if frame in content) + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def room_made(content: bytes, smaller: int = 1) -> Image.Image:
    image = Image.open(BytesIO(content))
    pictures.make_room(image, content, smaller=smaller)
    return image


def said(content: bytes, smaller: int = 1) -> str | None:
    try:
        room_made(content, smaller)
    except ValidationError as refused:
        return refused.message
    return None


@pytest.mark.parametrize(
    ("size", "smaller", "decoded"),
    [((4032, 3024), 2, (2016, 1512)), ((8064, 6048), 4, (2016, 1512)), ((8160, 6120), 4, (2040, 1530))],
    ids=["12 million", "48 million", "50 million"],
)
def test_the_photo_of_a_telephone_is_decoded_at_a_part_of_its_size(size, smaller, decoded):
    assert room_made(claiming(*size), smaller).size == decoded


FITS = {  # a progressive JPEG is held whole: the finer its colours, the more of it
    (5000, 4000, "4:2:0"): True,
    (6000, 4000, "4:2:0"): False,
    (4000, 3000, "4:2:2"): True,
    (3200, 3200, "4:4:4"): True,
    (4000, 3200, "4:4:4"): False,
}


@pytest.mark.parametrize(("width", "height", "colours"), FITS)
def test_of_a_progressive_jpeg_only_so_much_is_held(width, height, colours):
    content = claiming(width, height, progressive=True, subsampling=colours)

    assert said(content, smaller=2) == (None if FITS[width, height, colours] else pictures.TOO_LARGE_IN_PASSES)


def test_for_printing_it_has_a_colour_more():
    content = claiming(3000, 3000, mode="CMYK", color=None, progressive=True)

    assert (said(content), said(claiming(3000, 3000, mode="CMYK", color=None))) == (pictures.TOO_LARGE_IN_PASSES, None)


def test_one_colour_after_the_other_is_held_whole_too():
    assert said(make.jpeg_by_colours((4000, 4000))) == pictures.TOO_LARGE_IN_PASSES
    assert said(make.jpeg_by_colours((1000, 1000))) is None


def test_a_small_picture_inside_the_notes_counts_for_nothing():
    """Each camera writes one."""
    inside = make._segment(0xE1, b"Exif\0\0" + make.jpeg_in_passes(200, (16, 16)))
    content = claiming(8000, 5000)

    assert said(content[:2] + inside + content[2:], smaller=4) is None


@pytest.mark.parametrize(("more", "fits"), [(94, True), (95, False)])
def test_a_hundred_passes_at_most(more, fits):
    """A grey one has six."""
    content = make.jpeg_in_passes(more + 1, (16, 16))

    assert said(content) == (None if fits else pictures.TOO_LARGE_IN_PASSES)


@pytest.mark.parametrize(("form", "width", "height"), [("PNG", 3000, 3000), ("WEBP", 2000, 1500)])
def test_other_formats_have_limits_of_their_own(form, width, height):
    assert said(make.drawn((width, height), form)) is None
    assert said(make.drawn((width + 1, height), form)) == pictures.TOO_MANY_PIXELS


def jpeg_of(parts: int) -> bytes:
    """It has six, and its first pass."""
    return make.jpeg_with_notes(parts - len([*pictures._segments(make.drawn())]))


def png_of(parts: int) -> bytes:
    return make.png_of_pieces(parts - len([*pictures._chunks(make.drawn(form="PNG"))]))


def gif_of(parts: int) -> bytes:
    plain = make.drawn(form="GIF", mode="P", color=None)
    return make.gif_with_a_note(parts - 1 - len([*pictures._blocks(plain)]))


@pytest.mark.parametrize(("name", "of"), [("JPEG", jpeg_of), ("PNG", png_of), ("GIF", gif_of)])
def test_the_parts_of_a_file_are_counted_before_it_is_opened(name, of):
    most = pictures.MOST_PARTS[name]

    pictures.look_at(of(most))
    with pytest.raises(ValidationError, match="too much beside the picture"):
        pictures.look_at(of(most + 1))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("left", [0, 3, 9, 12, 14, 40, 120])
def test_a_file_that_ends_in_the_middle_of_its_head_ends_the_count(form, left):
    pictures.look_at(make.drawn(form=form, mode="P" if form == "GIF" else "RGB", color=None)[:left])


def test_nothing_stands_between_the_pictures_of_a_gif():
    plain = make.drawn(form="GIF", mode="P", color=None)

    with pytest.raises(ValidationError, match="damaged"):
        pictures.look_at(plain[:-1] + b"\1" * 9 + b";")


def test_of_the_texts_in_a_png_four_megabytes_are_read():
    with pytest.raises(ValueError, match="Too much memory used in text chunks"):
        Image.open(BytesIO(make.png_with_packed_texts())).load()
