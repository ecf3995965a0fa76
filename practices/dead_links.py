"""What the people of published practices are told of links that lead nowhere any more: on *My work*, and with the yearly
question whether it is still true.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.addresses import named_by
from catalogue.texts import in_language
from notices import work
from notices.work import Item, Place
from operations import link_checks
from operations.models import LinkCheck
from practices.models import Evidence, GoodPractice, PracticeLink

MOST_TOLD = 20
NAMES = ((PracticeLink, "url"), (Evidence, "source_url"))


def register() -> None:
    work.register(work.Section("dead links", of))


def of(user: User) -> Iterator[tuple[Place, Item]]:
    """Of those that she can write and has nothing begun of, with one query."""
    hers = GoodPractice.objects.editable_by(user).filter(live=True, has_unpublished_changes=False)
    links, sources = (_number_of(model, name) for model, name in NAMES)
    for practice in hers.annotate(dead=links + sources).filter(dead__gt=0):
        yield Place.WAITS_FOR_YOU, _item(practice, practice.dead)


def _number_of(model: type[Model], name: str) -> Coalesce:
    """How many of a practice's parts name a dead page."""
    dead = LinkCheck.objects.filter(state=LinkCheck.State.DEAD).values("address")
    parts = model.objects.filter(practice=OuterRef("pk"), **{f"{name}__in": dead}).order_by()
    return Coalesce(Subquery(parts.values("practice").annotate(number=Count("pk")).values("number")), 0)


def _item(practice: GoodPractice, number: int) -> Item:
    title = in_language(practice.title_map.data, get_language(), practice.original_language)
    told = ngettext("%(number)s link leads nowhere", "%(number)s links lead nowhere", number) % {"number": number}
    return Item(
        title=title.text,
        language="" if title.language == get_language() else title.language,
        url=f"{reverse('practices:edit', args=[practice.uid])}?check",
        what=_("To put right"),
        symbol="practice",
        since=practice.last_published_at,
        facts=[told],
        example=practice.example,
    )


def addresses_in(practice: GoodPractice) -> list[str]:
    """The dead ones that its public text names, in its order."""
    named = list(dict.fromkeys(named_by(practice).values()))
    known = link_checks.known_of(named)
    return [address for address in named if address in known and known[address].state == LinkCheck.State.DEAD]


def sentence_on(addresses: Sequence[str]) -> str:
    number = len(addresses)
    told = ngettext(
        "%(number)s of its links leads nowhere any more. Put in where the page is now, or take it out:",
        "%(number)s of its links lead nowhere any more. Put in where the pages are now, or take them out:",
        number,
    )
    return told % {"number": number} if number else ""


def in_letter(addresses: Sequence[str]) -> str:
    """The sentence and the first of them, one in each line."""
    return "\n".join([sentence_on(addresses), *addresses[:MOST_TOLD], *(["…"] if len(addresses) > MOST_TOLD else [])])
