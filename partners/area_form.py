"""The form in which a coordinator describes an industrial area that her organisation looks after."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.codes import NaceSection
from catalogue.drafting import places
from catalogue.drafting.fields import DraftAddress, DraftLine, DraftNumber, DraftText
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.page import Section
from catalogue.drafting.texts import TextSpec, initial_texts, typed_in
from partners.area_readiness import TEXTS
from partners.models import IndustrialArea

HECTARES = ("hectares_total", "hectares_free")
COUNTS = ("firms", "jobs")
SECTIONS = (
    Section("in-short", _("In short"), ("original_language", "name", "summary", "type")),
    Section("what", _("What it is like"), ("description", "services")),
    Section("numbers", _("In numbers"), (*HECTARES, *COUNTS, "nace")),
    Section("where", _("Topics and places"), ("topics", "places", "place", "website")),
)


class AreaForm(places.WithPlaces, DraftForm):
    texts = {
        "name": TextSpec(_("Name"), _("As people there call it."), DraftLine, needed=True),
        "summary": TextSpec(
            _("Summary"),
            _("One or two sentences. This is what people see in the list."),
            DraftText,
            limit=160,
            rows=3,
            needed=True,
        ),
        "description": TextSpec(
            _("What it is like"), _("Situation, history, what stands there, what is planned."), DraftText, rows=6
        ),
        "services": TextSpec(
            _("Services"), _("What firms find there. One a line, each with a hyphen in front."), DraftText, rows=4
        ),
    }
    unreadable = dict.fromkeys((*HECTARES, *COUNTS)) | {"places": [], "nace": []}

    def texts_in(self, draft: IndustrialArea) -> tuple[str, ...]:
        return TEXTS

    def is_left_out(self, anchor: str) -> bool:
        told = (getattr(self.draft, name) for name in (*HECTARES, *COUNTS))
        return anchor == "numbers" and not self.is_bound and all(each is None for each in told)

    # Both ways

    def initial_of(self, draft: IndustrialArea) -> dict[str, Any]:
        return {
            "original_language": draft.original_language,
            "type": draft.type,
            "topics": list(draft.topics),
            "nace": list(draft.nace),
            "website": draft.website,
            **{name: _plain(getattr(draft, name)) for name in (*HECTARES, *COUNTS)},
            **initial_texts(draft, TEXTS, self.languages),
            **places.initial_places(draft.places),
        }

    def write(self, cleaned, draft: IndustrialArea) -> None:
        for name in TEXTS:
            setattr(draft, name, typed_in(cleaned, name, getattr(draft, name), self.languages))
        for name in ("type", "website", *HECTARES):
            setattr(draft, name, cleaned[name])
        for name in COUNTS:
            setattr(draft, name, None if cleaned[name] is None else int(cleaned[name]))
        for name in ("topics", "nace"):
            setattr(draft, name, [code for code, _label in draft._meta.get_field(name).codes if code in cleaned[name]])
        draft.original_language = cleaned["original_language"] or draft.original_language
        draft.places = places.written_places(cleaned["places"], draft.places)

    # Fields

    def add_fields(self) -> None:
        self.add_original_language()
        for name in TEXTS:
            self.add_text(name)
        self.fields["type"] = forms.ChoiceField(
            label=_("Type"),
            choices=[(value, capfirst(label)) for value, label in IndustrialArea.Type.choices],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": _("This is not in the list.")},
        )
        self.fields["type"].needed = True
        self.fields["hectares_total"] = DraftNumber(label=_("Hectares in all"), digits=9, decimals=2)
        self.fields["hectares_free"] = DraftNumber(label=_("Hectares still free"), digits=9, decimals=2)
        self.fields["firms"] = DraftNumber(label=_("Firms"), digits=9)
        self.fields["jobs"] = DraftNumber(label=_("Jobs"), digits=9)
        wrong = _("This is not in the list.")
        self.fields["nace"] = forms.MultipleChoiceField(
            label=_("Branches that are really there"),
            choices=NaceSection.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": wrong, "invalid_list": wrong},
        )
        self.add_topics(help_text=_("What others can learn from it."), needed=False)
        self.add_places()
        self.fields["website"] = DraftAddress(label=_("Website"), help_text=_("Such as www.example.org."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        free, total = cleaned.get("hectares_free"), cleaned.get("hectares_total")
        if free is not None and total is not None and free > total:
            told = _("More land is free than there is: at most %(total)s hectares.") % {"total": total}
            self.add_error("hectares_free", told)
        return cleaned


def _plain(number: Decimal | str | int | None) -> str:
    """Without noughts at the end: 38.50 → 38.5."""
    if number is None:
        return ""
    digits = f"{Decimal(number):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
