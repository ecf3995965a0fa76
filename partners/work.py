"""What *My work* shows of belonging: whom she is to decide about, where she is invited, and where she has asked."""

from types import SimpleNamespace

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from notices import waiting
from notices.work import Item, Place
from operations.dates import moment
from partners.models import Invitation, JoinRequest, Membership, Organisation

NAMES = ("name_original", "name_english", "original_language")
ORGANISATION = {name: f"organisation__{name}" for name in NAMES}


def register() -> None:
    waiting.register(waiting.Source("request-to-join", _requests, _request))
    waiting.register(waiting.Source("invitation-to-join", _invitations, _invitation))


def _requests(user) -> QuerySet:
    to_decide = JoinRequest.objects.waiting_for(user)
    found = JoinRequest.objects.filter(Q(pk__in=to_decide.values("pk")) | Q(user=user)).open()
    told = ORGANISATION | {"wants": "wants", "words": "message"}
    return waiting.rows_of(found, "request-to-join", begun="created", person="user", told=told)


def _invitations(user) -> QuerySet:
    found = Invitation.objects.open().for_addresses_of(user).exclude(organisation__memberships__user=user)
    return waiting.rows_of(
        found, "invitation-to-join", begun="sent", until="expires", person="invited_by", told=ORGANISATION
    )


def _request(row: SimpleNamespace, user) -> tuple[Place, Item]:
    if row.person == user.pk:
        return Place.IN_REVIEW, _asked(row)
    return Place.WAITS_FOR_YOU, _to_decide(row)


def _invitation(row: SimpleNamespace, user) -> tuple[Place, Item]:
    return Place.WAITS_FOR_YOU, _invited(row)


def _to_decide(row: SimpleNamespace) -> Item:
    wants_to_coordinate = row.told["wants"] == Membership.Role.COORDINATOR
    return _item(
        row,
        "partners:decide",
        what=_("Asks to coordinate") if wants_to_coordinate else _("Asks to join"),
        message=row.told["words"],
        facts=[_name(row), moment(row.begun)],
    )


def _asked(row: SimpleNamespace) -> Item:
    wants_to_coordinate = row.told["wants"] == Membership.Role.COORDINATOR
    return _item(
        row,
        "partners:asked",
        what=_("Request to coordinate") if wants_to_coordinate else _("Request to join"),
        facts=[_("asked %(when)s") % {"when": moment(row.begun)}],
    )


def _invited(row: SimpleNamespace) -> Item:
    good_until = _("good until %(when)s") % {"when": moment(row.runs_out)}
    facts = [_name(row), good_until] if row.person else [good_until]
    return _item(row, "partners:my_invitation", what=_("Invitation"), facts=facts)


def _item(row: SimpleNamespace, view: str, **more) -> Item:
    title = str(Organisation(**{name: row.told[name] for name in NAMES}))
    return Item(title=title, url=reverse(view, args=[row.pk]), symbol="partner", since=row.begun, **more)


def _name(row: SimpleNamespace) -> str:
    return row.name or _("a colleague")
