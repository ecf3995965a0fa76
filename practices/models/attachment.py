"""Files that stand beside a practice: a form, a contract, a table."""

import secrets
from typing import BinaryIO

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from catalogue import pictures
from catalogue.attached import Format
from catalogue.children import Part
from catalogue.fields import TextLineField
from practices.models.practice import GoodPractice


def random_key() -> str:
    """128 bits: nobody guesses it, and it says nothing of what is in the file."""
    return secrets.token_hex(16)


class AttachedFile(models.Model):
    """A file in private storage. It is private until a published document names it (`practices.attachments.is_public`).

    `practices` are those that name it or have named it, in drafts or in public.
    """

    key = models.CharField(max_length=32, unique=True, default=random_key, editable=False)
    format = models.CharField(_("format"), max_length=5, choices=Format)
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded = models.DateTimeField(auto_now_add=True)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploader"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    practices = models.ManyToManyField(GoodPractice, verbose_name=_("practices"), related_name="files_ever_named")

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")

    def __str__(self):
        return f"{self.key[:8]}.{self.format}"

    @property
    def url(self) -> str:
        """Root-relative, as documents hold it."""
        return f"/attachments/{self.key}.{self.format}"

    @property
    def path(self) -> str:
        return f"attachments/{self.key[:2]}/{self.key}.{self.format}"

    def opened(self) -> BinaryIO:
        """Raises FileNotFoundError."""
        return pictures.storage().open(self.path)

    def content(self) -> bytes:
        """At most ten megabytes. Raises FileNotFoundError."""
        with self.opened() as file:
            return file.read()


class Attachment(Part):
    """A file as a practice names it."""

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(AttachedFile, null=True, on_delete=models.SET_NULL, related_name="uses")
    title = TextLineField(_("title"))

    class Meta(Part.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return str(self.title)
