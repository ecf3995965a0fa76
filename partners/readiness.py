"""What the page of an organisation still needs before it can be reviewed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue.drafting.readiness import missing_texts, told_addresses
from catalogue.drafting.texts import texts_of
from catalogue.problems import Problem
from pages.languages import language_in_words

if TYPE_CHECKING:  # the models read this module
    from partners.models import Organisation

TEXTS = ("department", "description")
LINES = (
    *("name_original", "name_english", "abbreviation", "aliases", "street", "postal_code", "town"),
    *("nace", "pic", "other_id", "other_id_scheme", "website", "ror"),
)


def problems_of(organisation: "Organisation") -> list[Problem]:
    """Everything that keeps the draft from being reviewed, in the order of the form."""
    return [
        *_missing_facts(organisation),
        *_logo_problems(organisation),
        *_email_addresses(organisation),
    ]


def _missing_facts(organisation: "Organisation") -> Iterator[Problem]:
    if organisation.missing_for_publication():
        yield Problem("name_original", _("Say what the organisation is called."))
    yield from missing_texts(organisation, ("description",))
    if not organisation.partner_type:
        yield Problem("partner_type", _("Choose what kind of organisation it is."))
    if not organisation.country:
        yield Problem("country", _("Say at least in which country it is."))


def _logo_problems(organisation: "Organisation") -> Iterator[Problem]:
    original = organisation.original_language
    if organisation.logo_id and original not in texts_of(organisation, ("logo_alt",))["logo_alt"]:
        message = _("Say in %(language)s what the picture shows, for those who cannot see it.")
        yield Problem("logo_alt", message % {"language": language_in_words(original)}, original)


def _email_addresses(organisation: "Organisation") -> Iterator[Problem]:
    lines = {name: getattr(organisation, name) for name in LINES}
    return told_addresses(organisation, texts_of(organisation, (*TEXTS, "logo_alt")), lines)
