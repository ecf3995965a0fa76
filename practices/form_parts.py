"""The repeated parts of a practice as its form shows them."""

from django.utils.translation import gettext_lazy as _

from catalogue.drafting.item_pictures import PictureItems
from practices import photos
from practices.models import Photo


class Images(PictureItems):
    name = relation = "images"
    one = _("Picture")
    another = _("Add a picture")
    pictures = Photo
    keep = staticmethod(photos.keep)
    usable = staticmethod(photos.usable)


PARTS = (Images(),)
