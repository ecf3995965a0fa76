"""Several files in a form, each with its words: what was chosen once need not be chosen again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.attached import Format
from catalogue.children import Part
from catalogue.drafting.fields import DraftLine
from catalogue.drafting.items import Item, Items
from catalogue.drafting.texts import TextSpec
from catalogue.records import Record
from catalogue.texts import is_storable


class Named(forms.Field):
    """The name of the file that is there; what cannot be one names none."""

    def bound_data(self, data, initial):
        return data if is_storable(data or "") else ""


class FileItems(Items):
    """Parts that hold a file. A group's fields are the file, the name of the one that is kept, and the words.

    Clean, a group has its file: one just chosen is kept at once, even while another field is refused.
    """

    not_kept = ("file", "kept")

    holds: str  # what a part calls its file
    named_by: str  # what of a file names it in the form
    keep: Callable[..., Any]  # (upload, by=user); raises ValidationError
    usable: Callable[..., Mapping[str, Any]]  # (names, draft, user) → those that may stand in the draft, by name
    file_label: str | Promise
    file_help: str | Promise
    accepted: str  # what a browser offers to choose from
    gone: str | Promise

    def fields(self) -> dict[str, forms.Field]:
        return {
            "file": forms.FileField(
                label=self.file_label,
                help_text=self.file_help,
                widget=forms.FileInput(attrs={"accept": self.accepted}),
                required=False,
                error_messages={"empty": _("The file is empty.")},
            ),
            "kept": Named(required=False, widget=forms.HiddenInput),
        }

    def parts_of(self, draft: Record) -> list[Part]:
        parts = super().parts_of(draft)
        prefetch_related_objects(parts, self.holds)
        return parts

    def values_of(self, part: Part) -> dict[str, Any]:
        return super().values_of(part) | {"kept": self._name(getattr(part, self.holds))}

    def _name(self, held) -> str:
        return getattr(held, self.named_by) if held else ""

    def clean(self, form: forms.Form, items: list[Item]) -> None:
        found = self._found(form, (item.values["kept"] for item in items))
        form.held[self.name] = {}
        for item in items:
            upload, kept = item.values.pop("file"), item.values.pop("kept") or ""
            item.values[self.holds] = found.get(kept)
            try:
                if upload:
                    item.values[self.holds] = self.keep(upload, by=form.user)
                elif kept and kept not in found:
                    raise ValidationError(self.gone, code="not_there")
            except ValidationError as refused:
                form.add_error(self.field(item.key, "file"), refused)
            form.held[self.name][item.key] = item.values[self.holds]

    def _found(self, form: forms.Form, names: Iterable[str | None]) -> Mapping[str, Any]:
        known = {name for name in names if name and is_storable(name)}
        return self.usable(known, form.draft, form.user) if known else {}

    def sent_again(self, item: Item) -> dict[str, str]:
        return {self.field(item.key, "kept"): self._name(item.values[self.holds])}

    def items_of(self, draft) -> list[Item]:
        parts = zip(super().items_of(draft), self.parts_of(draft), strict=True)
        return [item._replace(values=item.values | {self.holds: getattr(part, self.holds)}) for item, part in parts]

    def shown(self, form: forms.Form, key: str):
        """The file beside the group's fields: what was chosen or kept, even while another field is refused."""
        if form.is_bound:
            form.errors  # noqa: B018 - reading them cleans the form
            return form.held[self.name].get(key)
        return next((getattr(part, self.holds) for part in self.parts_of(form.draft) if str(part.uid) == key), None)


class AttachmentItems(FileItems):
    """Files to take along: a form, a contract, a table (`catalogue.attached`)."""

    shows = "file"
    rows = (("file",), ("title",))
    texts = {"title": TextSpec(_("What the file is"), _("For example: the contract with the firms."), DraftLine)}
    most = 10
    holds, named_by = "file", "key"
    file_label = _("File")
    file_help = _("PDF, DOCX, XLSX, ODT, TXT or CSV, at most 10 MB. The name that it has with you is not kept.")
    accepted = ",".join(f".{ending}" for ending in Format.values)
    gone = _("This file is not there any more. Please choose it again.")

    def file_address(self, item: Item) -> str:
        return item.values["file"].url if item.values["file"] else ""

    def in_words(self, name: str, value: Any) -> str:
        """Two files of one size are told apart by how they are called here."""
        if name != "file":
            return super().in_words(name, value)
        return f"{value.get_format_display()}, {filesizeformat(value.size)} ({value})"
