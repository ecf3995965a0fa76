"""Where somebody has her network told of changes, and sees what was sent. What is not hers is not there."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from exchange.webhooks.forms import THERE_ALREADY, AddForm, EndpointForm
from exchange.webhooks.pages import NO_KEY, Hook
from operations.reading import REFUSED, or_not_there, read_and_write, read_only
from operations.unexpected import sends_only, tell

ACTS = ("test", "rotate", "stop", "begin")
CONFLICT = 409


@read_and_write
@allowed("networks.register")
@or_not_there
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The answer shows the secret, this once; first it is made sure that it is she."""
    client = get_object_or_404(Client.objects.of(request.user), uid=uid)
    if request.method != "POST":
        form = AddForm(initial=sure.typed_before(request, AddForm) | {"after": actions.latest(client)})
        return _form(request, client, form, status=200)
    form = AddForm(request.POST)
    tell(request, form)
    if not form.is_valid():
        return _form(request, client, form)
    if question := sure.asks(request, back=reverse("network:new_webhook", args=[uid])):
        return question
    return _added(request, client, form)


def _added(request: HttpRequest, client: Client, form: AddForm) -> HttpResponse:
    endpoint, after = form.save(commit=False), form.cleaned_data["after"]
    try:
        secret = actions.add(endpoint=endpoint, client=client, by=request.user, after=after)
    except actions.AddedMeanwhile:
        text = _("A webhook was added a moment ago. If you did not see its secret, open it and ask for a new one.")
        messages.error(request, text)
        again = AddForm(initial={name: form.cleaned_data[name] for name in EndpointForm.base_fields})
        again.initial["after"] = actions.latest(client)
        return _form(request, client, again, status=CONFLICT)
    except actions.ThereAlready:
        form.add_error("url", THERE_ALREADY)
    except actions.TooMany:
        form.add_error(None, _("A network has three webhooks at most."))
    else:
        return _secret(request, endpoint, secret)
    return _form(request, client, form)


def _form(request: HttpRequest, client: Client, form: EndpointForm, *, status: int = REFUSED, **told) -> HttpResponse:
    return render(request, "exchange/webhook_form.html", {"form": form, "client": client} | told, status=status)


@read_only
@allowed("networks.register")
def show(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    endpoint = _hers(request, uid, hook)
    return render(request, "exchange/webhook.html", {"hook": Hook(endpoint), "client": endpoint.client})


@read_and_write
@allowed("networks.register")
@or_not_there
def edit(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    endpoint = _hers(request, uid, hook)
    form = EndpointForm(request.POST if request.method == "POST" else None, instance=endpoint)
    if request.method == "POST":
        tell(request, form)
        if form.is_valid():
            try:
                actions.change(endpoint=form.save(commit=False), by=request.user)
            except actions.ThereAlready:
                form.add_error("url", THERE_ALREADY)
            else:
                messages.success(request, _("That is noted."))
                return _back(endpoint)
    return _form(request, endpoint.client, form, status=REFUSED if form.is_bound else 200, endpoint=endpoint)


@read_and_write
@allowed("networks.register")
@or_not_there
@sends_only(action=ACTS)
def act(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    """Who asks anew for an answer that showed a secret is led to the webhook: `POST` is empty then."""
    endpoint, by = _hers(request, uid, hook), request.user
    match request.POST.get("action"):
        case "test":
            with _in_words(request):
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
    return _back(endpoint)


@read_and_write
@allowed("networks.register")
@sends_only()
def remove(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    """Asks first."""
    endpoint = _hers(request, uid, hook)
    if request.method != "POST":
        told = {"client": endpoint.client, "endpoint": endpoint}
        return render(request, "exchange/webhook_remove.html", told)
    actions.remove(endpoint=endpoint, by=request.user)
    messages.success(request, _("The webhook is gone."))
    return redirect("network:show", uid)


@require_POST
@allowed("networks.register")
@or_not_there
@sends_only()
def send_again(request: HttpRequest, uid: UUID, hook: UUID, pk: int) -> HttpResponse:
    """What waits for its next try waits no longer; what waits no longer goes once more."""
    endpoint = _hers(request, uid, hook)
    delivery = get_object_or_404(Delivery.objects.select_related("endpoint"), endpoint=endpoint, pk=pk)
    with _in_words(request):
        if actions.send_now(delivery=delivery) or actions.send_again(delivery=delivery):
            messages.success(request, _("It is sent again; look again in a minute."))
    return _back(endpoint)


@contextmanager
def _in_words(request: HttpRequest) -> Iterator[None]:
    try:
        yield
    except actions.NoKey:
        messages.error(request, NO_KEY)
    except actions.OneWaits:
        messages.error(request, _("A test, or a message that is sent again, waits already; there is one at a time."))


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
