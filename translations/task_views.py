"""Where translations are asked for and taken up. What is not one's own to ask for or to do is not there."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import access
from accounts.access import allowed
from operations import unexpected
from operations.reading import REFUSED, read_and_write, read_only
from operations.unexpected import sends_only
from translations import actions, task_pages
from translations.models import TranslationRequest, speakers
from translations.task_forms import AskForm

PAGE = 50


@read_only
@allowed("translations.take")
def tasks(request: HttpRequest) -> HttpResponse:
    """What she has taken up, and all that is asked for in her languages; for staff also what was taken up too long ago."""
    requests = TranslationRequest.objects.with_cards().select_related("taken_by", "asked_by")
    asked = requests.for_speaker(request.user).exclude(taken_by=request.user).order_by("language", "created", "pk")
    may_release = access.may(request.user, "translations.release")
    context = {
        "mine": requests.taken_up_by(request.user),
        "page": Paginator(asked, PAGE).get_page(request.GET.get("page")),
        "overdue": requests.overdue()[:PAGE] if may_release else [],
        "reviews": access.may(request.user, "reviews.assess"),
        "may_be_asked": speakers().filter(pk=request.user.pk).exists(),
    }
    return render(request, "translations/tasks.html", context)


@require_POST
@allowed("translations.take")
@sends_only()
def take(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(TranslationRequest.objects.for_speaker(request.user), pk=pk)
    try:
        actions.take(request=asked, by=request.user)
    except actions.Taken as taken:
        messages.info(request, _("%(name)s has taken it up a moment before.") % {"name": taken.request.taken_by})
    except actions.TooMany:
        told = _("You have taken up %(number)s texts. Hand one over or give one back, then take up the next.")
        messages.info(request, told % {"number": actions.MOST_TAKEN})
    except actions.Ended:
        messages.info(request, _("It is no longer asked for."))
    else:
        messages.success(request, _("It is yours now. You can write the texts of this language."))
        return redirect(task_pages.writing_address(asked))
    return redirect("translation_tasks:list")


@require_POST
@allowed("translations.make")
@sends_only()
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, actions.give_back, _("Others can take it up now. What you saved is kept."))


@require_POST
@allowed("translations.make")
@sends_only()
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    told = _("Thank you. Those who answer for the text have it now, and submit it for review.")
    return _end(request, pk, actions.hand_over, told)


def _end(request: HttpRequest, pk: int, action, told: str) -> HttpResponse:
    taken = get_object_or_404(TranslationRequest.objects.taken_up_by(request.user), pk=pk)
    try:
        action(request=taken, by=request.user)
    except (actions.Ended, PermissionDenied):  # a moment ago
        raise Http404 from None
    messages.success(request, told)
    return redirect("translation_tasks:list")


@require_POST
@allowed("translations.release")
@sends_only()
def release(request: HttpRequest, pk: int) -> HttpResponse:
    overdue = get_object_or_404(TranslationRequest.objects.overdue(), pk=pk)
    try:
        actions.release(request=overdue, by=request.user)
    except (actions.Ended, PermissionDenied):  # a moment ago
        raise Http404 from None
    messages.success(request, _("Others can take it up now."))
    return redirect("translation_tasks:list")


@read_and_write
@allowed("translations.ask")
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The languages of a record, and the form in which one of them is asked for."""
    record = task_pages.askable_record(request.user, uid)
    draft = record.latest_draft()
    states = task_pages.languages_of(record, draft)
    wanted = [each.code for each in states if each.can_be_asked]
    initial = {"language": request.GET.get("language")}
    form = AskForm(request.POST if request.method == "POST" else None, languages=wanted, initial=initial)
    unexpected.tell(request, form)
    if not form.is_valid():
        context = task_pages.told_of(record, draft) | {"form": form, "states": states, "wanted": wanted}
        return render(request, "translations/ask.html", context, status=REFUSED if form.is_bound else 200)
    actions.ask(record=record, by=request.user, **form.cleaned_data)
    messages.success(request, _("Those who speak the language are asked. You hear of it when it is translated."))
    return redirect("translation_tasks:ask", record.uid)


@require_POST
@allowed("translations.ask")
@sends_only()
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(TranslationRequest, pk=pk)
    try:
        actions.withdraw(request=asked, by=request.user)
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, _("Nobody is asked for it any more."))
    return redirect("translation_tasks:ask", asked.about_uid)
