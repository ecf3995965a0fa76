"""What administrators see of one network, and what they may stop: a key, a webhook. Both are asked first, and need a reason."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import allowed
from exchange.keys import actions as keys
from exchange.models import Client, ClientKey, Endpoint
from exchange.oversight.pages import Overseen
from exchange.oversight.reports import ACT
from exchange.webhooks import actions as webhooks
from operations.reading import REFUSED, read_and_write, read_only
from operations.reasons import OF_KEY, OF_WEBHOOK, NetworkForm, Reason
from operations.unexpected import tell


@read_only
@allowed(ACT)
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    client = get_object_or_404(Client.objects.select_related("owner"), uid=uid)
    return render(request, "exchange/overseen.html", {"overseen": Overseen(client)})


@read_and_write
@allowed(ACT)
def revoke_key(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    key = get_object_or_404(ClientKey.objects.select_related("client__owner"), client__uid=uid, pk=pk)
    if not key.is_good:
        messages.info(request, _("This key has ended already."))
        return redirect("network:oversee", uid)
    form = _form(request, OF_KEY)
    if not form.is_valid():
        heading = _("Revoke the key that begins with %(beginning)s?") % {"beginning": f"mer_{key.prefix}"}
        text = _("It opens nothing any more then. Its owner is told why, and can make another.")
        return _ask(request, key.client, form, heading=heading, text=text, button=_("Revoke"))
    keys.revoke(key=key, by=request.user, reason=Reason(form.cleaned_data["reason"]))
    messages.success(request, _("The key opens nothing any more; its owner is told why."))
    return redirect("network:oversee", uid)


@read_and_write
@allowed(ACT)
def stop_webhook(request: HttpRequest, uid: UUID, hook: UUID) -> HttpResponse:
    endpoint = get_object_or_404(Endpoint.objects.select_related("client__owner"), client__uid=uid, uid=hook)
    if endpoint.disabled:
        messages.info(request, _("This webhook is stopped already."))
        return redirect("network:oversee", uid)
    form = _form(request, OF_WEBHOOK)
    if not form.is_valid():
        heading = _("Stop the webhook at %(host)s?") % {"host": endpoint.host}
        text = _("Nothing is sent there any longer then. Its owner is told why, and can begin again.")
        return _ask(request, endpoint.client, form, heading=heading, text=text, button=_("Stop"))
    reason = Reason(form.cleaned_data["reason"])
    webhooks.stop(endpoint=endpoint, why=Endpoint.Stopped.STAFF, by=request.user, reason=reason)
    messages.success(request, _("Nothing is sent there any longer; its owner is told why."))
    return redirect("network:oversee", uid)


def _form(request: HttpRequest, offered: Sequence[Reason]) -> NetworkForm:
    form = NetworkForm(request.POST if request.method == "POST" else None, offered=offered)
    tell(request, form)
    return form


def _ask(request: HttpRequest, client: Client, form: NetworkForm, **told: str) -> HttpResponse:
    status = REFUSED if form.is_bound else 200
    return render(request, "exchange/overseen_ask.html", {"client": client, "form": form, **told}, status=status)
