"""What a form was sent that it does not offer: it has no effect, and the log says that somebody tried."""

import logging
import re
from collections.abc import Iterable, Iterator

from django.http import HttpRequest

from accounts.models import User
from catalogue.drafting.behind import FITS
from catalogue.drafting.difference import CHOICE
from catalogue.drafting.fields import as_uid
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_changes import BUTTON
from catalogue.drafting.lookups import TYPED
from catalogue.records import Record

logger = logging.getLogger(__name__)

# What pages and their scripts send beside the fields.
_ENVELOPE = frozenset({"csrfmiddlewaretoken", "action", BUTTON, FITS, "revision", "uid", "shown_language"})
# Codes of errors that say: this value was not among those that the form offers.
_NOT_OFFERED = frozenset({"invalid_choice", "invalid_list", "not_there"})
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
MOST_TOLD = 20


def tell(form: DraftForm, request: HttpRequest, *, about: Record | None, beside: Iterable[str] = ()) -> None:
    """For a form that was sent to be saved; `beside` are the names of what stands beside its fields.

    Values are never told: they may be anything.
    """
    names = [name for name in (*request.POST, *request.FILES) if not _is_known(name, form, beside)]
    values = [name for name, errors in form.errors.as_data().items() if _NOT_OFFERED & {each.code for each in errors}]
    found = {"names": names, "values": [*values, *_passed_over(form), *_parts_of_others(form)]}
    if any(found.values()):
        logger.warning(
            "Sent by person %s to the form of %s, and without effect: unknown names %s; values that are not offered in %s",
            request.user.pk if isinstance(request.user, User) else None,
            f"{about._meta.model_name} {about.uid}" if about else "a new record",
            *(_in_words(each) for each in found.values()),
        )


def _passed_over(form: DraftForm) -> Iterator[str]:
    """Fields that take what they know and say nothing of the rest (`has_foreign`)."""
    yield from (name for name, field in form.fields.items() if getattr(field, "has_foreign", False))


def _is_known(name: str, form: DraftForm, beside: Iterable[str]) -> bool:
    own = name.removesuffix(TYPED) in form.fields or name in _ENVELOPE or name in beside
    return own or name.startswith(CHOICE) or bool(form.picture and name == f"{form.picture}_kept")


def _parts_of_others(form: DraftForm) -> Iterator[str]:
    """Groups that name a part by a uid which is none of this draft's."""
    for kind in form.repeated:
        known = {part.uid for part in kind.parts_of(form.draft)}
        if any(uid not in known for uid in map(as_uid, form.keys[kind.name]) if uid):
            yield kind.name


def _in_words(names: list[str]) -> str:
    told = [name if _NAME.fullmatch(name) else "(no name)" for name in names[:MOST_TOLD]]
    return ", ".join([*told, *(["…"] if len(names) > MOST_TOLD else [])]) or "none"
