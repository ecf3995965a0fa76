"""Who writes a practice together: inviting, accepting, leaving. The only writer of `CoAuthor` and `CoAuthorInvitation`.

Whoever may write the practice invites; its author and the coordinator of its organisation take people out of it. Every
address is answered alike, whether it has an account or not, and whether its person writes the practice already.
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import invited
from accounts.invited import LASTS
from accounts.models import User
from catalogue import working_copies
from catalogue.models.entry import KindName
from notices import invitations
from operations import audit, reasons
from operations.models import AuditEntry
from operations.reasons import Reason
from partners import record_words
from partners.review_letters import tell, titles_of
from practices import letters
from practices.models import CoAuthor, CoAuthorInvitation, GoodPractice
from reviews import history


def register() -> None:
    """What the people of a practice read of it in its history."""
    for what in ("invitation.sent", "invitation.accepted"):
        record_words.register(what, lambda entry: _("to write it together"), kind=GoodPractice._meta.model_name)
    record_words.register("co_author.left")
    record_words.register("co_author.removed", record_words.with_reason(lambda entry: history.name_of(entry.whom)))


@transaction.atomic
def invite(*, practice: GoodPractice, email: str, by: User) -> CoAuthorInvitation:
    """Writes the letter; an address that has one waiting gets another, and the first letter's link ends. Raises TooMany."""
    practice = _written(practice, by)
    waiting = practice.co_author_invitations.pending().filter(email=email.strip().lower()).first()
    if waiting:
        return _send_again(waiting, by)
    invitation = CoAuthorInvitation(practice=practice, email=email)
    token = invited.begin(invitation, by=by)
    audit.note("invitation.sent", by=by, about=practice)
    _write(invitation, token, by)
    return invitation


@transaction.atomic
def send_again(*, invitation: CoAuthorInvitation, by: User) -> None:
    """With a new link and two more weeks; the old link ends. Raises TooMany, NotGood."""
    _written(invitation.practice, by)
    _send_again(invited.pending(invitation), by)


def _send_again(invitation: CoAuthorInvitation, by: User) -> CoAuthorInvitation:
    token = invited.again(invitation, by=by)
    audit.note("invitation.sent", by=by, about=invitation.practice, letters=invitation.letters)
    _write(invitation, token, by)
    return invitation


@transaction.atomic
def revoke(*, invitation: CoAuthorInvitation, by: User) -> None:
    """Its link ends. Raises NotGood."""
    practice = _written(invitation.practice, by)
    invited.end(invited.pending(invitation), "revoked")
    audit.note("invitation.revoked", by=by, about=practice)


@transaction.atomic
def accept(*, invitation: CoAuthorInvitation, by: User) -> CoAuthor:
    """Raises NotGood, AnotherAddress."""
    practice = _held(invitation.practice)
    invitation = invited.hers(invitation, by)
    if not practice.is_written_by(invitation.invited_by):
        raise invited.NotGood
    invited.end(invitation, "accepted")
    co_author, _created = CoAuthor.objects.get_or_create(
        practice=practice, user=by, defaults={"invited_by": invitation.invited_by}
    )
    audit.note("invitation.accepted", by=by, about=practice)
    told = {practice.owner, invitation.invited_by} - {None}
    tell(practice, letters.CO_AUTHOR_CAME, told, path=_people(practice), by=by)
    return co_author


@transaction.atomic
def decline(*, invitation: CoAuthorInvitation, by: User) -> None:
    """Raises NotGood, AnotherAddress."""
    practice = _held(invitation.practice)
    invited.end(invited.hers(invitation, by), "declined")
    audit.note("invitation.declined", by=by, about=practice)


@transaction.atomic
def leave(*, practice: GoodPractice, by: User) -> None:
    """What she has saved stays in the practice, what she has not is hers. Leaving twice is leaving once."""
    practice = _held(practice)
    if CoAuthor.objects.filter(practice=practice, user=by).delete()[0]:
        _keep_apart(practice, by)
        audit.note("co_author.left", by=by, about=practice)
        _end_invitations_of(by, practice, by)
        tell(practice, letters.CO_AUTHOR_LEFT, filter(None, [practice.owner]), path=_people(practice), by=by)


@transaction.atomic
def remove(*, co_author: CoAuthor, by: User, reason: Reason) -> None:
    """What she has written stays in the practice; she is told why."""
    practice = _held(co_author.practice)
    if not GoodPractice.objects.removable_by(by).filter(pk=practice.pk).exists():
        raise PermissionDenied
    if CoAuthor.objects.filter(pk=co_author.pk, practice=practice).delete()[0]:
        _keep_apart(practice, co_author.user)
        audit.note("co_author.removed", by=by, about=practice, whom=co_author.user, reason=reason.value)
        _end_invitations_of(co_author.user, practice, by)
        known, why = titles_of(practice), reasons.told(reason)  # a moment ago she could read it
        tell(practice, letters.CO_AUTHOR_REMOVED, [co_author.user], known_as=known, path="my/", by=by, message=why)


def _keep_apart(practice: GoodPractice, user: User) -> None:
    if not practice.is_written_by(user):  # as one of its organisation she goes on
        working_copies.keep_apart(person=user, kind=KindName.PRACTICES, record=practice.uid)


def left(request: HttpRequest, uid: UUID) -> str:
    """For who wrote the practice once, and no more."""
    of_it = AuditEntry.objects.filter(about_uid=uid)
    removed, gone = Q(what="co_author.removed", whom=request.user), Q(what="co_author.left", actor=request.user)
    if not of_it.filter(removed | gone).exists():
        return ""
    return _(
        "You no longer write this practice: you have left it, or were taken out of it. What you sent was not saved;"
        " anything that was kept while you typed is on My work."
    )


def behind(token: str) -> CoAuthorInvitation | None:
    """The good invitation to which the link leads."""
    found = CoAuthorInvitation.objects.behind(token).select_related("practice", "invited_by").first()
    return found if found and is_good(found) else None


def is_good(invitation: CoAuthorInvitation) -> bool:
    """It is open, and who invites writes the practice still."""
    by, is_open = invitation.invited_by, CoAuthorInvitation.objects.open().filter(pk=invitation.pk).exists()
    return is_open and invitation.practice.is_written_by(by)


def _end_invitations_of(user: User, practice: GoodPractice, by: User) -> None:
    """She writes it no more, so that she brings nobody in."""
    if practice.is_written_by(user):
        return
    hers = practice.co_author_invitations.pending().filter(invited_by=user)
    for invitation in hers.select_for_update(of=("self",)).order_by("pk"):
        invited.end(invitation, "revoked")
        audit.note("invitation.revoked", by=by, about=practice)


def _people(practice: GoodPractice) -> str:
    return f"{practice.writing_address()}people/"


def _held(practice: GoodPractice) -> GoodPractice:
    held = GoodPractice.objects.select_for_update().filter(pk=practice.pk).first()
    if held is None:
        raise PermissionDenied
    return held


def _written(practice: GoodPractice, by: User) -> GoodPractice:
    held = _held(practice)
    if not held.is_written_by(by):
        raise PermissionDenied
    return held


def _write(invitation: CoAuthorInvitation, token: str, by: User) -> None:
    """To whom writes the practice already nothing is sent; who invites is told that it may be so, and not whether it is."""
    reader, practice = invited.reader_of(invitation.email), invitation.practice
    if reader and practice.is_written_by(reader):
        return
    invitations.send(
        "practices/email/co_author",
        email=invitation.email,
        reader=reader,
        by=by,
        link=("practices:co_author_invitation", token),
        title=lambda: letters.title_of(practice),
        days=LASTS.days,
    )


def forget(before: datetime) -> None:
    """Addresses of people who may never have had an account are kept no longer than they are needed."""
    CoAuthorInvitation.objects.ended(before).delete()
