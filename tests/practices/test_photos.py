"""What is taken for a photo, what is left of it, and who may see it."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image

from accounts.models import User
from catalogue import reviewing
from practices import actions, photos
from practices.models import Photo, PracticeImage
from tests.factories import AdminFactory, UserFactory
from tests.practices.writing import approved, begun, picture, save, submitted, upload, whole

pytestmark = pytest.mark.django_db

NOT_A_PICTURE = "Only pictures in JPEG, PNG or WebP can be shown."
DAMAGED = "The file is damaged and cannot be read as a picture."
TOO_LARGE = "The picture is larger than 10 MB. Please choose a smaller one."
TOO_MANY = "The picture has more than 40 million pixels. Please make it smaller."


def kept(photo):
    image = Image.open(BytesIO(photo.content()))
    image.load()
    return image


def with_photo(photo, edit=whole):
    def apply(draft):
        edit(draft)
        draft.images.set([PracticeImage(photo=photo, alt={"en": "A yard"}, credit="Bistra")])

    return apply


# What is taken in


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "RGBA")]
)
def test_pictures_become_jpegs(nina, form, mode):
    photo = photos.keep(upload(picture(form=form, mode=mode, color=None)), by=nina)

    assert (kept(photo).format, kept(photo).mode, kept(photo).size) == ("JPEG", "RGB", (640, 480))
    assert (photo.width, photo.height, list(photo.uploaders.all())) == (640, 480, [nina])


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("PNG", "LA"), ("WEBP", "RGBA")]
)
def test_rarer_modes_are_read_too(nina, form, mode):
    photo = photos.keep(upload(picture(form=form, mode=mode, color=None)), by=nina)

    assert kept(photo).mode == "RGB"


def test_the_name_and_the_type_that_a_browser_tells_count_for_nothing(nina):
    photo = photos.keep(upload(picture(form="PNG"), name="report.exe"), by=nina)

    assert kept(photo).format == "JPEG"


def test_large_pictures_are_made_smaller(nina):
    photo = photos.keep(upload(picture((4000, 3000))), by=nina)

    assert kept(photo).size == (1600, 1200)


def test_what_is_transparent_becomes_white(nina):
    photo = photos.keep(upload(picture(form="PNG", mode="RGBA", color=(0, 0, 0, 0))), by=nina)

    assert kept(photo).getpixel((10, 10)) == (255, 255, 255)


def test_the_camera_tells_nothing_but_which_side_is_up(nina):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of Nina Kos"
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 25.0, 12.0), 3: "E", 4: (15.0, 52.0, 12.0)})
    original = picture((640, 480), exif=exif, comment=b"taken by Nina", icc_profile=b"secret profile")
    assert b"Nina" in original

    photo = photos.keep(upload(original), by=nina)

    image = kept(photo)
    assert image.size == (480, 640)
    assert dict(image.getexif()) == {}
    assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(image.info)
    assert b"Nina" not in photo.content()


def test_the_same_picture_is_kept_once(nina, janez):
    first, second = photos.keep(upload(), by=nina), photos.keep(upload(), by=janez)

    assert first == second
    assert storages["records"].listdir(f"photos/{first.digest[:2]}") == ([], [f"{first.digest}.jpg"])


# What is refused


def png_claiming(width, height):
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + picture(form="PNG")[33:]
    )


def webp_claiming(width, height):
    extended = (
        b"VP8X"
        + struct.pack("<I", 10)
        + b"\0\0\0\0"
        + struct.pack("<I", width - 1)[:3]
        + struct.pack("<I", height - 1)[:3]
    )
    content = b"WEBP" + extended + picture(form="WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(content)) + content


def jpeg_claiming(width, height):
    content = picture()
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


HOSTILE = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NOT_A_PICTURE),
    "exe": (b"MZ\x90\0\x03\0\0\0" + b"\0" * 200, NOT_A_PICTURE),
    "exe with a picture inside": (b"MZ\x90\0" + picture(), NOT_A_PICTURE),
    "html with a picture inside": (b"<html><script>1</script>" + picture(), NOT_A_PICTURE),
    "pdf": (b"%PDF-1.7\n" + picture(), NOT_A_PICTURE),
    "gif": (picture(form="GIF", mode="P", color=None), NOT_A_PICTURE),
    "tiff": (picture(form="TIFF"), NOT_A_PICTURE),
    "bmp": (picture(form="BMP"), NOT_A_PICTURE),
    "sound in webp's box": (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40, NOT_A_PICTURE),
    "text": (b"hello", NOT_A_PICTURE),
    "jpeg's first bytes before html": (b"\xff\xd8\xff<html><script>alert(1)</script>", DAMAGED),
    "png's first bytes before an svg": (b"\x89PNG\r\n\x1a\n<svg onload='alert(1)'/>", DAMAGED),
    "webp's first bytes alone": (b"RIFF\x24\0\0\0WEBP", DAMAGED),
    "truncated jpeg": (picture((800, 600))[:-900], DAMAGED),
    "truncated png": (picture((800, 600), "PNG")[:-60], DAMAGED),
    "truncated webp": (picture((800, 600), "WEBP")[:-20], DAMAGED),
    "bomb in a png's header": (png_claiming(60_000, 60_000), TOO_MANY),
    "bomb in a webp's header": (webp_claiming(16_000, 16_000), TOO_MANY),
    "bomb in a jpeg's header": (jpeg_claiming(65_000, 65_000), TOO_MANY),
    "a little too many pixels": (png_claiming(8000, 5001), TOO_MANY),
    "a file of 20 MB": (picture() + b"\0" * 20 * 1024 * 1024, TOO_LARGE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_plain_words(nina, name):
    content, message = HOSTILE[name]

    with pytest.raises(ValidationError) as refusal:
        photos.keep(upload(content, name="yard.jpg"), by=nina)

    assert refusal.value.messages == [message]
    assert Photo.objects.count() == 0


def test_a_file_that_is_too_large_is_not_even_read(nina):
    class Unreadable:
        size = 20 * 1024 * 1024

    with pytest.raises(ValidationError, match="larger than 10 MB"):
        photos.keep(Unreadable(), by=nina)


def test_a_bomb_is_not_decoded(nina, monkeypatch):
    monkeypatch.setattr(Image.Image, "convert", lambda *args: pytest.fail("decoded"))

    with pytest.raises(ValidationError, match="40 million pixels"):
        photos.keep(upload(png_claiming(8000, 5001)), by=nina)


def test_what_hangs_on_a_picture_is_left_behind(nina):
    hidden = b"PK\x03\x04<script>alert(document.domain)</script>"

    photo = photos.keep(upload(picture() + hidden), by=nina)

    assert b"script" not in photo.content()


# Who may see it


def answer(client, photo, user=None):
    client.logout()
    if user:
        client.force_login(user)
    return client.get(photo.url)


def seen_by(client, photo, *users):
    return [answer(client, photo, user).status_code == 200 for user in users]


def test_an_upload_is_seen_by_its_uploader_alone(client, nina, janez, marta):
    photo = photos.keep(upload(), by=nina)

    assert seen_by(client, photo, nina, janez, marta, None) == [True, False, False, False]


def test_the_picture_of_a_draft_is_seen_by_its_organisation(client, nina, janez, marta, luka, organisation):
    photo = photos.keep(upload(), by=nina)
    begun(nina, organisation, with_photo(photo))

    assert seen_by(client, photo, nina, janez, marta, luka, None) == [True, True, False, False, False]


def test_who_may_open_every_practice_in_the_admin_sees_its_pictures(client, nina, luka, organisation):
    photo, unused = photos.keep(upload(), by=nina), photos.keep(upload(picture(color="navy")), by=nina)
    editor, admin = UserFactory(role=User.Role.EDITOR), AdminFactory()
    begun(nina, organisation, with_photo(photo))

    assert seen_by(client, photo, editor, admin, luka) == [True, True, False]
    assert seen_by(client, unused, editor, admin) == [False, False]


def test_a_reviewer_sees_it_while_she_reviews(client, nina, marta, luka, organisation):
    photo = photos.keep(upload(), by=nina)
    practice = submitted(nina, organisation, with_photo(photo))
    assert seen_by(client, photo, marta, luka, None) == [True, False, False]

    reviewing.take_back(record=practice, by=nina)
    assert seen_by(client, photo, marta, luka, None) == [False, False, False]


def test_a_picture_that_left_the_draft_is_no_longer_shown_to_colleagues(client, nina, janez, organisation):
    photo = photos.keep(upload(), by=nina)
    practice = begun(nina, organisation, with_photo(photo))

    practice = actions.save_draft(
        practice=practice,
        by=nina,
        edit=lambda draft: draft.images.set([]),
        organisation=organisation,
        expected_revision=practice.latest_revision_id,
    )

    assert seen_by(client, photo, nina, janez) == [True, False]


def test_publication_shows_it_to_everybody_and_withdrawal_hides_it(client, nina, luka, marta, organisation):
    photo = photos.keep(upload(), by=nina)
    practice = approved(nina, organisation, marta, with_photo(photo))
    assert seen_by(client, photo, luka, None) == [True, True]

    reviewing.withdraw(record=practice, by=nina)
    assert seen_by(client, photo, luka, None) == [False, False]


def test_an_earlier_version_keeps_its_picture(client, nina, marta, organisation):
    first, second = photos.keep(upload(), by=nina), photos.keep(upload(picture(color="navy")), by=nina)
    practice = approved(nina, organisation, marta, with_photo(first))
    practice = actions.save_draft(
        practice=practice,
        by=nina,
        edit=with_photo(second),
        organisation=organisation,
        expected_revision=practice.latest_revision_id,
    )
    assert seen_by(client, second, None) == [False]

    reviewing.submit(record=practice, by=nina)
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    assert seen_by(client, first, None) == [True]
    assert seen_by(client, second, None) == [True]


def test_only_what_is_public_may_be_kept_by_others(client, nina, marta, organisation):
    photo = photos.keep(upload(), by=nina)
    practice = submitted(nina, organisation, with_photo(photo))
    assert answer(client, photo, nina)["Cache-Control"] == "private, no-store"

    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    response = answer(client, photo)
    assert response["Cache-Control"] == "public, max-age=300"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_two_people_may_upload_the_same_picture(client, nina, luka):
    hers, his = photos.keep(upload(), by=nina), photos.keep(upload(), by=luka)

    assert hers == his
    for user in (nina, luka):
        assert answer(client, hers, user).status_code == 200
        assert photos.usable([hers.digest], begun(user), user) == {hers.digest: hers}


def test_addresses_that_lead_nowhere(client, nina):
    lost = photos.keep(upload(), by=nina)
    storages["records"].delete(f"photos/{lost.digest[:2]}/{lost.digest}.jpg")

    assert answer(client, lost, nina).status_code == 404
    for path in (f"/photos/{'0' * 64}.jpg", "/photos/x.jpg", f"/photos/{lost.digest}.svg", "/photos/"):
        assert client.get(path).status_code == 404


# What nobody uses


def test_what_was_uploaded_and_never_saved_is_cleared_away(nina, organisation):
    used, recent = photos.keep(upload(), by=nina), photos.keep(upload(picture(color="navy")), by=nina)
    unused = photos.keep(upload(picture(color="gold")), by=nina)
    begun(nina, organisation, with_photo(used))
    Photo.objects.exclude(pk=recent.pk).update(uploaded=timezone.now() - timedelta(days=2))

    photos.remove_unused()

    assert set(Photo.objects.all()) == {used, recent}
    assert not storages["records"].exists(f"photos/{unused.digest[:2]}/{unused.digest}.jpg")
    assert kept(used).size == (640, 480)


def test_choosing_a_picture_again_keeps_it_for_another_day(nina):
    photo = photos.keep(upload(), by=nina)
    Photo.objects.update(uploaded=timezone.now() - timedelta(days=2))

    photos.keep(upload(), by=nina)
    photos.remove_unused()

    assert Photo.objects.get() == photo


def test_the_picture_of_an_earlier_draft_is_not_cleared_away(nina, organisation):
    photo = photos.keep(upload(), by=nina)
    practice = begun(nina, organisation, with_photo(photo))
    save(practice, nina, title={"en": "Better"})
    Photo.objects.update(uploaded=timezone.now() - timedelta(days=2))

    photos.remove_unused()

    assert Photo.objects.get() == photo
