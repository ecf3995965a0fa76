"""Documents that editors uploaded: who may take them home, and which of them tell an address."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage

from accounts.access import has_permissions
from accounts.scrubbing import Scrubber
from pages.images import tidy
from pages.models.told import ToldPage, users_of

PLAIN_TEXT = (".txt", ".csv", ".md", ".tsv", ".vtt", ".srt")  # what can be read without a program for it
MOST = 5 * 1024 * 1024  # bytes that are read of each


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            file.name = tidy(file.name)
        return file


def may_be_read(used: AbstractDocument | AbstractImage, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Everybody, once a page that visitors can read shows it; until then those who write pages."""
    if any(page.is_read for page in users_of(used).specific() if isinstance(page, ToldPage)):
        return True
    return has_permissions(user, "wagtailadmin.access_admin")


def telling(addresses: set[str]) -> Iterator[Document]:
    """Plain texts in which one of the addresses stands."""
    scrubber = Scrubber(addresses)
    for document in Document.objects.order_by("pk").iterator() if addresses else ():
        if Path(document.file.name).suffix.lower() in PLAIN_TEXT:
            with suppress(OSError), document.file.open() as file:
                if scrubber.tells(file.read(MOST).decode("utf-8", "replace")):
                    yield document
