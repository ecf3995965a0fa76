"""Code lists: topics, countries, regions, and the smaller closed lists.

Countries and regions are asked as modules, `countries.is_country(…)`, `nuts.nuts_name(…)`; the rest are Django choices.
"""

from catalogue.codes import countries, nuts
from catalogue.codes.lists import (
    LICENCE_URLS,
    LegalStatus,
    Licence,
    NaceSection,
    PartnerType,
    Period,
    Sdg,
    SmeSize,
    Strand,
)
from catalogue.codes.names import LANGUAGES, name, names
from catalogue.codes.topics import TOPICS, Topic, topic_name, topic_names

__all__ = [
    "LANGUAGES",
    "LICENCE_URLS",
    "TOPICS",
    "LegalStatus",
    "Licence",
    "NaceSection",
    "PartnerType",
    "Period",
    "Sdg",
    "SmeSize",
    "Strand",
    "Topic",
    "countries",
    "name",
    "names",
    "nuts",
    "topic_name",
    "topic_names",
]
