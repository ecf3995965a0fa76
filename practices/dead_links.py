"""What *My work* tells of published practices beside their reviews: links of theirs that lead nowhere any more."""

from collections.abc import Iterator

from django.db.models import Count, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.texts import in_language
from notices import work
from notices.work import Item, Place
from operations.models import LinkCheck
from practices.models import Evidence, GoodPractice, PracticeLink

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
