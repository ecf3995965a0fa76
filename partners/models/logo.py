"""The signs by which organisations are known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.pictures import KeptPicture


class Logo(KeptPicture):
    """A PNG, which keeps what is transparent. It is private until a published document shows it (`partners.logos`).

    `organisations` are those that show it or have shown it, in drafts or in public.
    """

    folder, ending, content_type = "logos", "png", "image/png"

    organisations = models.ManyToManyField(
        "partners.Organisation", verbose_name=_("organisations"), related_name="logos_ever_shown"
    )

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
