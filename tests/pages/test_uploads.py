"""What editors upload is kept without what the file tells of people; documents stay as they are, and staff hears of them."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts import erasure
from accounts.models import User
from operations.models import AuditEntry
from pages.images import picture_alone, tells_more
from pages.templatetags.stories import picture
from tests.accounts.searching import places_with
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WORD = "kanarcek"
EMAIL = f"{WORD}@example.org"
NOTE = f"by {EMAIL}"


def telling(format: str, **more) -> bytes:
    drawn, written = Picture.new("RGB", (64, 48), "seagreen"), BytesIO()
    exif = drawn.getexif()
    exif[0x0112], exif[0x013B] = 6, NOTE  # lying on its side, and whose it is
    chunks = PngInfo()
    chunks.add_text("Author", NOTE)
    notes = {
        "JPEG": {"comment": NOTE},
        "PNG": {"pnginfo": chunks},
        "GIF": {"comment": NOTE},
        "WEBP": {"xmp": NOTE.encode()},
    }
    exif_too = {} if format == "GIF" else {"exif": exif}
    drawn.save(written, format, **notes[format], **exif_too, **more)
    return written.getvalue()


def upload(client, room: str, name: str, content: bytes):
    file = ContentFile(content, name=name)
    return client.post(reverse(f"{room}:add"), {"title": "Of the yard", "file": file})


@pytest.fixture
def editor(client):
    editor = UserFactory(email=EMAIL, role=User.Role.EDITOR)
    client.force_login(editor)
    return editor


@pytest.mark.parametrize(("format", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp")])
def test_an_uploaded_image_tells_nothing_but_its_picture(client, editor, format, ending):
    assert WORD.encode() in telling(format)

    answer = upload(client, "wagtailimages", f"{EMAIL}.{ending}", telling(format))

    assert answer.status_code == 302, answer.content.decode()
    kept = Image.objects.get()
    assert picture(kept)
    assert (kept.width, kept.height) == ((64, 48) if format == "GIF" else (48, 64))
    with kept.file.open() as file:
        assert not tells_more(file)
    editor.delete()
    assert [place for place in places_with(WORD) if "images" in place] == []


def test_an_image_that_is_replaced_tells_nothing_either(client, editor):
    upload(client, "wagtailimages", "yard.png", telling("PNG"))
    image = Image.objects.get()
    file = ContentFile(telling("JPEG"), name="yard.jpg")

    client.post(reverse("wagtailimages:edit", args=[image.pk]), {"title": "Of the yard", "file": file})

    image = Image.objects.get()
    with image.file.open() as kept:
        assert (image.file.name.endswith(".jpg"), tells_more(kept)) == (True, False)


def test_a_title_is_changed_and_the_file_stays(client, editor):
    upload(client, "wagtailimages", "yard.png", telling("PNG"))
    image = Image.objects.get()

    client.post(reverse("wagtailimages:edit", args=[image.pk]), {"title": "Another"})

    changed = Image.objects.get()
    assert (changed.title, changed.file.name) == ("Another", image.file.name)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_an_animation_still_moves(format):
    frames = [Picture.new("RGB", (20, 10), colour) for colour in ("red", "green", "blue")]
    written = BytesIO()
    frames[0].save(written, format, save_all=True, append_images=frames[1:], duration=120, loop=0)

    with Picture.open(BytesIO(picture_alone(written))) as kept:
        assert (kept.n_frames, kept.size, kept.info["loop"]) == (3, (20, 10), 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGBA"])
def test_pictures_of_every_kind_are_taken(mode):
    format, written = ("JPEG" if mode == "CMYK" else "PNG"), BytesIO()
    Picture.new(mode, (20, 10)).save(written, format)

    with Picture.open(BytesIO(picture_alone(written))) as kept:
        assert (kept.format, kept.size) == (format, (20, 10))


@pytest.mark.parametrize("length", [200, -200])
def test_a_damaged_image_is_refused_in_words(client, editor, length):
    answer = upload(client, "wagtailimages", "yard.jpg", telling("JPEG")[:length])

    assert "damaged" in answer.content.decode()
    assert not Image.objects.exists()


def test_images_of_before_are_written_anew(capsys, django_capture_on_commit_callbacks):
    old = Image.objects.create(title="Old", file=ContentFile(telling("JPEG"), name="yard.jpg"))
    assert picture(old)
    lost = Image.objects.create(title="Lost", file=ContentFile(telling("PNG"), name="lost.png"))
    lost.file.storage.delete(lost.file.name)
    assert places_with(WORD)

    for written in ("1 images written anew, 1 could", "0 images written anew, 1 could"):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("images")
        assert written in capsys.readouterr().out

    assert places_with(WORD) == []
    old.refresh_from_db()
    assert (old.width, old.height) == (48, 64)


def test_documents_stay_and_the_log_tells_staff_which_hold_her_address(client, editor):
    upload(client, "wagtaildocs", f"{EMAIL}.txt", f"Minutes. Zlata <{EMAIL.title()}>".encode())
    upload(client, "wagtaildocs", "other.csv", f"a,ana.{EMAIL}".encode())
    minutes, other = Document.objects.order_by("pk")
    lost = Document.objects.create(title="Lost", file=ContentFile(b"x", name="lost.txt"))
    lost.file.storage.delete(lost.file.name)

    erasure.erase(user=editor, by=editor)

    [noted] = AuditEntry.objects.filter(what="document.tells")
    assert (noted.actor, noted.whom, noted.facts) == (None, None, {"document": minutes.pk})
    assert WORD not in minutes.file.name
    with minutes.file.open() as file:
        assert EMAIL.title().encode() in file.read()
