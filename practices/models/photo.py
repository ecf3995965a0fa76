"""Photos, and how practices show them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from catalogue.children import Part
from catalogue.codes import Licence
from catalogue.fields import TextLineField
from catalogue.pictures import KeptPicture
from practices.models.practice import GoodPractice


class Photo(KeptPicture):
    """A JPEG. It is private until a published document shows it (`practices.photos.is_public`).

    `practices` are those that show it or have shown it, in drafts or in public.
    """

    folder, ending, content_type = "photos", "jpg", "image/jpeg"

    practices = models.ManyToManyField(GoodPractice, verbose_name=_("practices"), related_name="photos_ever_shown")

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")


class PracticeImage(Part):
    """A photo as a practice shows it."""

    practice = ParentalKey(GoodPractice, on_delete=models.CASCADE, related_name="images")
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL, related_name="uses")
    alt = TextLineField(_("what the picture shows"))
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_4)

    class Meta(Part.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
