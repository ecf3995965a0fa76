"""Asking to belong to an organisation, and what becomes of it. The only writer of `JoinRequest`.

Every function is one transaction, holds the organisation's row first, and reads the request again under it: of two who
decide at once, or two who want the same place, the second finds what the first has done.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue.locking import publishing
from operations import audit
from partners import letters, suggestions
from partners.memberships import admit, held, make_coordinator
from partners.models import JoinRequest, Membership, Organisation

MOST_A_DAY = 10  # requests of one person, whatever became of them
MOST_OPEN_REGISTRATIONS = 3
Role, Outcome = Membership.Role, JoinRequest.Outcome


class Belongs(Exception):
    """She is a member already."""


class PlaceTaken(Exception):
    """The organisation has a coordinator."""


class TooMany(Exception):
    """She has asked enough for today."""


class Decided(Exception):
    """Somebody was faster: it is accepted, declined or taken back."""


class Alike(Exception):
    """There are organisations with nearly this name that she has not been shown."""

    def __init__(self, organisations: list[Organisation]):
        super().__init__(organisations)
        self.organisations = organisations


# Asking


@transaction.atomic
def ask(*, organisation: Organisation, by: User, wants: str = Role.MEMBER, message: str = "") -> JoinRequest:
    """One request of a person at an organisation is open at a time: a second press finds the first. Raises Belongs,
    PlaceTaken, TooMany.
    """
    organisation = held(organisation)
    if not Organisation.objects.joinable().filter(pk=organisation.pk).exists():
        raise PermissionDenied
    if begun := organisation.join_requests.open().of(by).first():
        return begun
    if wants == Role.COORDINATOR and organisation.memberships.coordinating().exists():
        raise PlaceTaken
    if wants == Role.MEMBER and organisation.memberships.of(by).exists():
        raise Belongs
    _mind_the_limit(by)
    request = _begin(organisation, by, wants, message)
    audit.note("membership.asked", by=by, about=organisation, wants=str(wants))
    letters.tell_deciders(request)
    return request


def register(*, organisation: Organisation, by: User, seen: Collection[UUID] = (), message: str = "") -> JoinRequest:
    """A new organisation, as a draft that staff accepts or not; who registers it would coordinate it.

    One at a time, under the catalogue's lock: of two who register the same name at once, the second is shown the first.
    Raises Alike, and TooMany.
    """
    with publishing():
        names = (organisation.name_original, organisation.name_english)
        known = suggestions.alike(*names, abbreviation=organisation.abbreviation)
        if {each.uid for each in known} - set(seen):
            raise Alike(known)
        _mind_the_limit(by)
        waiting = JoinRequest.objects.open().of(by).filter(organisation__memberships=None, wants=Role.COORDINATOR)
        if waiting.filter(organisation__first_published_at=None).count() >= MOST_OPEN_REGISTRATIONS:
            raise TooMany
        organisation.save()
        organisation.save_revision(user=by)
        request = _begin(organisation, by, Role.COORDINATOR, message)
        audit.note("organisation.registered", by=by, about=organisation)
        letters.tell_deciders(request, is_new=True)
        return request


def _begin(organisation: Organisation, by: User, wants: str, message: str) -> JoinRequest:
    name = str(organisation)[:250]
    return JoinRequest.objects.create(
        user=by, organisation=organisation, organisation_name=name, wants=wants, message=message
    )


def _mind_the_limit(user: User) -> None:
    day_ago = timezone.now() - timedelta(days=1)
    if JoinRequest.objects.of(user).filter(created__gt=day_ago).count() >= MOST_A_DAY:
        raise TooMany


@transaction.atomic
def take_back(*, request: JoinRequest, by: User) -> None:
    """By who asked. An organisation that was registered by it goes, too."""
    request = _read_again(request)
    if request.user_id != by.pk:
        raise PermissionDenied
    organisation = request.organisation
    _close(request, Outcome.TAKEN_BACK, by=by)
    audit.note("membership.taken_back", by=by, about=organisation, wants=request.wants)
    _forget_registered(organisation)


# Deciding


@transaction.atomic
def accept(*, request: JoinRequest, by: User, answer: str = "") -> None:
    """She belongs to it from now on. Who is made its coordinator ends the others' requests for the place.

    Raises Decided, and PlaceTaken.
    """
    request = _to_decide(request, by)
    organisation, person = request.organisation, request.user
    if request.is_for_coordinating:
        if organisation.memberships.coordinating().exclude(user=person).exists():
            raise PlaceTaken
        make_coordinator(organisation=organisation, user=person, by=by)
    else:
        admit(organisation=organisation, user=person)
        letters.tell(organisation, letters.ACCEPTED, [person], by=by, message=answer)
    _close(request, Outcome.ACCEPTED, by=by, answer=answer)
    audit.note("membership.accepted", by=by, about=organisation, whom=person, wants=request.wants)
    if request.is_for_coordinating:
        letters.tell(organisation, letters.MADE_COORDINATOR, [person], by=by, message=answer)
        _end_others(organisation, by)


def _end_others(organisation: Organisation, by: User) -> None:
    for other in organisation.join_requests.open().filter(wants=Role.COORDINATOR).select_related("user"):
        _close(other, Outcome.DECLINED, by=by)
        audit.note("membership.declined", by=by, about=organisation, whom=other.user, wants=other.wants)
        letters.tell(organisation, letters.PLACE_TAKEN, [other.user], path=_path(other), by=by)


@transaction.atomic
def decline(*, request: JoinRequest, by: User, answer: str = "") -> None:
    """With words to who asked. An organisation that was registered by it and never public is deleted. Raises Decided."""
    request = _to_decide(request, by)
    organisation, person = request.organisation, request.user
    _close(request, Outcome.DECLINED, by=by, answer=answer)
    audit.note("membership.declined", by=by, about=organisation, whom=person, wants=request.wants)
    letters.tell(organisation, letters.DECLINED, [person], path=_path(request), by=by, message=answer)
    _forget_registered(organisation)


@transaction.atomic
def settle(*, organisation: Organisation, user: User, by: User) -> None:
    """She has come in by another way: what she asked for is done."""
    for request in organisation.join_requests.open().of(user).filter(wants=Role.MEMBER):
        _close(request, Outcome.ACCEPTED, by=by)


def _path(request: JoinRequest) -> str:
    return f"my/organisations/requests/{request.pk}/"


def _to_decide(request: JoinRequest, by: User) -> JoinRequest:
    request = _read_again(request)
    if not JoinRequest.objects.decidable_by(by).filter(pk=request.pk).exists():
        raise PermissionDenied
    return request


def _read_again(request: JoinRequest) -> JoinRequest:
    """As it is now, its organisation's row held before its own. Raises Decided."""
    if request.organisation_id is None:
        raise Decided
    Organisation.objects.select_for_update().filter(pk=request.organisation_id).first()
    found = JoinRequest.objects.select_for_update(of=("self",)).select_related("organisation", "user")
    request = found.filter(pk=request.pk).first()
    if request is None or not request.is_open:
        raise Decided
    return request


def _close(request: JoinRequest, outcome: str, *, by: User, answer: str = "") -> None:
    request.outcome, request.answer, request.decided, request.decided_by = outcome, answer, timezone.now(), by
    request.save(update_fields=["outcome", "answer", "decided", "decided_by"])


def _forget_registered(organisation: Organisation) -> None:
    """A registration that comes to nothing leaves nothing, unless staff or others have begun to use it."""
    if organisation.was_public or organisation.memberships.exists() or organisation.join_requests.open().exists():
        return
    organisation.join_requests.update(organisation=None)
    if organisation.may_be_deleted:
        organisation.delete()


def forget(before: datetime) -> None:
    """What was decided long ago."""
    JoinRequest.objects.filter(decided__lt=before).delete()
