from catalogue.models.entry import (
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    FormerTopic,
    OldSlug,
    Reference,
    WithdrawalReason,
)
from catalogue.models.network import Network
from catalogue.models.state import CatalogueState
from catalogue.models.text_origin import TextOrigin
from catalogue.models.working_copy import WorkingCopy

__all__ = [
    "CatalogueState",
    "Entry",
    "EntryFacet",
    "EntryVersion",
    "EntryWords",
    "FormerTopic",
    "Network",
    "OldSlug",
    "Reference",
    "TextOrigin",
    "WithdrawalReason",
    "WorkingCopy",
]
