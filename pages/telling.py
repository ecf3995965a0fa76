"""Pages whose story is told once, when it is published, and then only read: what other rooms need of them.

A `ToldPage` draws the blocks of its `body` when its live row is saved, in its own language, into `segments`; see
`pages.story`. A place among them is drawn when the page is read, by `<app>/places/<place>.html`, with the values that
stand beside it in the segment.
"""

from pages.models.told import ToldPage, ToldPageForm, retell, retell_users_of, users_of
from pages.publishable import NotPublishable
from pages.story import PlaceBlock, Segment, segments_of

__all__ = [
    "NotPublishable",
    "PlaceBlock",
    "Segment",
    "ToldPage",
    "ToldPageForm",
    "retell",
    "retell_users_of",
    "segments_of",
    "users_of",
]
