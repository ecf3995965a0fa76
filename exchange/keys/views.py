"""Where somebody registers her network, makes and revokes its keys, and sees what it reads. What is not hers is not there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import sure
from accounts.access import allowed
from exchange.keys import actions
from exchange.keys.forms import ClientForm, KeyForm
from exchange.keys.pages import Registered
from exchange.models import Client, ClientKey
from operations.reading import REFUSED, or_not_there, read_and_write, read_only
from operations.unexpected import sends_only, tell

CONFLICT = 409


@read_only
@allowed("networks.register")
def mine(request: HttpRequest) -> HttpResponse:
    clients = Client.objects.of(request.user)
    return render(request, "exchange/networks.html", {"clients": clients})


@read_and_write
@allowed("networks.register")
def new(request: HttpRequest) -> HttpResponse:
    form = ClientForm(_sent(request), initial={"contact": request.user.email})
    if request.method != "POST":
        return render(request, "exchange/network_form.html", {"form": form})
    tell(request, form)
    if form.is_valid():
        try:
            client = actions.register(client=form.save(commit=False), by=request.user)
        except actions.NotAllowed:
            form.add_error(None, _("First confirm your e-mail address; and nobody registers more than ten networks."))
        else:
            messages.success(request, _("The network is registered. Now make its key."))
            return redirect("network:show", client.uid)
    return render(request, "exchange/network_form.html", {"form": form}, status=REFUSED)


@read_only
@allowed("networks.register")
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, _hers(request, uid))


@read_and_write
@allowed("networks.register")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    client = _hers(request, uid)
    form = ClientForm(_sent(request), instance=client)
    if request.method == "POST":
        tell(request, form)
        if form.is_valid():
            actions.change(client=form.save(commit=False), by=request.user)
            messages.success(request, _("That is noted."))
            return redirect("network:show", client.uid)
    told = {"form": form, "client": _hers(request, uid)}
    return render(request, "exchange/network_form.html", told, status=REFUSED if form.is_bound else 200)


@read_and_write
@allowed("networks.register")
@or_not_there
def make_key(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The answer shows the key, this once; it is kept nowhere, so it cannot be shown again. First it is made sure that it is
    she; who asks for that answer anew is led to the network.
    """
    client = _hers(request, uid)
    if request.method != "POST":
        return redirect("network:show", uid)
    form = KeyForm(request.POST)
    tell(request, form)
    if not form.is_valid():
        return _page(request, client, form=form, status=REFUSED)
    if question := sure.asks(request, back=reverse("network:show", args=[uid])):
        return question
    return _made(request, client, form)


def _made(request: HttpRequest, client: Client, form: KeyForm) -> HttpResponse:
    asked = {"scopes": form.cleaned_data["scopes"], "lasts": form.lasts, "after": form.cleaned_data["after"]}
    try:
        key, whole = actions.make_key(client=client, by=request.user, **asked)
    except actions.MadeMeanwhile:
        messages.error(request, _("A key was made a moment ago. If you did not see it, revoke it and make another."))
        return _page(request, client, status=CONFLICT)
    except actions.TooManyKeys:
        messages.error(request, _("Two keys are good already. Revoke one of them first."))
        return _page(request, client, status=CONFLICT)
    told = {"client": client, "key": key, "whole": whole, "header": f"Authorization: Bearer mer_{key.prefix}_…"}
    return render(request, "exchange/network_key.html", told)


@require_POST
@allowed("networks.register")
@or_not_there
@sends_only()
def revoke_key(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    client = _hers(request, uid)
    key = get_object_or_404(ClientKey.objects.select_related("client"), client=client, pk=pk)
    if actions.revoke(key=key, by=request.user):
        messages.success(request, _("The key opens nothing any more."))
    return redirect("network:show", client.uid)


@read_and_write
@allowed("networks.register")
@sends_only()
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Asks first."""
    client = _hers(request, uid)
    if request.method != "POST":
        return render(request, "exchange/network_end.html", {"client": client})
    actions.end(client=client, by=request.user)
    messages.success(request, _("The registration has ended, and its keys with it."))
    return redirect("network:mine")


def _hers(request: HttpRequest, uid: UUID) -> Client:
    return get_object_or_404(Client.objects.of(request.user), uid=uid)


def _page(request: HttpRequest, client: Client, *, form: KeyForm | None = None, status: int = 200) -> HttpResponse:
    latest = actions.latest_key(client)
    if form is None:
        form = KeyForm(initial=sure.typed_before(request, KeyForm) | {"after": latest})
    told = {"registered": Registered(client), "form": form, "latest": latest}
    return render(request, "exchange/network.html", told, status=status)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None
