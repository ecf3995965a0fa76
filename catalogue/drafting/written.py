"""In which form each kind is written: rooms say it in `AppConfig.ready()`, for whoever reads a draft field by field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User
from catalogue import kinds
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.page import Section
from catalogue.models.entry import KindName
from catalogue.records import Record


@dataclass(frozen=True)
class Written:
    """`form` takes the record, a draft of it and who reads it; None where the draft has no such form. `whole`: the form shows
    the whole record, whoever reads it.
    """

    form: Callable[[Record, Record, User], DraftForm | None]
    sections: Sequence[Section]
    whole: bool = False


_registry: dict[str, Written] = {}


def register(kind: KindName, written: Written) -> None:
    _registry[kind] = written


def in_form(form_class: type[DraftForm], sections: Sequence[Section]) -> Written:
    """For kinds whose records are written as a whole."""
    return Written(lambda record, draft, user: form_class(draft=draft, user=user), sections, whole=True)


def is_whole(kind: str) -> bool:
    return kind in _registry and _registry[kind].whole


def form_of(record: Record, draft: Record, user: User) -> tuple[DraftForm | None, Sequence[Section]]:
    """The draft in its kind's form, and the sections of that form."""
    written = _registry.get(kinds.of(record).name)
    return (written.form(record, draft, user), written.sections) if written else (None, ())
