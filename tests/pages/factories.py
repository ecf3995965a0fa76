"""Pages as editors make them, images and documents that they upload."""

from io import BytesIO

from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage


def home(language: str = "en") -> HomePage:
    return HomePage.objects.get(slug=language)


def standard_page(*body, below: Page | None = None, live: bool = True, **fields) -> StandardPage:
    """A published page; `body` is a list of (block, value)."""
    fields = {"title": "About us", "slug": "about-us", **fields}
    return (below or home()).add_child(instance=StandardPage(body=stored(*body), live=live, **fields))


def text(html: str = "<p>Words.</p>") -> tuple[str, str]:
    return "text", html


def news_index(language: str = "en") -> NewsIndexPage:
    title = {"en": "News", "sl": "Novice"}[language]
    return home(language).add_child(instance=NewsIndexPage(title=title, slug="news"))


def article(index: NewsIndexPage, number: int = 1, **fields) -> NewsPage:
    fields = {"title": f"Article {number}", "slug": f"article-{number}", "intro": "Something happened.", **fields}
    return index.add_child(instance=NewsPage(**fields))


def picture(width: int = 900, height: int = 600, colour: str = "teal", format: str = "JPEG") -> bytes:
    drawn = BytesIO()
    Picture.new("RGB", (width, height), colour).save(drawn, format)
    return drawn.getvalue()


def image(title: str = "A street", **of_picture) -> Image:
    return Image.objects.create(title=title, file=ImageFile(BytesIO(picture(**of_picture)), "street.jpg"))


def document(title: str = "A guide", name: str = "guide.pdf") -> Document:
    return Document.objects.create(title=title, file=ContentFile(b"%PDF-1.4", name))


def image_block(shown: Image, alt: str = "An empty street", **more) -> tuple[str, dict]:
    value = {"image": {"image": shown.pk, "decorative": not alt, "alt_text": alt}, "caption": "", "credit": ""}
    return "image", value | more


def downloads_block(shown: Document) -> tuple[str, dict]:
    return "downloads", {"heading": "", "documents": [{"document": shown.pk, "label": ""}]}


def every_block(shown: Image, offered: Document) -> list[tuple[str, object]]:
    person = {"name": "Ana Novak", "function": "Manager", "organisation": "A zone", "agreed": True}
    person["photo"] = {"image": shown.pk, "decorative": True, "alt_text": ""}
    pictures = [image_block(shown, caption="A street")[1], image_block(shown, credit="Somebody, CC BY 4.0")[1]]
    return [
        text("<h2>A heading</h2><p>Words, and <a href='/en/'>a link</a>.</p><h3>Below</h3><ul><li>A point</li></ul>"),
        ("quote", {"text": "It works.", "by_whom": "Somebody"}),
        image_block(shown, caption="A street"),
        ("gallery", {"pictures": pictures}),
        downloads_block(offered),
        ("people", {"heading": "Who is there", "people": [person]}),
    ]


def stored(*blocks: tuple[str, object]) -> list[dict]:
    """In its stored form."""
    return [{"type": name, "value": value} for name, value in blocks]


def reread(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)


def queries(client, url: str) -> list[str]:
    """What the page asks of the database while no page is kept, but everything else that a process remembers is."""
    client.get(url)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return [query["sql"] for query in captured]
