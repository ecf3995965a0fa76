"""The form in which a coordinator writes the page of her organisation."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.codes import LegalStatus, PartnerType, SmeSize
from catalogue.drafting.fields import DraftAddress, DraftLine, DraftText
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.page import Section
from catalogue.drafting.pictures import ALT_SPEC, WithPicture
from catalogue.drafting.places import (
    NAMED,
    SPOT,
    PlaceRow,
    RegionField,
    changed_spot,
    check_place,
    country_field,
    newest_version,
    spot_fields,
    with_region,
)
from catalogue.drafting.spots import degrees_in_words
from catalogue.drafting.texts import TextSpec, initial_texts, typed_in
from partners import logos
from partners.models import Logo, Organisation
from partners.readiness import TEXTS

# Fields of the record that are fields of the form as they are.
LINES = (
    *("name_original", "name_english", "abbreviation", "partner_type", "website"),
    *("street", "postal_code", "town", "country", "nuts"),
    *("legal_status", "sme_size", "nace", "pic", "other_id", "other_id_scheme", "ror"),
)
SECTIONS = (
    Section(
        "names",
        _("Names"),
        ("original_language", "name_original", "name_english", "abbreviation", "department", "aliases"),
    ),
    Section("about", _("What it is and does"), ("description", "partner_type", "topics", "website")),
    Section("where", _("Where it is"), ("street", "postal_code", "town", "country", "nuts", *SPOT)),
    Section("logo", _("Logo"), ("logo", "logo_alt")),
    Section(
        "numbers",
        _("Numbers"),
        ("legal_status", "sme_size", "nace", "pic", "other_id", "other_id_scheme", "ror"),
    ),
)
_WITH_YEARS = re.compile(r"(?P<name>.+?)\s*\(\s*(?P<from>\d{4})?\s*[–-]\s*(?P<to>\d{4})?\s*\)")


class OrganisationPageForm(WithPicture, DraftForm):
    texts = {
        "department": TextSpec(_("Department"), _("The part of it that takes part in the network."), DraftLine),
        "description": TextSpec(
            _("Description"),
            _("What it does, and for whom, in a few sentences. They stand on top of its page."),
            DraftText,
            rows=6,
            needed=True,
        ),
        "logo_alt": ALT_SPEC,
    }
    unreadable = {"aliases": []} | dict.fromkeys(SPOT)
    picture = "logo"
    pictures = Logo
    keep = staticmethod(logos.keep)
    may_use = staticmethod(logos.may_use)
    clean_logo = WithPicture.clean_picture

    def texts_in(self, draft: Organisation) -> tuple[str, ...]:
        return (*TEXTS, "logo_alt")

    def picture_of(self, draft: Organisation) -> Logo | None:
        return draft.logo

    def is_left_out(self, anchor: str) -> bool:
        """Numbers serve machines; nobody need know them."""
        return anchor == "numbers" or (anchor == "logo" and self.picture_shown is None)

    # Both ways

    def initial_of(self, draft: Organisation) -> dict[str, Any]:
        return {
            "original_language": draft.original_language,
            **{name: getattr(draft, name) or "" for name in LINES},
            **{name: degrees_in_words(getattr(draft, name)) for name in SPOT},
            "aliases": "\n".join(map(_alias_line, draft.aliases)),
            "topics": list(draft.topics),
            "logo_kept": draft.logo.digest if draft.logo else "",
            **initial_texts(draft, self.texts, self.languages),
        }

    def write(self, cleaned, draft: Organisation) -> None:
        was = {key: getattr(draft, key) for key in (*NAMED, *SPOT)}
        for name in LINES:
            setattr(draft, name, cleaned[name])
        for name in self.texts:
            setattr(draft, name, typed_in(cleaned, name, getattr(draft, name), self.languages))
        draft.original_language = cleaned["original_language"] or draft.original_language
        draft.topics = [code for code, _label in draft._meta.get_field("topics").codes if code in cleaned["topics"]]
        draft.aliases = cleaned["aliases"]
        draft.logo = cleaned["logo"]
        if was["nuts"] != draft.nuts:
            draft.nuts_version = newest_version(draft.nuts)
        self._write_spot(cleaned, draft, was)

    def _write_spot(self, cleaned, draft: Organisation, was: dict[str, Any]) -> None:
        """Where nothing was sent of it, it stays with the place that it was the spot of."""
        sent = {key: cleaned.get(key) for key in SPOT if key in self.data}
        if len(sent) < len(SPOT):
            sent = {} if all(was[key] == getattr(draft, key) for key in NAMED) else dict.fromkeys(SPOT)
        for key, degrees in changed_spot(sent, was).items():
            setattr(draft, key, degrees)

    # Fields

    def add_fields(self) -> None:
        self.add_original_language()
        self._add_names()
        self._add_description()
        self._add_address()
        self.add_picture(
            label=_("Logo"),
            help_text=_("PNG, JPEG or WebP, at most 2 MB and 4,000 pixels. What is transparent stays so."),
            remove_label=_("Take the logo out"),
        )
        self._add_numbers()

    def _add_names(self) -> None:
        self.fields["name_original"] = DraftLine(
            label=_("Name in its own language"), help_text=_("As its papers print it."), most=250, needed=True
        )
        self.fields["name_english"] = DraftLine(
            label=_("Name in English"), help_text=_("Only if it calls itself so."), most=250
        )
        self.fields["abbreviation"] = DraftLine(label=_("Abbreviation"), most=60)
        self.add_text("department")
        self.fields["aliases"] = AliasLines(
            label=_("Other names"),
            help_text=_(
                "Earlier names and short forms, one on each line; with years if you know them: MRA (1998–2004)."
            ),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _add_description(self) -> None:
        self.add_text("description")
        self.fields["partner_type"] = _choice(PartnerType, _("Type"), needed=True)
        self.add_topics(help_text=_("What it knows about."), needed=False)
        self.fields["website"] = DraftAddress(label=_("Website"), help_text=_("Such as www.example.org."))

    def _add_address(self) -> None:
        self.fields["street"] = DraftLine(label=_("Street and number"), most=200)
        self.fields["postal_code"] = DraftLine(label=_("Postal code"), most=20)
        self.fields["town"] = DraftLine(label=_("Town"), most=120)
        self.fields["country"] = country_field({self.draft.country} - {""}, label=_("Country"))
        self.fields["country"].needed = True
        self.fields["nuts"] = RegionField()
        self.fields |= dict(spot_fields())

    @property
    def place(self) -> PlaceRow:
        return PlaceRow(self, "")

    def taken(self, data, lookup):
        return with_region(super().taken(data, lookup), lookup)

    def _add_numbers(self) -> None:
        self.fields["legal_status"] = _choice(LegalStatus, _("Legal status"))
        self.fields["sme_size"] = _choice(SmeSize, _("Size, if it is an enterprise"))
        self.fields["nace"] = DraftLine(label=_("Branch (NACE Rev. 2)"), most=10)
        self.fields["pic"] = DraftLine(label=_("PIC, the number that the European Commission gave it"), most=20)
        self.fields["other_id"] = DraftLine(label=_("VAT or another number"), most=40)
        self.fields["other_id_scheme"] = DraftLine(label=_("Kind of that number"), most=40)
        self.fields["ror"] = DraftAddress(label=_("ROR, the address of a research organisation"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        values = {key: cleaned.get(key) for key in (*NAMED, *SPOT)}
        if (values["nuts"] or "").upper() == self.draft.nuts:
            values["nuts"] = ""  # what stands there already stays
        check_place(self, "", values)
        if "nuts" in cleaned:
            cleaned["nuts"] = values["nuts"] or cleaned["nuts"].upper()
        return cleaned


def _choice(codes, label: str, *, needed: bool = False) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=label,
        choices=[("", _("Not chosen yet")), *((value, capfirst(name)) for value, name in codes.choices)],
        required=False,
        error_messages={"invalid_choice": _("This is not in the list.")},
    )
    field.needed = needed
    return field


class AliasLines(DraftText):
    """Names, one on each line, with the years in brackets; gives a list of {name, from, to}."""

    def clean(self, value) -> list[dict]:
        return [_alias(" ".join(line.split())) for line in super().clean(value).split("\n") if line.strip()]


def _alias(line: str) -> dict:
    found = _WITH_YEARS.fullmatch(line)
    if not found or not (found["from"] or found["to"]):
        return {"name": line, "from": None, "to": None}
    first, last = (int(found[key]) if found[key] else None for key in ("from", "to"))
    if first and last and first > last:
        raise ValidationError(_("“%(line)s” ends before it begins."), params={"line": line})
    return {"name": found["name"], "from": first, "to": last}


def _alias_line(alias: dict) -> str:
    if not (alias.get("from") or alias.get("to")):
        return alias["name"]
    return f"{alias['name']} ({alias.get('from') or ''}–{alias.get('to') or ''})"
