"""Documents that editors uploaded: who may take them home, and which of them tell an address."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage

from accounts.access import has_permissions
from accounts.scrubbing import Scrubber
from operations import archives, pdfs, plain_texts
from pages.images import tidy
from pages.models.told import ToldPage, users_of

PLAIN_TEXT = (".txt", ".csv", ".ics", ".md", ".tsv", ".vtt", ".srt")  # what can be read without a program for it
MOST = 5 * 1024 * 1024  # bytes that are read of each


MOST_BYTES = 20 * 1024 * 1024
TOO_HEAVY = _("The file is larger than 20 MB. Please choose a smaller one.")
DISGUISED = _("The ending of the file’s name is not that of its content.")


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            check(file)
            file.name = tidy(file.name)
        return file


def check(file: File) -> None:
    """What could harm those who fetch it is refused. Raises ValidationError, in words for the person who chose the file."""
    if file.size > MOST_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_large")
    file.seek(0)
    content, ending = file.read(), Path(file.name).suffix.lower()
    file.seek(0)
    if ending in PLAIN_TEXT:
        _check_text(content, ending)
    elif ending == ".pdf" and content.startswith(pdfs.OPENING):
        pdfs.check(content)
    elif ending == ".zip" and content.startswith(archives.OPENING):
        archives.looked_into(content, is_office=False)
    elif not (
        content.startswith(archives.OPENING) and ending == f".{archives.ending_of(archives.looked_into(content))}"
    ):
        raise ValidationError(DISGUISED, code="disguised")


def _check_text(content: bytes, ending: str) -> None:
    if b"\0" in content:
        raise ValidationError(DISGUISED, code="disguised")
    plain_texts.check(content)
    if ending == ".csv":
        plain_texts.check_table(content)


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
