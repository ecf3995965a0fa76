"""Pages in the Wagtail admin: what editors make, and what is refused in clear words."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.models import Image
from wagtail.models import Page

from accounts.models import User
from pages.models import HomePage, StandardPage
from pages.slugs import is_reserved
from tests.factories import AdminFactory, UserFactory
from tests.pages.factories import home, picture, reread, standard_page, text

pytestmark = [
    pytest.mark.django_db,
    # The admin draws thumbnails, and Wagtail leaves the files in which it does to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


def typed(*blocks: tuple[str, dict], **fields) -> dict:
    """What the editor's form sends; a block is its type with the values of its controls."""
    told = {"title": "About us", "slug": "about-us", "intro": "", "seo_title": "", "search_description": ""}
    told |= {"body-count": str(len(blocks)), "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    for number, (name, values) in enumerate(blocks):
        prefix = f"body-{number}"
        told |= {f"{prefix}-type": name, f"{prefix}-order": str(number), f"{prefix}-deleted": "", f"{prefix}-id": ""}
        told |= {f"{prefix}-value{control}": value for control, value in values.items()}
    return told | fields


def words(said: str) -> tuple[str, dict]:
    block = {"key": "a", "text": said, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return "text", {"": json.dumps({"blocks": [block], "entityMap": {}})}


def add(client, *blocks, action: str = "publish", below=None, **fields):
    url = f"/cms/pages/add/pages/standardpage/{(below or home()).pk}/"
    return client.post(url, typed(*blocks, **fields) | {f"action-{action}": "1"})


def test_an_editor_publishes_a_page(desk, client):
    answer = add(desk, words("Who we are."))

    assert answer.status_code == 302
    assert "Who we are." in client.get("/en/about-us/").content.decode()


def test_an_editor_sees_the_trees_and_every_type_of_page(desk):
    explorer = desk.get(f"/cms/pages/{home().pk}/")
    offered = desk.get(f"/cms/pages/{home().pk}/add_subpage/").content.decode()

    assert explorer.status_code == 200
    offers = {
        model: f"/cms/pages/add/pages/{model}/" in offered for model in ("standardpage", "newsindexpage", "homepage")
    }
    assert offers == {"standardpage": True, "newsindexpage": True, "homepage": False}


def test_a_page_is_not_begun_by_itself(desk):
    begun = desk.get(f"/cms/pages/add/pages/standardpage/{home().pk}/").content.decode()
    going_on = desk.get(f"/cms/pages/{standard_page().pk}/edit/").content.decode()

    for mark in ("data-w-autosave-interval-value", 'id="w-autosave-indicator"'):
        assert (mark in begun, mark in going_on) == (False, True)


def test_an_editor_looks_at_a_draft_before_it_is_public(desk):
    page = standard_page(text("<p>As it is.</p>"))
    desk.post(f"/cms/pages/{page.pk}/edit/preview/", typed(words("As it will be.")))

    answer = desk.get(f"/cms/pages/{page.pk}/edit/preview/?mode=").content.decode()

    assert "As it will be." in answer and "As it is." not in answer
    assert "As it is." in desk.get("/en/about-us/").content.decode()


def test_a_story_of_two_hundred_blocks_is_refused_and_nothing_is_lost(desk):
    answer = add(desk, *[words(f"Words {number}.") for number in range(200)])

    assert answer.status_code == 200
    assert "The maximum number of items is 60" in answer.content.decode()
    assert "Words 199." in answer.content.decode()
    assert not StandardPage.objects.exists()


def test_a_person_who_has_not_agreed_is_not_published(desk):
    person = {"-name": "Ana", "-function": "", "-organisation": "", "-photo-image": "", "-photo-alt_text": ""}
    block = {"-heading": "", "-people-count": "1", "-people-0-order": "0", "-people-0-deleted": "", "-people-0-id": ""}
    block |= {f"-people-0-value{name}": value for name, value in person.items()}

    assert add(desk, ("people", block)).status_code == 200
    assert add(desk, ("people", block | {"-people-0-value-agreed": "on"})).status_code == 302


def test_an_image_without_a_description_is_refused(desk):
    shown = Image.objects.create(title="A street", file=SimpleUploadedFile("street.jpg", picture()))
    block = {"-image-image": str(shown.pk), "-image-alt_text": "", "-caption": "", "-credit": ""}

    assert "Please add some alt text" in add(desk, ("image", block)).content.decode()
    assert add(desk, ("image", block | {"-image-alt_text": "A street"})).status_code == 302


def uploaded(client, name: str, content: bytes) -> dict:
    client.force_login(AdminFactory())
    sent = {"title": "A picture", "files[]": SimpleUploadedFile(name, content), "collection": "1"}
    return client.post("/cms/images/multiple/add/", sent).json()


def test_an_image_of_forty_megabytes_is_refused_in_words(client):
    told = uploaded(client, "large.jpg", picture() + b"\0" * 40 * 1024 * 1024)

    assert (
        told["success"] is False
        and "This file is too big (40.0\xa0MB). Maximum filesize 10.0\xa0MB" in told["error_message"]
    )
    assert not Image.objects.exists()


def test_an_image_of_too_many_pixels_is_refused_in_words(client):
    told = uploaded(client, "wide.png", picture(width=10_000, height=5_001, format="PNG"))

    assert told["success"] is False and "too many pixels" in told["error_message"]


def test_a_drawing_that_can_carry_scripts_is_refused(client):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    assert uploaded(client, "drawing.svg", drawing)["success"] is False
    assert uploaded(client, "drawing.jpg", drawing)["success"] is False


# Addresses


@pytest.mark.parametrize(
    "slug",
    [
        "practices",
        "action-plans",
        "search",
        "my",
        "api",
        "cms",
        "accounts",
        "documents",
        "media",
        "en",
        "it",
        "robots.txt",
    ],
)
def test_the_portals_own_words_are_reserved(slug):
    assert is_reserved(slug)


def test_other_words_are_free():
    assert not is_reserved("about-us")


def test_a_reserved_address_is_refused_in_words(desk):
    answer = add(desk, words("Here."), slug="practices")

    assert "The portal itself answers at “practices”." in answer.content.decode()
    assert not StandardPage.objects.exists()


def test_below_another_page_the_same_word_is_free(desk, client):
    add(desk, words("Here."), slug="practices", below=standard_page(slug="guide"))

    assert client.get("/en/guide/practices/").status_code == 200


def test_a_page_with_a_reserved_word_cannot_be_moved_below_the_home_page(desk):
    page = standard_page(slug="practices", below=standard_page(slug="guide"))

    desk.post(f"/cms/pages/{page.pk}/move/{home().pk}/confirm/")

    assert reread(page).url_path == "/en/guide/practices/"


def test_nor_is_it_copied_there_under_such_a_word(desk):
    page = standard_page(slug="guide")
    asked = {"new_title": "A copy", "new_parent_page": home().pk}

    refused = desk.post(f"/cms/pages/{page.pk}/copy/", asked | {"new_slug": "practices"}, follow=True)
    desk.post(f"/cms/pages/{page.pk}/copy/", asked | {"new_slug": "a-copy"})

    assert "The portal itself answers at “practices”." in refused.content.decode()
    assert set(StandardPage.objects.values_list("slug", flat=True)) == {"guide", "a-copy"}


@pytest.mark.parametrize(("slug", "path"), [("practices", "/en/guide/practices/"), ("ours", "/en/ours/")])
def test_nor_is_it_moved_there_with_others(desk, slug, path):
    page = standard_page(slug=slug, below=standard_page(slug="guide"))

    desk.post(f"/cms/bulk/wagtailcore/page/move/?id={page.pk}&next=/cms/", {"chooser": home().pk})

    assert reread(page).url_path == path


def test_a_home_page_is_not_deleted(client):
    client.force_login(AdminFactory())

    client.post(f"/cms/pages/{home('sl').pk}/delete/")
    client.post(f"/cms/bulk/wagtailcore/page/delete/?id={home('sl').pk}")

    assert HomePage.objects.filter(slug="sl").exists()
    assert Page.objects.filter(depth=1).count() == 1
