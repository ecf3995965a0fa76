"""Several pictures in a form, each with its words: who took it, under which licence, what it shows."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from catalogue.children import Part
from catalogue.codes import Licence
from catalogue.drafting.fields import DraftLine
from catalogue.drafting.items import Item, Items
from catalogue.drafting.pictures import ALT_SPEC, GONE
from catalogue.pictures import KeptPicture
from catalogue.records import Record
from catalogue.texts import is_storable


class Digest(forms.Field):
    """Of the picture that is there; what cannot be one names none."""

    def bound_data(self, data, initial):
        return data if is_storable(data or "") else ""


class PictureItems(Items):
    """Parts with a `photo`. A group's fields are the file, the digest of the picture that is kept, and the words.

    Clean, a group has its picture: one just chosen is kept at once, so that it need not be chosen again.
    """

    rows = (("file",), ("alt",), ("credit",), ("licence",))
    texts = {"alt": ALT_SPEC}
    defaults = {"licence": Licence.CC_BY_4.value}
    not_kept = ("file", "kept")

    pictures: type[KeptPicture]
    keep: Callable[..., KeptPicture]  # (upload, by=user); raises ValidationError
    usable: Callable[
        ..., Mapping[str, KeptPicture]
    ]  # (digests, draft, user) → those that may stand in the draft, by digest
    file_label = _("Picture")
    file_help = _("JPEG, PNG or WebP, at most 10 MB. Where and with what it was taken is not kept.")

    def fields(self) -> dict[str, forms.Field]:
        return {
            "file": forms.FileField(
                label=self.file_label,
                help_text=self.file_help,
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
                required=False,
                error_messages={"empty": _("The file is empty.")},
            ),
            "kept": Digest(required=False, widget=forms.HiddenInput),
            "credit": DraftLine(label=_("Who took it"), help_text=_("Name of the person or organisation."), most=200),
            "licence": forms.ChoiceField(
                label=_("Licence"),
                help_text=_("Under which others may use the picture."),
                choices=Licence.choices,
                required=False,
                error_messages={"invalid_choice": _("This licence is not in the list.")},
            ),
        }

    def parts_of(self, draft: Record) -> list[Part]:
        parts = super().parts_of(draft)
        prefetch_related_objects(parts, "photo")
        return parts

    def values_of(self, part: Part) -> dict[str, Any]:
        return super().values_of(part) | {"kept": part.photo.digest if part.photo else ""}

    def write(self, item: Item, part: Part) -> None:
        values = item.values | {"licence": item.values["licence"] or part.licence}
        super().write(item._replace(values=values), part)

    def clean(self, form: forms.Form, items: list[Item]) -> None:
        found = self._found(form, (item.values["kept"] for item in items))
        form.photos_shown = {}
        for item in items:
            upload, digest = item.values.pop("file"), item.values.pop("kept") or ""
            item.values["photo"] = found.get(digest)
            field = self.field(item.key, "file")
            try:
                if upload:
                    item.values["photo"] = self.keep(upload, by=form.user)
                elif digest and digest not in found:
                    raise ValidationError(GONE, code="not_there")
            except ValidationError as refused:
                form.add_error(field, refused)
            form.photos_shown[item.key] = item.values["photo"]

    def _found(self, form: forms.Form, digests: Iterable[str | None]) -> Mapping[str, KeptPicture]:
        known = {digest for digest in digests if digest and is_storable(digest)}
        return self.usable(known, form.draft, form.user) if known else {}

    def sent_again(self, item: Item) -> dict[str, str]:
        photo = item.values["photo"]
        return {self.field(item.key, "kept"): photo.digest if photo else ""}

    def items_of(self, draft) -> list[Item]:
        parts = zip(super().items_of(draft), self.parts_of(draft), strict=True)
        return [item._replace(values=item.values | {"photo": part.photo}) for item, part in parts]

    def picture_address(self, item: Item) -> str:
        return item.values["photo"].url if item.values["photo"] else ""

    def shown(self, form: forms.Form, key: str) -> KeptPicture | None:
        """The picture beside the group's fields: what was chosen or kept, even while another field is refused."""
        if form.is_bound:
            form.errors  # noqa: B018 - reading them cleans the form
            return form.photos_shown.get(key)
        return next((part.photo for part in self.parts_of(form.draft) if str(part.uid) == key), None)
