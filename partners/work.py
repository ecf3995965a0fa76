"""What *My work* shows of belonging: whom she is to decide about, where she is invited, and where she has asked."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.dates import moment
from notices import work
from notices.work import Item, Place
from partners.models import Invitation, JoinRequest


def register() -> None:
    work.register(work.Section("organisations", of))


def of(user) -> Iterator[tuple[Place, Item]]:
    """In two queries."""
    to_decide = JoinRequest.objects.waiting_for(user)
    requests = JoinRequest.objects.filter(Q(pk__in=to_decide.values("pk")) | Q(user=user)).open()
    for asked in requests.select_related("organisation", "user"):
        yield (Place.IN_REVIEW, _asked(asked)) if asked.user_id == user.pk else (Place.WAITS_FOR_YOU, _to_decide(asked))
    invitations = Invitation.objects.open().for_addresses_of(user).select_related("organisation", "invited_by")
    for invitation in invitations:
        yield Place.WAITS_FOR_YOU, _invited(invitation)


def _to_decide(asked: JoinRequest) -> Item:
    return Item(
        title=str(asked.organisation),
        url=reverse("partners:decide", args=[asked.pk]),
        symbol="partner",
        since=asked.created,
        what=_("Asks to coordinate") if asked.is_for_coordinating else _("Asks to join"),
        message=asked.message,
        facts=[str(asked.user), moment(asked.created)],
    )


def _asked(asked: JoinRequest) -> Item:
    return Item(
        title=str(asked.organisation),
        url=reverse("partners:asked", args=[asked.pk]),
        symbol="partner",
        since=asked.created,
        what=_("Request to coordinate") if asked.is_for_coordinating else _("Request to join"),
        facts=[_("asked %(when)s") % {"when": moment(asked.created)}],
    )


def _invited(invitation: Invitation) -> Item:
    return Item(
        title=str(invitation.organisation),
        url=reverse("partners:my_invitation", args=[invitation.pk]),
        symbol="partner",
        since=invitation.sent,
        what=_("Invitation"),
        facts=[*([str(invitation.invited_by)] if invitation.invited_by else []), _good_until(invitation)],
    )


def _good_until(invitation: Invitation) -> str:
    return _("good until %(when)s") % {"when": moment(invitation.expires)}
