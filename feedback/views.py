"""Where readers suggest changes and write to those who answer for a record, and where these read the suggestions."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from catalogue.models import Entry
from catalogue.reading import page_context
from catalogue.views import of_entry
from feedback import actions
from feedback.forms import AnswerForm, ContactForm, SuggestionForm
from feedback.guards import Guarded, may_send
from feedback.models import Suggestion
from feedback.pages import suggestion_page

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
REFUSED, CONFLICT, TOO_MANY = 422, 409, 429


@READ_AND_WRITE
@allowed("feedback.send")
@never_cache
@of_entry
def suggest(request: HttpRequest, entry: Entry) -> HttpResponse:
    form = SuggestionForm(_sent(request), document=entry.record, user=request.user)

    def send() -> None:
        actions.suggest(entry=entry, by=request.user, **form.suggestion)

    thanks = _("Thank you. Those who answer for the record read your suggestion next.")
    return _take(request, entry, form, "feedback/suggest.html", send, thanks)


@READ_AND_WRITE
@allowed("feedback.send")
@never_cache
@of_entry
def contact(request: HttpRequest, entry: Entry) -> HttpResponse:
    form = ContactForm(_sent(request), user=request.user)

    def send() -> None:
        actions.contact(entry=entry, **form.letter)

    thanks = _("Your message is on its way to those who answer for the record. Their answer comes to you by mail.")
    return _take(request, entry, form, "feedback/contact.html", send, thanks)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _take(
    request: HttpRequest, entry: Entry, form: Guarded, template: str, send: Callable[[], None], thanks: str
) -> HttpResponse:
    """Shows the form, or sends what it holds; programs are thanked, too."""
    if not form.is_bound:
        return _page(request, entry, form, template)
    if not form.is_from_a_program:
        if not form.is_valid():
            return _page(request, entry, form, template, status=REFUSED)
        if not may_send(request, entry):
            form.add_error(
                None, _("More was sent in a short time than a person sends. Your text is still here: wait an hour.")
            )
            return _page(request, entry, form, template, status=TOO_MANY)
        send()
    messages.success(request, thanks)
    return redirect("catalogue:record", entry.kind, entry.slug)


def _page(request: HttpRequest, entry: Entry, form: Guarded, template: str, *, status: int = 200) -> HttpResponse:
    return render(request, template, page_context(entry.record, entry=entry, form=form), status=status)


@READ_AND_WRITE
@allowed("feedback.answer")
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Suggestion.objects.answerable_by(request.user), pk=pk)
    form = AnswerForm(_sent(request))
    if not form.is_bound or not form.is_valid():
        return render(request, "feedback/suggestion.html", suggestion_page(found, form), status=_refused(form))
    try:
        actions.answer(suggestion=found, by=request.user, state=form.state, answer=form.cleaned_data["answer"])
    except actions.Answered:
        messages.error(request, _("Somebody else has answered this suggestion a moment ago."))
        found.refresh_from_db()
        return render(request, "feedback/suggestion.html", suggestion_page(found, form), status=CONFLICT)
    messages.success(request, _("Your answer is kept, and the sender is told if she can be."))
    return redirect("notices:my_work")


def _refused(form: AnswerForm) -> int:
    return REFUSED if form.is_bound else 200
