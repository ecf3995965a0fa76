from catalogue.models.entry import (
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    OldSlug,
    Reference,
    WithdrawalReason,
)
from catalogue.models.network import Network
from catalogue.models.state import CatalogueState

__all__ = [
    "CatalogueState",
    "Entry",
    "EntryFacet",
    "EntryVersion",
    "EntryWords",
    "Network",
    "OldSlug",
    "Reference",
    "WithdrawalReason",
]
