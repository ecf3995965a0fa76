"""What the form of a draft was sent that it does not offer (`operations.unexpected`): its fields come and go in groups."""

from collections.abc import Iterable, Iterator

from django.forms import Form
from django.http import HttpRequest
from wagtail.models import Revision

from catalogue.drafting.behind import FITS
from catalogue.drafting.difference import CHOICE
from catalogue.drafting.fields import as_uid, number
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_changes import BUTTON
from catalogue.drafting.lookups import TYPED
from catalogue.records import Record
from operations import unexpected

# What pages and their scripts send beside the fields.
_ENVELOPE = unexpected.ENVELOPE | {BUTTON, FITS, "revision", "uid", "shown_language"}


def tell(form: DraftForm, request: HttpRequest, *, beside: Iterable[str] = ()) -> None:
    """For a form that was sent to be saved; `beside` are the names of what stands beside its fields."""
    unexpected.note(
        request,
        names=[name for name in unexpected.names_sent(request) if not _is_known(name, form, beside)],
        values=[
            *unexpected.not_offered(form),
            *_passed_over(form),
            *_parts_of_others(form),
            *(name for name, offered in form.ticks.items() if not set(request.POST.getlist(name)) <= set(offered)),
        ],
    )


def tell_of(request: HttpRequest, form: Form) -> None:
    """For a small form that asks something of the draft."""
    unexpected.tell(request, form)


def tell_of_revision(request: HttpRequest, record: Record) -> None:
    """For a form that names another revision than the latest: one of another record nobody was ever shown with it."""
    named = Revision.objects.filter(pk=number(request.POST.get("revision")))
    if named.exclude(pk__in=Revision.objects.for_instance(record).values("pk")).exists():
        unexpected.note(request, values=["revision"])


def _passed_over(form: DraftForm) -> Iterator[str]:
    """Fields that take what they know and say nothing of the rest (`has_foreign`)."""
    yield from (name for name, field in form.fields.items() if getattr(field, "has_foreign", False))


def _is_known(name: str, form: DraftForm, beside: Iterable[str]) -> bool:
    own = name.removesuffix(TYPED) in form.fields or name in _ENVELOPE or name in beside or name in form.ticks
    return own or name.startswith(CHOICE) or bool(form.picture and name == f"{form.picture}_kept")


def _parts_of_others(form: DraftForm) -> Iterator[str]:
    """Groups that name a part by a uid which is none of this draft's."""
    for kind in form.repeated:
        known = {part.uid for part in kind.parts_of(form.draft)}
        if any(uid not in known for uid in map(as_uid, form.keys[kind.name]) if uid):
            yield kind.name
