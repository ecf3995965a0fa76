"""What *My work* shows of belonging: whom she is to decide about, where she is invited, and where she has asked."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from notices import work
from notices.work import Item, Place
from operations.dates import moment
from partners.models import Invitation, JoinRequest, Membership, Organisation

ORGANISATION = ("name_original", "name_english", "original_language")
COLUMNS = ("is_invitation", "pk", "begun", "until", "person", "first", "last", "wants_to_be", "words")


def register() -> None:
    work.register(work.Section("organisations", of))


def of(user) -> Iterator[tuple[Place, Item]]:
    """Requests and invitations in one query."""
    columns = (*COLUMNS, *(f"organisation__{name}" for name in ORGANISATION))
    for values in _requests(user).values_list(*columns).union(_invitations(user).values_list(*columns), all=True):
        row = SimpleNamespace(**dict(zip(COLUMNS, values, strict=False)))
        row.name = " ".join(filter(None, [row.first, row.last])) or _("a colleague")
        row.title = str(Organisation(**dict(zip(ORGANISATION, values[len(COLUMNS) :], strict=True))))
        if row.is_invitation:
            yield Place.WAITS_FOR_YOU, _invited(row)
        elif row.person == user.pk:
            yield Place.IN_REVIEW, _asked(row)
        else:
            yield Place.WAITS_FOR_YOU, _to_decide(row)


def _requests(user) -> QuerySet:
    to_decide = JoinRequest.objects.waiting_for(user)
    requests = JoinRequest.objects.filter(Q(pk__in=to_decide.values("pk")) | Q(user=user)).open().order_by()
    return requests.annotate(
        is_invitation=Value(0),
        begun=F("created"),
        until=Value(None, DateTimeField()),
        person=F("user"),
        first=F("user__first_name"),
        last=F("user__last_name"),
        wants_to_be=F("wants"),
        words=F("message"),
    )


def _invitations(user) -> QuerySet:
    invitations = Invitation.objects.open().for_addresses_of(user).order_by()
    invitations = invitations.exclude(organisation__memberships__user=user)
    return invitations.annotate(
        is_invitation=Value(1),
        begun=F("sent"),
        until=F("expires"),
        person=F("invited_by"),
        first=F("invited_by__first_name"),
        last=F("invited_by__last_name"),
        wants_to_be=Value("", CharField()),
        words=Value("", CharField()),
    )


def _to_decide(row: SimpleNamespace) -> Item:
    wants_to_coordinate = row.wants_to_be == Membership.Role.COORDINATOR
    return _item(
        row,
        "partners:decide",
        what=_("Asks to coordinate") if wants_to_coordinate else _("Asks to join"),
        message=row.words,
        facts=[row.name, moment(row.begun)],
    )


def _asked(row: SimpleNamespace) -> Item:
    wants_to_coordinate = row.wants_to_be == Membership.Role.COORDINATOR
    return _item(
        row,
        "partners:asked",
        what=_("Request to coordinate") if wants_to_coordinate else _("Request to join"),
        facts=[_("asked %(when)s") % {"when": moment(row.begun)}],
    )


def _invited(row: SimpleNamespace) -> Item:
    good_until = _("good until %(when)s") % {"when": moment(row.until)}
    facts = [row.name, good_until] if row.person else [good_until]
    return _item(row, "partners:my_invitation", what=_("Invitation"), facts=facts)


def _item(row: SimpleNamespace, view: str, **more) -> Item:
    return Item(title=row.title, url=reverse(view, args=[row.pk]), symbol="partner", since=row.begun, **more)
