"""What a page was sent that it does not offer: it has no effect, and the log says that somebody tried.

Views whose form is bound call `tell`; those of a page that has buttons alone are marked by `sends_only`.
"""

import functools
import logging
import re
from collections.abc import Callable, Collection, Iterable, Sequence

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

# What pages send beside the fields of their forms: the token, and which button was pressed.
ENVELOPE = frozenset({"csrfmiddlewaretoken", "action"})
# Codes of errors that say: this value was not among those that the form offers.
_NOT_OFFERED = frozenset({"invalid_choice", "invalid_list", "not_there"})
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
_TOLD_OF_ADDRESS = ("uid", "pk", "language")  # never the secret of a link
MOST_TOLD = 20


def tell(request: HttpRequest, *forms: BaseForm | None, names: Iterable[str] = (), values: Iterable[str] = ()) -> None:
    """`forms` are all that the page can send, bound, and None where one does not stand there; `names` what it sends beside;
    `values` the names of what was sent there and is not offered.
    """
    sent = [form for form in forms if form is not None]
    known = {form.add_prefix(name) for form in sent for name in form.fields} | ENVELOPE | set(names)
    chosen = [form.add_prefix(name) for form in sent if form.is_bound for name in not_offered(form)]
    note(request, names=[name for name in names_sent(request) if name not in known], values=[*chosen, *values])


def sends_only(**offered: Collection[str]) -> Callable:
    """The view's page has buttons alone: `offered` says by name what they can send, as `action=("send", "revoke")`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method == "POST":
                names = [name for name in names_sent(request) if name not in {"csrfmiddlewaretoken", *offered}]
                sent = {name: request.POST.getlist(name) for name in offered}
                values = [name for name, each in sent.items() if not set(each) <= set(offered[name])]
                note(request, names=names, values=values)
            return view(request, *args, **kwargs)

        return answer

    return decorate


def names_sent(request: HttpRequest) -> list[str]:
    return [*request.POST, *request.FILES]


def not_offered(form: BaseForm) -> list[str]:
    """The fields that were sent what they do not offer."""
    return [name for name, errors in form.errors.as_data().items() if _NOT_OFFERED & {each.code for each in errors}]


def note(request: HttpRequest, *, names: Sequence[str] = (), values: Sequence[str] = ()) -> None:
    """Where there is something. Values are never told: they may be anything."""
    if names or values:
        logger.warning(
            "Sent by person %s to %s, and without effect: unknown names %s; values that are not offered in %s",
            request.user.pk,
            _where(request),
            _in_words(names),
            _in_words(values),
        )


def _where(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return "a page"
    return " ".join([match.view_name, *(str(match.kwargs[name]) for name in _TOLD_OF_ADDRESS if name in match.kwargs)])


def _in_words(names: Sequence[str]) -> str:
    told = [name if _NAME.fullmatch(name) else "(no name)" for name in names[:MOST_TOLD]]
    return ", ".join([*told, *(["…"] if len(names) > MOST_TOLD else [])]) or "none"
