"""Finding an organisation, asking to belong to it, registering one, and deciding who may."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import allowed
from operations.reading import REFUSED, read_and_write, read_only
from partners import joining, suggestions
from partners.joining_forms import AnswerForm, AskForm, RegisterForm
from partners.models import JoinRequest, Membership, Organisation

Role = Membership.Role
LONGEST_SEARCH = 200  # characters


@read_only
@allowed("organisations.join")
def join(request: HttpRequest) -> HttpResponse:
    """Where she may ask: what she looks for, and what her address suggests."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    suggested = suggestions.by_address(request.user)
    context = {"words": words, "found": suggestions.search(words), "suggested": suggested}
    return render(request, "partners/join.html", context | _hers(request.user))


def _hers(user) -> dict[str, set[int]]:
    return {"mine": set(user.memberships.values_list("organisation", flat=True))}


@read_and_write
@allowed("organisations.join")
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.joinable(), uid=uid)
    if begun := organisation.join_requests.open().of(request.user).first():
        return redirect("partners:asked", begun.pk)
    offers = _offers(organisation, request.user)
    if not offers:
        return redirect("partners:people", organisation.uid)
    form = AskForm(request.POST if request.method == "POST" else None, offers=offers)
    return _ask(request, organisation, form) if form.is_valid() else _ask_page(request, organisation, form)


def _ask(request: HttpRequest, organisation: Organisation, form: AskForm) -> HttpResponse:
    message = form.cleaned_data["message"]
    try:
        begun = joining.ask(organisation=organisation, by=request.user, wants=form.wanted, message=message)
    except joining.TooMany:
        form.add_error(None, _("You have asked often today. Please go on tomorrow."))
        return _ask_page(request, organisation, form)
    except (joining.Belongs, joining.PlaceTaken):  # a moment ago
        return redirect("partners:ask", organisation.uid)
    return redirect("partners:asked", begun.pk)


def _ask_page(request: HttpRequest, organisation: Organisation, form: AskForm) -> HttpResponse:
    is_member = organisation.memberships.of(request.user).exists()
    context = {"organisation": organisation, "form": form, "is_member": is_member}
    return render(request, "partners/ask.html", context, status=REFUSED if form.is_bound else 200)


def _offers(organisation: Organisation, user) -> list[str]:
    """As what she may ask to come in: the coordinator's place only where it is free."""
    offers = [] if organisation.memberships.of(user).exists() else [Role.MEMBER]
    return offers if organisation.memberships.coordinating().exists() else [*offers, Role.COORDINATOR]


@read_and_write
@allowed("organisations.join")
def register(request: HttpRequest) -> HttpResponse:
    """Shows what is called nearly the same; none is made before she has said that it is none of these."""
    if request.method != "POST":
        return _register_page(request, RegisterForm(initial={"name_original": request.GET.get("name", "")[:250]}))
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _register_page(request, form)
    try:
        begun = _register(request, form)
    except joining.Alike as found:
        return _register_page(request, form, alike=found.organisations)
    except joining.TooMany:
        form.add_error(None, _("Several of your requests wait for an answer. Please go on when they are decided."))
        return _register_page(request, form)
    messages.success(request, _("The organisation is registered. The network’s staff looks at it next."))
    return redirect("partners:asked", begun.pk)


def _register(request: HttpRequest, form: RegisterForm) -> JoinRequest:
    seen = {uid for uid in map(_uid, request.POST.getlist("seen")) if uid} if "none_of_these" in request.POST else ()
    message = form.cleaned_data["message"]
    return joining.register(organisation=form.organisation, by=request.user, seen=seen, message=message)


def _register_page(request: HttpRequest, form: RegisterForm, **more) -> HttpResponse:
    context = {"form": form, **more, **_hers(request.user)}
    return render(request, "partners/register.html", context, status=REFUSED if form.is_bound else 200)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@read_and_write
@allowed("organisations.asked")
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of her request; while it is open she can take it back."""
    hers = JoinRequest.objects.of(request.user).select_related("organisation")
    asked = get_object_or_404(hers, pk=pk)
    if request.method != "POST":
        return render(request, "partners/asked.html", {"asked": asked})
    try:
        joining.take_back(request=asked, by=request.user)
    except joining.Decided:
        return redirect("partners:asked", asked.pk)
    messages.success(request, _("Your request is taken back."))
    return redirect("partners:mine")


@read_and_write
@allowed("organisations.decide")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked = JoinRequest.objects.decidable_by(request.user).select_related("organisation", "user").filter(pk=pk).first()
    if asked is None:
        return _decided(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid() or request.POST.get("action") not in ("accept", "decline"):
        return _decide_page(request, asked, form)
    try:
        return _decide(request, asked, form.cleaned_data["answer"])
    except joining.Decided:
        return _decided(request, pk)
    except joining.PlaceTaken:
        form.add_error(None, _("The organisation has a coordinator meanwhile."))
        return _decide_page(request, asked, form)


def _decide(request: HttpRequest, asked: JoinRequest, answer: str) -> HttpResponse:
    if request.POST["action"] == "accept":
        joining.accept(request=asked, by=request.user, answer=answer)
        messages.success(request, _("Accepted. %(name)s is told.") % {"name": asked.user})
    else:
        joining.decline(request=asked, by=request.user, answer=answer)
        messages.success(request, _("Declined. %(name)s is told.") % {"name": asked.user})
    return redirect("notices:my_work")


def _decide_page(request: HttpRequest, asked: JoinRequest, form: AnswerForm) -> HttpResponse:
    organisation = asked.organisation
    is_new = not organisation.was_public and not organisation.memberships.exists()
    names = (organisation.name_original, organisation.name_english)
    near = suggestions.alike(*names, abbreviation=organisation.abbreviation) if is_new else []
    context = {"asked": asked, "form": form, "organisation": organisation, "is_new": is_new}
    context |= {"alike": [each for each in near if each.pk != organisation.pk]}
    return render(request, "partners/decide.html", context, status=REFUSED if form.is_bound else 200)


def _decided(request: HttpRequest, pk: int) -> HttpResponse:
    """A second press, or the slower of two, finds it decided; everybody else finds nothing."""
    get_object_or_404(JoinRequest.objects.for_deciders(request.user).exclude(outcome=""), pk=pk)
    messages.info(request, _("This request has been decided already."))
    return redirect("notices:my_work")
