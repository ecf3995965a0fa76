"""Pictures that unfold, or keep a decoder busy (`tests.hostile_files`)."""

from tests import hostile_makers as make
from tests.hostile_outcomes import (
    IMAGE,
    LOGO,
    PHOTO,
    PICTURES,
    TOO_LARGE_IN_PASSES,
    TOO_MANY_AT_ONCE,
    TOO_MANY_IMAGE,
    TOO_MANY_LOGO,
    TOO_MUCH_BESIDE,
    Hostile,
    at,
    damaged,
    no_picture,
    too_many,
)

PICTURE_BOMBS = [
    Hostile("PNG of 50,000 × 50,000", "bomb", "yard.png", lambda: make.png_claiming(50_000, 50_000), too_many()),
    Hostile("JPEG of 50,000 × 50,000", "bomb", "yard.jpg", lambda: make.jpeg_claiming(50_000, 50_000), too_many()),
    Hostile(
        "WebP of 50,000 × 50,000",
        "bomb",
        "yard.webp",
        lambda: make.webp_claiming(50_000, 50_000),
        too_many(),
    ),
    Hostile(
        "GIF of 50,000 × 50,000",
        "bomb",
        "yard.gif",
        lambda: make.gif_claiming(50_000, 50_000),
        no_picture(TOO_MANY_IMAGE),
    ),
    Hostile("TIFF of 50,000 × 50,000", "bomb", "yard.tiff", lambda: make.tiff_claiming(50_000, 50_000), no_picture()),
    Hostile("black PNG of 13,000 × 13,000", "bomb", "yard.png", lambda: make.png_unfolding(13_000, 13_000), too_many()),
    Hostile("PNG with 200 MB of packed text", "bomb", "yard.png", make.png_with_packed_text, damaged()),
    Hostile(
        "PNG with a packed colour profile of 200 MB",
        "bomb",
        "yard.png",
        make.png_with_packed_profile,
        damaged(),
    ),
    Hostile("GIF of 100 large pictures", "bomb", "yard.gif", make.endless_animation, no_picture(TOO_MANY_IMAGE)),
    Hostile("PNG with 60 MB of text in pieces", "bomb", "yard.png", make.png_with_packed_texts, damaged()),
    Hostile("PNG of 100,000 pieces", "bomb", "yard.png", make.png_of_pieces, at(PICTURES, TOO_MUCH_BESIDE)),
    Hostile("JPEG with 100,000 notes", "bomb", "yard.jpg", make.jpeg_with_notes, at(PICTURES, TOO_MUCH_BESIDE)),
    Hostile("GIF of 60,000 specks", "bomb", "yard.gif", make.gif_of_specks, no_picture(TOO_MUCH_BESIDE)),
    Hostile(
        "GIF with a note in a million pieces", "bomb", "yard.gif", make.gif_with_a_note, no_picture(TOO_MUCH_BESIDE)
    ),
    Hostile("JPEG in 10,000 passes", "bomb", "yard.jpg", make.jpeg_in_passes, at(PICTURES, TOO_LARGE_IN_PASSES)),
    Hostile(
        "progressive JPEG of 40 million pixels",
        "bomb",
        "yard.jpg",
        lambda: make.drawn((8000, 5000), progressive=True),
        {PHOTO: TOO_LARGE_IN_PASSES, LOGO: TOO_MANY_LOGO, IMAGE: TOO_LARGE_IN_PASSES},
    ),
    Hostile(
        "JPEG of 40 million pixels, one colour after the other",
        "bomb",
        "yard.jpg",
        make.jpeg_by_colours,
        {PHOTO: TOO_LARGE_IN_PASSES, LOGO: TOO_MANY_LOGO, IMAGE: TOO_LARGE_IN_PASSES},
    ),
    Hostile(
        "WebP of 9 million pixels",
        "bomb",
        "yard.webp",
        lambda: make.drawn((3000, 3000), "WEBP"),
        at(PICTURES, TOO_MANY_AT_ONCE),
    ),
    Hostile(
        "PNG of 10 million pixels",
        "bomb",
        "yard.png",
        lambda: make.png_unfolding(3200, 3200),
        {PHOTO: TOO_MANY_AT_ONCE, LOGO: TOO_MANY_AT_ONCE, IMAGE: TOO_MANY_IMAGE},
    ),
]
