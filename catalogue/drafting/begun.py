"""What a person has begun in a form and never saved: on *My work*, and above the form of another new one.

Rooms register the kinds that people begin themselves in `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue import kinds
from catalogue.drafting.typed import text_in
from catalogue.models import WorkingCopy
from notices import work
from notices.work import Item, Place
from operations.dates import moment


def _all(user: User, copies: Sequence[WorkingCopy]) -> Sequence[WorkingCopy]:
    return copies


@dataclass(frozen=True)
class Begun:
    """`title` is the form's text that names it; `address` leads to the form that shows the copy. `open_to` says which of them
    she may still go on with, in one query.
    """

    kind: str
    title: str
    address: Callable[[WorkingCopy], str]
    open_to: Callable[[User, Sequence[WorkingCopy]], Sequence[WorkingCopy]] = _all


MOST_TOLD = 5  # above a form
_registry: dict[str, Begun] = {}


def register(begun: Begun) -> None:
    if _registry.setdefault(begun.kind, begun) != begun:
        raise ValueError(f"How {begun.kind!r} are begun is registered twice.")


def register_section() -> None:
    work.register(work.Section("begun", of))


def of(user: User) -> Iterator[tuple[Place, Item]]:
    copies = list(never_saved(user))
    for begun in _registry.values():
        of_kind = [copy for copy in copies if copy.kind == begun.kind]
        yield from ((Place.DRAFTS, _item(copy)) for copy in (begun.open_to(user, of_kind) if of_kind else ()))


def never_saved(user: User):
    begun = Q(pk__in=())
    for kind in _registry:
        records = kinds.get(kind).model.objects.filter(uid=OuterRef("record"))
        begun |= Q(kind=kind) & ~Exists(records)
    return WorkingCopy.objects.of(user).filter(begun).order_by("-saved_at", "pk")


def _item(copy: WorkingCopy) -> Item:
    begun, kind = _registry[copy.kind], kinds.get(copy.kind)
    title, language = text_in(copy, begun.title, get_language())
    return Item(
        title=title or str(kind.model.untitled),
        language="" if language == get_language() else language,
        url=begun.address(copy),
        symbol=kind.symbol,
        since=copy.saved_at,
        facts=[_("begun, not saved yet"), _("typed until %(when)s") % {"when": moment(copy.saved_at)}],
    )


def others_of(user: User, kind: str, *, but) -> list[Item]:
    """Of the kind, beside the one that stands in the form."""
    copies = never_saved(user).filter(kind=kind).exclude(record=but)[:MOST_TOLD]
    return [_item(copy) for copy in _registry[kind].open_to(user, copies)]
