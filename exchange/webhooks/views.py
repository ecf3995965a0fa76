"""Where somebody has her network told of changes, and sees what was sent. What is not hers is not there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import sure
from accounts.access import allowed
from exchange.models import Client, Delivery, Endpoint
from exchange.webhooks import actions
from exchange.webhooks.forms import EndpointForm
from exchange.webhooks.pages import Hook
from operations.reading import REFUSED, read_and_write, read_only
from operations.unexpected import sends_only, tell

ACTS = ("test", "rotate", "stop", "begin", "remove")


@read_and_write
@allowed("networks.register")
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The answer shows the secret, this once; first it is made sure that it is she."""
    client = get_object_or_404(Client.objects.of(request.user), uid=uid)
    if request.method != "POST":
        form = EndpointForm(initial=sure.typed_before(request, EndpointForm))
    else:
        form = EndpointForm(request.POST)
        tell(request, form)
        if form.is_valid():
            if question := sure.asks(request, back=reverse("network:new_webhook", args=[uid])):
                return question
            try:
                secret = actions.add(endpoint=form.save(commit=False), client=client, by=request.user)
            except actions.TooMany:
                form.add_error(None, _("A network has three webhooks at most."))
            else:
                return _secret(request, form.instance, secret)
    told = {"form": form, "client": client}
    return render(request, "exchange/webhook_form.html", told, status=REFUSED if form.is_bound else 200)


@read_only
@allowed("networks.register")
def show(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    endpoint = _hers(request, uid, hook)
    return render(request, "exchange/webhook.html", {"hook": Hook(endpoint), "client": endpoint.client})


@read_and_write
@allowed("networks.register")
def edit(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    endpoint = _hers(request, uid, hook)
    form = EndpointForm(request.POST if request.method == "POST" else None, instance=endpoint)
    if request.method == "POST":
        tell(request, form)
        if form.is_valid():
            actions.change(endpoint=form.save(commit=False), by=request.user)
            messages.success(request, _("That is noted."))
            return _back(endpoint)
    told = {"form": form, "client": endpoint.client, "endpoint": endpoint}
    return render(request, "exchange/webhook_form.html", told, status=REFUSED if form.is_bound else 200)


@read_and_write
@allowed("networks.register")
@sends_only(action=ACTS)
def act(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    """Who asks anew for an answer that showed a secret is led to the webhook: `POST` is empty then."""
    endpoint, by = _hers(request, uid, hook), request.user
    match request.POST.get("action"):
        case "test":
            actions.test(endpoint=endpoint)
            messages.success(request, _("The test is on its way; look again in a minute."))
        case "rotate":
            return _rotated(request, endpoint)
        case "stop":
            actions.stop(endpoint=endpoint, why=Endpoint.Stopped.OWNER, by=by)
            messages.success(request, _("Nothing is sent there any longer."))
        case "begin":
            actions.begin_again(endpoint=endpoint, by=by)
            messages.success(request, _("It is told again of changes."))
        case "remove":
            actions.remove(endpoint=endpoint, by=by)
            messages.success(request, _("The webhook is gone."))
            return redirect("network:show", uid)
    return _back(endpoint)


@require_POST
@allowed("networks.register")
@sends_only()
def send_again(request: HttpRequest, uid: UUID, hook: UUID, pk: int) -> HttpResponse:
    endpoint = _hers(request, uid, hook)
    if actions.send_again(delivery=get_object_or_404(Delivery, endpoint=endpoint, pk=pk)):
        messages.success(request, _("It is sent again; look again in a minute."))
    return _back(endpoint)


def _rotated(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    if question := sure.asks(request, back=reverse("network:webhook", args=[endpoint.client.uid, endpoint.uid])):
        return question
    try:
        secret = actions.rotate(endpoint=endpoint, by=request.user)
    except actions.TwoSecrets:
        messages.error(request, _("Two secrets are good already; the former one ends within a day."))
        return _back(endpoint)
    endpoint.refresh_from_db()
    return _secret(request, endpoint, secret)


def _secret(request: HttpRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    told = {"client": endpoint.client, "endpoint": endpoint, "secret": secret}
    return render(request, "exchange/webhook_secret.html", told)


def _hers(request: HttpRequest, uid: UUID, hook: UUID) -> Endpoint:
    hers = Endpoint.objects.filter(client__in=Client.objects.of(request.user), client__uid=uid)
    return get_object_or_404(hers.select_related("client"), uid=hook)


def _back(endpoint: Endpoint) -> HttpResponse:
    return redirect("network:webhook", endpoint.client.uid, endpoint.uid)
