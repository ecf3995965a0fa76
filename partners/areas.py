"""Beginning the description of an industrial area; its states are those of every record (`catalogue.reviewing`)."""

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from catalogue import record_log, reviewing
from catalogue.reviewing import Edit
from partners.models import IndustrialArea, Organisation


def begin(*, by: User, organisation: Organisation, edit: Edit, uid: UUID | None = None) -> IndustrialArea:
    """A new one, managed by the organisation. With the `uid` of one that she began a moment ago, that one is saved instead.

    Raises PermissionDenied, and EditConflict where that one has another text by now.
    """
    if not Organisation.objects.editable_by(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    hers = IndustrialArea.objects.editable_by(by).filter(manager=organisation)
    begun = hers.filter(uid=uid).first() if uid else None
    if begun is None:
        try:
            return _begin(uid or uuid4(), organisation, edit, by)
        except IntegrityError:  # she pressed the button twice, or the uid is somebody else's
            begun = hers.filter(uid=uid).first()
            if begun is None:
                return _begin(uuid4(), organisation, edit, by)
    return reviewing.save_draft(record=begun, by=by, edit=edit, expected_revision=None)


@transaction.atomic
def _begin(uid: UUID, organisation: Organisation, edit: Edit, by: User) -> IndustrialArea:
    area = IndustrialArea(uid=uid, manager=organisation)
    edit(area)
    area.save()
    area.save_revision(user=by)
    record_log.note(area, record_log.BEGUN, by=by)
    return area
