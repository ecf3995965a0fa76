"""What *My work* shows of suggestions."""

import json
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.models import Entry
from feedback.letters import title_in
from feedback.models import Suggestion
from notices import work
from notices.work import Item, Place
from operations.dates import moment

SHOWN = 300  # characters of a suggestion


def register() -> None:
    work.register(work.Section("suggestions", of))


def of(user) -> Iterator[tuple[Place, Item]]:
    """Those that wait for her answer, in one query."""
    card = Subquery(Entry.objects.filter(uid=OuterRef("about_uid")).values("card"))
    for suggestion in Suggestion.objects.waiting_for(user).annotate(card=card).select_related("sender"):
        yield Place.WAITS_FOR_YOU, _item(suggestion)


def _item(suggestion: Suggestion) -> Item:
    told = {"name": suggestion.sender_in_words, "when": moment(suggestion.created)}
    kind = kinds.find(suggestion.about_kind)
    return Item(
        title=title_in(json.loads(suggestion.card) if suggestion.card else None, get_language()),
        url=reverse("feedback:suggestion", args=[suggestion.pk]),
        what=_("Suggested change"),
        symbol=kind.symbol if kind else "",
        since=suggestion.created,
        message=Truncator(suggestion.text).chars(SHOWN),
        facts=[_("by %(name)s, %(when)s") % told],
    )
