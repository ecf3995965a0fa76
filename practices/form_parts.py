"""The repeated parts of a practice as its form shows them. Each is called there as the practice calls them."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftAddress, DraftLine, DraftNumber, DraftText, DraftYear
from catalogue.drafting.item_files import AttachmentItems
from catalogue.drafting.item_pictures import PictureItems
from catalogue.drafting.items import Items
from catalogue.drafting.texts import TextSpec
from practices import attachments, photos
from practices.models import Evidence, Photo
from practices.models.resources import EARLIEST_YEAR, LATEST_YEAR


class BuildingBlocks(Items):
    name = relation = "building_blocks"
    one = _("Building block")
    many = _("Building blocks")
    another = _("Add a building block")
    rows = (("title",), ("description",), ("enabling_factors",), ("lessons",))
    texts = {
        "title": TextSpec(_("What it is called"), _("For example: one name on the door."), DraftLine),
        "description": TextSpec(_("What is done"), _("So that somebody else could do it."), DraftText, rows=3),
        "enabling_factors": TextSpec(_("What made it possible"), "", DraftText, rows=2),
        "lessons": TextSpec(_("What you learned from it"), "", DraftText, rows=2),
    }


class EvidenceRows(Items):
    name = relation = "evidence"
    one = _("Figure")
    many = _("Figures")
    another = _("Add a figure")
    rows = (("indicator",), ("value", "year"), ("unit",), ("confidence",), ("source_publication", "source_url"))
    texts = {
        "indicator": TextSpec(_("What was measured"), _("For example: firms that had visitors on the day."), DraftLine),
        "unit": TextSpec(_("Unit"), _("Firms, jobs, euros, tonnes a year."), DraftLine),
    }

    def fields(self) -> dict[str, forms.Field]:
        return {
            "value": DraftNumber(label=_("Value"), digits=16, decimals=4, smallest=None),
            "year": DraftYear(label=_("Year"), first=EARLIEST_YEAR, last=LATEST_YEAR),
            "confidence": forms.ChoiceField(
                label=_("How sure the figure is"),
                choices=[
                    ("", _("Not said")),
                    *((code, capfirst(label)) for code, label in Evidence.Confidence.choices),
                ],
                required=False,
                error_messages={"invalid_choice": _("This is not in the list.")},
            ),
            "source_publication": DraftLine(label=_("Where it can be read"), most=500),
            "source_url": DraftAddress(label=_("Address of the source"), most=500),
        }


class Links(Items):
    name = relation = "links"
    one = _("Link")
    many = _("Links")
    another = _("Add a link")
    rows = (("title",), ("url",))
    texts = {"title": TextSpec(_("Where it leads"), "", DraftLine)}

    def fields(self) -> dict[str, forms.Field]:
        return {"url": DraftAddress(label=_("Address"), most=500)}


class Images(PictureItems):
    name = relation = "images"
    one = _("Picture")
    many = _("Pictures")
    another = _("Add a picture")
    pictures = Photo
    keep = staticmethod(photos.keep)
    usable = staticmethod(photos.usable)


class Attachments(AttachmentItems):
    name = relation = "attachments"
    one = _("File")
    many = _("Files")
    another = _("Add a file")
    keep = staticmethod(attachments.keep)
    usable = staticmethod(attachments.usable)


PARTS = (EvidenceRows(), BuildingBlocks(), Images(), Links(), Attachments())
