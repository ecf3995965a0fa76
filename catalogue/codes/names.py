"""The names of the closed lists in every language of the content.

Lists, dumps and the API need them language by language, whatever language the interface is in. They stand in
`catalogue/data/names.json`, written by hand. SDG names are those of the United Nations' language versions, NACE names
those of the regulation's; keep.eu, Jems and ISO have English names only, the others are ours.
"""

import json
from functools import cache
from pathlib import Path

from django.db.models import Choices

LANGUAGES = ("en", "sl", "it", "de", "fr")

_DATA = Path(__file__).resolve().parent.parent / "data" / "names.json"

# The list's key in the file, by the name of its class.
_KEYS = {
    "Topic": "topics",
    "PartnerType": "partner_types",
    "SmeSize": "sme_sizes",
    "LegalStatus": "legal_statuses",
    "Strand": "strands",
    "Period": "periods",
    "Sdg": "sdgs",
    "NaceSection": "nace_sections",
    "Licence": "licences",
}


@cache
def table(key: str) -> dict[str, dict[str, str]]:
    """One list of the file: code → language → name."""
    return json.loads(_DATA.read_text(encoding="utf-8"))[key]


def ours(language: str) -> str:
    """`language` without its region (`en-gb` → `en`), English where it is not one of ours."""
    language = language.split("-")[0]
    return language if language in LANGUAGES else "en"


def names(choice: Choices) -> dict[str, str]:
    """Language → name of a member of one of our lists: `names(Sdg(9))`, `names(Topic("circular-economy"))`."""
    return dict(table(_KEYS[type(choice).__name__])[str(choice.value)])


def name(choice: Choices, language: str) -> str:
    """The member's name in `language`, in English where that is not one of ours."""
    return names(choice)[ours(language)]
