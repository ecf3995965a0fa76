"""One picture in a form: the file, the one that is there already, and whether to take it out."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftLine
from catalogue.drafting.texts import TextSpec
from catalogue.texts import is_storable

ALT_SPEC = TextSpec(_("What the picture shows"), _("One sentence for those who cannot see it."), DraftLine)
GONE = _("This picture is not there any more. Please choose it again.")


class WithPicture:
    """`picture` is the field's name: the file; beside it `…_remove`, `…_kept` (a digest) and the text `…_alt`.

    Clean, the field is the picture to show, or None: one just chosen is kept at once, so that it need not be chosen again.
    """

    picture = "photo"
    pictures: type  # the model of such pictures
    keep: Callable[..., Any]  # (upload, by=user) → picture; raises ValidationError
    may_use: Callable[..., bool]  # (picture, draft, user)

    def add_picture(self, *, label: str, help_text: str, remove_label: str) -> None:
        self.fields[self.picture] = forms.FileField(
            label=label,
            help_text=help_text,
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            required=False,
            error_messages={"empty": _("The file is empty.")},
        )
        self.fields[f"{self.picture}_remove"] = forms.BooleanField(label=remove_label, required=False)
        self.add_text(f"{self.picture}_alt")

    def picture_of(self, draft):
        """The one that the draft shows."""

    def clean_picture(self):
        """For the form to call `clean_<picture>`."""
        upload: UploadedFile | None = self.cleaned_data[self.picture]
        return self.keep(upload, by=self.user) if upload else self._kept()

    def _kept(self):
        digest = self.data.get(f"{self.picture}_kept", "")
        found = self.pictures.objects.filter(digest=digest).first() if is_storable(digest) else None
        if digest and not (found and self.may_use(found, self.draft, self.user)):
            raise ValidationError(GONE, code="not_there")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get(f"{self.picture}_remove") and not self.files.get(self.picture):
            cleaned[self.picture] = None
        return cleaned

    @property
    def picture_shown(self):
        """The picture beside the fields: what was chosen or kept, even while another field is refused."""
        if not self.is_bound:
            return self.picture_of(self.draft)
        try:
            return (
                self.cleaned_data[self.picture]
                if self.is_valid()
                else self.cleaned_data.get(self.picture) or self._kept()
            )
        except ValidationError:
            return None
