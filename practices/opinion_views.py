"""Where an expert speaks of what is published, or takes her word back, and editors mend it. Others find nothing here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import allowed, may
from catalogue.drafting.given_back import gives_back, words_said
from catalogue.latest import known_title
from operations import unexpected
from operations.reading import REFUSED, read_and_write
from practices import opinions
from practices.models import GoodPractice
from practices.opinion_forms import OpinionForm


def closed(request: HttpRequest, uid: UUID) -> str:
    """Why an expert may speak of the practice no more, of what everybody knows."""
    practice = GoodPractice.objects.exclude(first_published_at=None).filter(uid=uid).first()
    if practice is None or not may(request.user, "practices.opinion"):
        return ""
    if not practice.live:
        return _("The practice was withdrawn meanwhile. Your opinion was not published.")
    if practice.expert_opinion:
        return _("Somebody else gave an opinion on this version meanwhile. Yours was not published.")
    return ""


@read_and_write
@allowed("practices.own_opinion", "practices.opinion", "practices.mend_opinion")
@gives_back(closed, words=words_said)
def opinion(request: HttpRequest, uid: UUID) -> HttpResponse:
    practice = get_object_or_404(GoodPractice.objects.with_opinion_for(request.user), uid=uid)
    mends = opinions.only_mends(practice, request.user)
    form = OpinionForm(practice, request.user, request.POST if request.method == "POST" else None, mends=mends)
    action = request.POST.get("action")
    unexpected.tell(request, form)
    if action == "withdraw" and "reason" not in form.errors:
        return _withdraw(request, practice)
    if action != "publish" or not form.is_valid() or not form.says_something:
        return _page(request, practice, form)
    return _publish(request, practice, form)


def _page(request: HttpRequest, practice: GoodPractice, form: OpinionForm) -> HttpResponse:
    if form.is_bound and form.is_valid() and not form.says_something:
        form.add_error(None, _("There is no text yet. To take an opinion back, withdraw it."))
    context = {
        "practice": practice,
        "title": known_title(practice),
        "form": form,
        "page_url": reverse("catalogue:record", args=["practices", practice.slug]) if practice.live else "",
    }
    return render(request, "practices/opinion_page.html", context, status=REFUSED if form.errors else 200)


def _publish(request: HttpRequest, practice: GoodPractice, form: OpinionForm) -> HttpResponse:
    reason = form.cleaned_data.get("reason", "")
    opinions.write(practice=practice, by=request.user, written=form.written, reason=reason)
    messages.success(request, _("The opinion stands on the page of the practice now."))
    return redirect("catalogue:record", "practices", practice.slug)


def _withdraw(request: HttpRequest, practice: GoodPractice) -> HttpResponse:
    opinions.withdraw(practice=practice, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("The opinion is withdrawn. It no longer stands with any version."))
    return redirect("notices:my_work")
