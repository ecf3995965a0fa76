"""What is a practice's own in writing one: who begins it, and which organisation answers for it.

Its states are those of every record (`catalogue.reviewing`).
"""

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from catalogue import publication, record_log, reviewing
from catalogue.locking import publishing
from catalogue.record_log import Ending
from catalogue.reviewing import Edit
from partners.models import Organisation
from practices.models import GoodPractice


def create_draft(
    *, by: User, edit: Edit, organisation: Organisation | None = None, uid: UUID | None = None
) -> GoodPractice:
    """A new practice of the user's. With the `uid` of one that she began a moment ago, that one is saved instead."""
    mine = GoodPractice.objects.filter(owner=by)
    begun = mine.filter(uid=uid).first() if uid else None
    if begun is None:
        try:
            return _begin(uid or uuid4(), edit, organisation, by)
        except IntegrityError:  # she pressed the button twice, or the uid is somebody else's
            begun = mine.filter(uid=uid).first()
            if begun is None:
                return _begin(uuid4(), edit, organisation, by)
    return save_draft(practice=begun, by=by, edit=edit, organisation=organisation, expected_revision=None)


@transaction.atomic
def _begin(uid: UUID, edit: Edit, organisation: Organisation | None, by: User) -> GoodPractice:
    practice = GoodPractice(uid=uid, owner=by, organisation_in_charge=_own(organisation, None, by))
    edit(practice)
    practice.save()
    practice.save_revision(user=by)
    record_log.note(practice, record_log.BEGUN, by=by)
    return practice


def save_draft(
    *, practice: GoodPractice, by: User, edit: Edit, organisation: Organisation | None, expected_revision: int | None
) -> GoodPractice:
    """As `catalogue.reviewing.save_draft`. The organisation in charge is in the ledger: it changes at once, for a published
    practice in the catalogue, too.
    """
    moves = practice.organisation_in_charge_id != (organisation.pk if organisation else None)
    with publishing() if moves else transaction.atomic():
        saved = reviewing.save_draft(
            record=practice, by=by, edit=edit, expected_revision=expected_revision, even_unchanged=moves
        )
        if moves:
            _move(saved, organisation, by)
    return saved


def _move(practice: GoodPractice, organisation: Organisation | None, by: User) -> None:
    if not may_move(practice, by) or (practice.live and organisation is None):
        raise PermissionDenied
    publication.change_ledger(practice, organisation_in_charge=_own(organisation, practice, by))
    record_log.note(practice, record_log.MOVED, by=by)
    reviewing.end(record=practice, by=by, why=Ending.MOVED)  # another answers for it now, and has checked nothing
    practice.refresh_from_db()


def may_move(practice: GoodPractice, by: User) -> bool:
    """Whether she may put it in another organisation's charge: what is public changes there at once, without a review."""
    return not practice.live or GoodPractice.objects.removable_by(by).filter(pk=practice.pk).exists()


def _own(organisation: Organisation | None, practice: GoodPractice | None, by: User) -> Organisation | None:
    """Practices are put in charge of organisations that their author belongs to."""
    if organisation is None or organisation.memberships.filter(user=by).exists():
        return organisation
    if practice and practice.organisation_in_charge_id == organisation.pk:
        return organisation
    raise PermissionDenied
