"""Asking somebody from outside for advice, answering that, and advising: reading one submission, and deciding nothing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import invitation_pages, invited
from accounts.access import allowed
from accounts.invitation_pages import follow, over
from catalogue import reviewing
from catalogue.drafting.desk import CONFLICT
from catalogue.drafting.fields import number
from catalogue.drafting.given_back import gives_back, words_said
from operations import unexpected
from operations.dates import long_date, moment
from operations.reading import REFUSED, read_and_write, read_only
from operations.reasons import CHOSEN, TO_CHOOSE, chosen
from operations.unexpected import sends_only
from partners.models import ReviewedRecord
from partners.review_letters import titles_of
from reviews import advice, pages
from reviews.advice_ended import ended
from reviews.outside import OutsideReview, advised_by
from reviews.outside_forms import AskOutsideForm
from reviews.views import CHANGED, first_of, reviewed_records

HERS = ("comment", "scores", "finish")  # a decision is none of hers


# Who asks


@read_and_write
@allowed("reviews.ask_outside")
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every address is answered alike, but for those of who is known to have written the text."""
    record = _assessed(request, uid)
    language = record.latest_draft().original_language
    form = AskOutsideForm(request.POST if request.method == "POST" else None, by=request.user, language=language)
    unexpected.tell(request, form)
    if not form.is_valid():
        return _ask_page(request, record, form)
    try:
        advice.invite(record=record, by=request.user, **form.cleaned_data)
    except advice.Involved as why:
        form.add_error("email", str(why))
        return _ask_page(request, record, form)
    except invited.TooMany:
        form.add_error("email", _("Enough letters for now: please try again later."))
        return _ask_page(request, record, form)
    messages.success(request, _("The invitation to %(email)s is sent.") % {"email": form.cleaned_data["email"]})
    return redirect("reviews:outside", record.uid)


def _ask_page(request: HttpRequest, record: ReviewedRecord, form: AskOutsideForm) -> HttpResponse:
    asked = OutsideReview.objects.filter(review=record.current_workflow_state).select_related("reviewer", "invited_by")
    context = {"record": record, "title": _title(record), "form": form, "asked": asked, "reasons": TO_CHOOSE}
    return render(request, "reviews/outside.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
@allowed("reviews.ask_outside")
@sends_only(action=("send", "revoke"), reason=("", *CHOSEN))
def sent(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Send it again, or revoke it, be it accepted or not; who has accepted is told why."""
    record = _assessed(request, uid)
    asked = get_object_or_404(OutsideReview, review=record.current_workflow_state, pk=pk)
    try:
        if request.POST.get("action") == "revoke":
            advice.revoke(asked=asked, by=request.user, reason=chosen(request.POST.get("reason")))
            messages.success(request, _("It is revoked: the text is no longer open to this person."))
        else:
            advice.send_again(asked=asked, by=request.user)
            messages.success(request, _("The invitation to %(email)s is sent.") % {"email": asked.email})
    except invited.TooMany:
        messages.error(request, _("Enough letters for now: please try again later."))
    except advice.NoReason:
        messages.error(request, _("It was accepted: say why you revoke it."))
    except invited.NotGood:
        messages.info(request, _("The invitation was answered or revoked meanwhile."))
    return redirect("reviews:outside", record.uid)


def _assessed(request: HttpRequest, uid: UUID) -> ReviewedRecord:
    record = first_of(records.assessable_by(request.user).filter(uid=uid) for records in reviewed_records())
    if record is None:
        raise Http404
    return record


def _title(record: ReviewedRecord) -> str:
    return OutsideReview(titles=titles_of(record)).title


# Who is asked


@never_cache
@read_only
@allowed("reviews.invited")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter leads."""
    found = advice.behind(token)
    told = _told(found) if found else {}
    return follow(request, found, mine="reviews:my_outside_invitation", **told)


@read_and_write
@allowed("reviews.answer")
@sends_only(action=("accept", "decline"))
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept it or not. Of invitations to other addresses nobody learns that they are there."""
    hers = OutsideReview.objects.for_addresses_of(request.user).select_related("invited_by", "review")
    asked = get_object_or_404(hers, pk=pk)
    if asked.accepted and asked.reviewer_id == request.user.pk:
        return redirect("reviews:advise", asked.pk)
    if not advice.is_good(asked):
        return over(request)
    if request.method != "POST":
        return invitation_pages.ask(request, **_told(asked))
    try:
        return _answer(request, asked)
    except advice.Involved as why:
        return invitation_pages.ask(request, status=REFUSED, refused=why, **_told(asked))
    except (invited.NotGood, PermissionDenied):  # a moment ago
        return over(request)


def _answer(request: HttpRequest, asked: OutsideReview) -> HttpResponse:
    if request.POST.get("action") == "decline":
        advice.decline(asked=asked, by=request.user)
        messages.success(request, _("You have declined the invitation."))
        return redirect("notices:my_work")
    advice.accept(asked=asked, by=request.user)
    messages.success(request, _("Thank you. You find the text here, and on My work."))
    return redirect("reviews:advise", asked.pk)


def _told(asked: OutsideReview) -> dict:
    by = asked.invited_by
    asks = (
        _("%(name)s asks you for advice.") % {"name": by}
        if by and by.get_full_name()
        else _("You are asked for advice.")
    )
    means = _(
        "If you accept, you read this one text before it is public, keep it to yourself, and say what should be changed in it."
        " A reviewer of the portal decides. Your name is not told to its authors unless you wish so."
    )
    conflict = _("Do not accept if you have a part in it: if you have written it, or belong to its organisation.")
    return {
        "heading": _("Your advice on “%(title)s”") % {"title": asked.title},
        "told": [
            f"{asks} {means}",
            conflict,
            _("You are asked for it until %(day)s.") % {"day": long_date(asked.until)},
        ],
        "words": asked.words,
        "until": moment(asked.expires),
    }


# Who advises


@read_and_write
@allowed("reviews.advise")
@gives_back(ended, words=words_said)
def advise(request: HttpRequest, pk: int) -> HttpResponse:
    """The text that waits, its fields and the scores; while its author has it, that it is with her."""
    asked = _held(request, pk)
    record = first_of(advised_by(records, request.user).filter(uid=asked.about_uid) for records in reviewed_records())
    if record is None or record.read_review() is None:
        return _elsewhere(request, asked)
    if request.method != "POST":
        return pages.show(request, record, advice=asked)
    try:
        return _said(request, record, asked)
    except PermissionDenied:  # over since a moment
        raise Http404 from None


def _held(request: HttpRequest, pk: int) -> OutsideReview:
    return get_object_or_404(OutsideReview.objects.held().of(request.user), pk=pk)


def _elsewhere(request: HttpRequest, asked: OutsideReview) -> HttpResponse:
    if (
        OutsideReview.objects.at_work().filter(pk=asked.pk).exists() or request.method == "POST"
    ):  # she writes it herself now
        raise Http404
    return render(request, "reviews/advice_waits.html", {"advice": asked})


def _said(request: HttpRequest, record: ReviewedRecord, asked: OutsideReview) -> HttpResponse:
    if request.POST.get("action", "").partition(":")[0] not in HERS:
        unexpected.note(request, values=["action"])
        raise Http404
    sheets = pages.sheets_of(record, request.user, request.POST, advice=asked)
    pages.tell_of_more(request, sheets, buttons=HERS, names=("is_named",))
    if not sheets.is_valid():
        return pages.show(request, record, sheets=sheets, status=REFUSED, advice=asked)
    try:
        sheets.keep(number(request.POST.get("revision")))
    except reviewing.EditConflict:
        pages.tell_of_others(request, record)
        messages.error(request, CHANGED)
        return pages.show(request, record, sheets=sheets, status=CONFLICT, advice=asked)
    return _kept(request, record, asked)


def _kept(request: HttpRequest, record: ReviewedRecord, asked: OutsideReview) -> HttpResponse:
    action, _colon, name = request.POST["action"].partition(":")
    if action == "comment" and request.headers.get("HX-Request"):
        return pages.show_field(request, record, name, advice=asked)
    if action == "finish":
        advice.finish(asked=asked, by=request.user, is_named=request.POST.get("is_named") == "yes")
        told = _("Thank you. The reviewer has your advice; you can add to it until a decision is made.")
        messages.success(request, told)
        return redirect("notices:my_work")
    messages.success(request, _("Kept. The reviewer sees it."))
    anchor = f"field-{name}" if action == "comment" else "scores"
    return redirect(f"{reverse('reviews:advise', args=[asked.pk])}#{anchor}")


@read_and_write
@allowed("reviews.advise")
@sends_only()
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """She does not go on with it; whose advice is over anyway is told so."""
    try:
        asked = _held(request, pk)
        if request.method != "POST":
            return render(request, "reviews/advice_back.html", {"advice": asked})
        advice.decline(asked=asked, by=request.user)
    except (Http404, invited.NotGood) as over_already:  # revoked a moment ago
        told = ended(request, pk) if request.method == "POST" else ""
        if not told:
            raise Http404 from over_already
        messages.info(request, told)
        return redirect("notices:my_work")
    messages.success(request, _("You no longer advise on “%(title)s”.") % {"title": asked.title})
    return redirect("notices:my_work")
