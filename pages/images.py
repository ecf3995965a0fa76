"""Images that editors upload."""

from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.forms import BaseImageForm

TOO_MANY_PIXELS = _("This image has far too many pixels. Make it smaller: 4,000 pixels are enough for any screen.")


class ImageForm(BaseImageForm):
    def _clean_fields(self):
        """A small file may unfold to gigabytes: Pillow refuses to open it, before Wagtail could count its pixels."""
        try:
            super()._clean_fields()
        except DecompressionBombError:
            self.add_error("file", TOO_MANY_PIXELS)
