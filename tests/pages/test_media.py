"""Images as pages show them are public, originals are not; documents are as public as the pages that offer them."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture

from pages.templatetags.stories import picture
from tests.factories import AdminFactory, UserFactory
from tests.pages.factories import (
    document,
    downloads_block,
    image,
    image_block,
    reread,
    standard_page,
    stored,
    text,
)

pytestmark = pytest.mark.django_db


def test_a_rendition_is_public_and_may_be_kept(client, django_capture_on_commit_callbacks):
    shown = image()
    with django_capture_on_commit_callbacks(execute=True):  # then it is noted which page shows what
        standard_page(image_block(shown))

    answer = client.get(shown.renditions.first().url)

    assert answer.getvalue()[:2] == b"\xff\xd8"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("public, max-age=")


def test_a_rendition_that_no_page_shows_is_for_those_who_write_pages(client):
    shown = image()
    picture(shown)
    url = shown.renditions.first().url

    assert client.get(url).status_code == 404
    client.force_login(AdminFactory())
    answer = client.get(url)
    assert (answer.getvalue()[:2], answer["Cache-Control"]) == (b"\xff\xd8", "private, no-store")


@pytest.mark.parametrize(
    "path",
    [
        "/media/{original}",
        "/media/",
        "/media/images/",
        "/media/images/../{original}",
        "/media/images/%2e%2e/{original}",
        "/media/images/..%2f{original}",
        "/media/images/.hidden.jpg",
        "/media/images/page.html",
        "/media/images/none.jpg",
        "/media/images/a%00.jpg",
    ],
)
def test_nothing_else_is(client, path):
    original = image().file.name
    default_storage.save("images/page.html", ContentFile(b"<script>"))
    default_storage.save("images/.hidden.jpg", ContentFile(b"hidden"))

    assert client.get(path.format(original=original)).status_code == 404


def test_a_document_is_public_while_a_published_page_offers_it(client):
    offered = document()
    assert client.get(offered.url).status_code == 404

    page = standard_page(downloads_block(offered))
    answer = client.get(offered.url)
    assert answer.getvalue() == b"%PDF-1.4"
    assert answer["Content-Disposition"] == 'attachment; filename="guide.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"

    page.unpublish()
    assert client.get(offered.url).status_code == 404


def test_a_link_in_a_text_offers_it_too(client):
    offered = document()
    standard_page(text(f'<p><a linktype="document" id="{offered.pk}">Take it</a></p>'))

    assert client.get(offered.url).getvalue() == b"%PDF-1.4"


def test_a_document_of_a_draft_is_for_those_who_write_pages(client):
    offered = document()
    page = standard_page(text())
    page.body = stored(downloads_block(offered))
    page.save_revision()

    assert client.get(offered.url).status_code == 404
    client.force_login(UserFactory())
    assert client.get(offered.url).status_code == 404
    client.force_login(AdminFactory())
    assert client.get(offered.url).getvalue() == b"%PDF-1.4"

    reread(page).get_latest_revision().publish()
    client.logout()
    assert client.get(offered.url).getvalue() == b"%PDF-1.4"


def test_a_small_file_with_far_too_many_pixels_is_refused_in_words(client):
    client.force_login(AdminFactory())
    huge = BytesIO()
    Picture.new("1", (20_000, 20_000)).save(huge, "PNG")

    answer = client.post(
        reverse("wagtailimages:add"), {"title": "Huge", "file": SimpleUploadedFile("huge.png", huge.getvalue())}
    )

    assert "file" in answer.context["form"].errors
    assert 'value="Huge"' in answer.content.decode()
