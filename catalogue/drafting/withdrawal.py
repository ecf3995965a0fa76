"""What its people are asked when they withdraw a record: why, and what takes its place."""

from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftLine
from catalogue.models import Entry, WithdrawalReason
from catalogue.records import Record
from operations.addresses import parts_of


class WithdrawalForm(forms.Form):
    """The contract knows a successor after a merge alone: then the old address leads there, and nobody meets the 410."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=WithdrawalReason.choices,
        initial=WithdrawalReason.WITHDRAWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why it is withdrawn.")},
        help_text=_("It stays readable when everything else of the record is gone."),
    )
    successor = DraftLine(
        label=_("Address of the record that takes its place"),
        help_text=_(
            "Only where it was joined with another one, which is public: the old address leads there from now on."
        ),
        most=500,
    )

    def __init__(self, data=None, *, record: Record):
        super().__init__(data)
        self.record = record

    def clean_successor(self) -> Entry | None:
        address = self.cleaned_data["successor"]
        if not address:
            return None
        found = entry_at(address)
        mine = Entry.objects.get(uid=self.record.uid)
        if found is None or found.kind != mine.kind or found == mine:
            raise ValidationError(_("There is no other public record of this kind at this address."))
        return found

    def clean(self) -> dict:
        cleaned = super().clean()
        is_merged, successor = cleaned.get("reason") == WithdrawalReason.MERGED, cleaned.get("successor")
        if is_merged and not successor and "successor" not in self.errors:
            self.add_error("successor", _("Say which public record took its place."))
        if successor and not is_merged:
            self.add_error("reason", _("Another record takes its place only after a merge."))
        return cleaned

    @property
    def withdrawal(self) -> dict:
        """As `Record.unpublish` takes it."""
        successor = self.cleaned_data["successor"]
        return {"reason": self.cleaned_data["reason"], "merged_into": successor and successor.uid}


def entry_at(address: str) -> Entry | None:
    """The visible entry of ours whose page, in any language, or whose permanent address somebody has copied."""
    parts = parts_of(address)
    if parts is None or parts.netloc not in ("", urlsplit(settings.PUBLIC_URL).netloc):
        return None
    steps = parts.path.strip("/").split("/")
    ours = Entry.objects.visible().ours()
    if len(steps) == 2 and steps[0] == "id":
        return ours.filter(uid=_uid(steps[1])).first()
    if len(steps) == 3 and steps[0] in dict(settings.LANGUAGES):
        return ours.of_kind(steps[1]).filter(slug=steps[2]).first()
    return None


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
