"""Words of somebody whose right to write them ended while she wrote, or what they were about: she is given them back.

Nothing of hers is kept where she has no right; the page says what happened, as far as she may know it. To others, who send
words where they never wrote, it says no more than that they may not.
"""

import functools
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.drafting.typed import typed_in

CONFLICT = 409
View = Callable[..., HttpResponse]
Happened = Callable[..., str]  # of the view's request and its arguments: in words; "" for who has nothing to do with it
Words = Callable[[HttpRequest], list[str]]


def words_typed(request: HttpRequest) -> list[str]:
    """Of a whole form: what has a language, is more than one word, or is the address of a page."""
    return [
        text.strip()
        for name, texts in typed_in(request.POST).items()
        for text in texts
        if text.strip() and (_has_language(name) or len(text.split()) > 1 or "://" in text)
    ]


def _has_language(name: str) -> bool:
    return name.rpartition("_")[2] in dict(settings.LANGUAGES)


def words_said(request: HttpRequest) -> list[str]:
    """Of what is said about a text, not by whom or of which field; an opinion's stand under its language."""
    texts = [text.strip() for name in request.POST for text in request.POST.getlist(name) if _is_said(name)]
    return [text for text in texts if text]


def _is_said(name: str) -> bool:
    said = name.removeprefix("scores-")
    words = said in ("message", "remark") or said.startswith(("comment-", "reply-", "note-"))
    return words or name.removeprefix("opinion_") in dict(settings.LANGUAGES)


def _nothing_known(request: HttpRequest, **of_what) -> str:
    return ""


def gives_back(happened: Happened = _nothing_known, *, words: Words = words_typed) -> Callable[[View], View]:
    """The view, sent a form by somebody to whom it is closed or gone, shows her the words again."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, **of_what) -> HttpResponse:
            try:
                return view(request, **of_what)
            except (Http404, PermissionDenied) as refused:
                texts = words(request) if request.method == "POST" else []
                if not texts:
                    raise
                status = 404 if isinstance(refused, Http404) else 403
            told = happened(request, **of_what)
            return _unknown(request, texts, status) if not told else page(request, texts, told=told)

        return answer

    return decorate


def _unknown(request: HttpRequest, texts: list[str], status: int) -> HttpResponse:
    told = _(
        "It was deleted meanwhile, or you may not write it any more. What you sent was not saved;"
        " anything that was kept while you typed is on My work."
    )
    return page(request, texts, told=told, status=status)


def page(
    request: HttpRequest,
    texts: list[str],
    *,
    told: str,
    heading: str = "",
    onward: tuple[str, str] | None = None,
    status: int = CONFLICT,
) -> HttpResponse:
    """`onward`: label and address of where she may go from here."""
    label, address = onward or (_("My work"), reverse("notices:my_work"))
    context = {"heading": heading or _("This was not saved"), "told": told, "texts": texts, "label": label}
    return render(request, "catalogue/drafting/given_back.html", context | {"address": address}, status=status)
