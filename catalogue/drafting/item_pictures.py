"""Several pictures in a form, each with its words: who took it, under which licence, what it shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.children import Part
from catalogue.codes import Licence
from catalogue.drafting.fields import DraftLine
from catalogue.drafting.item_files import FileItems
from catalogue.drafting.items import Item
from catalogue.drafting.pictures import ALT_SPEC, GONE
from catalogue.pictures import KeptPicture


class PictureItems(FileItems):
    """Parts with a `photo`, which is named by its digest."""

    shows = "picture"
    rows = (("file",), ("alt",), ("credit",), ("licence",))
    texts = {"alt": ALT_SPEC}
    defaults = {"licence": Licence.CC_BY_4.value}

    pictures: type[KeptPicture]
    holds, named_by = "photo", "digest"
    file_label = _("Picture")
    file_help = _("JPEG, PNG or WebP, at most 10 MB. Where and with what it was taken is not kept.")
    accepted = "image/jpeg,image/png,image/webp"
    gone = GONE

    def fields(self) -> dict[str, forms.Field]:
        return super().fields() | {
            "credit": DraftLine(label=_("Who took it"), help_text=_("Name of the person or organisation."), most=200),
            "licence": forms.ChoiceField(
                label=_("Licence"),
                help_text=_("Under which others may use the picture."),
                choices=Licence.choices,
                required=False,
                error_messages={"invalid_choice": _("This licence is not in the list.")},
            ),
        }

    def write(self, item: Item, part: Part) -> None:
        values = item.values | {"licence": item.values["licence"] or part.licence}
        super().write(item._replace(values=values), part)

    def picture_address(self, item: Item) -> str:
        return item.values["photo"].url if item.values["photo"] else ""
