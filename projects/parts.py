"""What an organisation itself says of its part in a project: one draft of the project, in which nothing else differs.

While anybody else is at work on the project, its organisations wait: what one of them submits is published as a whole.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from modelcluster.models import get_all_child_relations

from accounts.models import User
from catalogue import reviewing
from partners.models import Organisation
from projects.models import Participation, Project

_NOT_CONTENT = {"pk", "project", "indicator"}  # of a part: its row and whose it is, which change at each publication


class SomebodyIsAtWork(Exception):
    """The project has a draft in which more differs from what is public than the part at hand."""


def part_of(draft: Project, organisation: Organisation) -> Participation | None:
    """The organisation's part in the draft, which may lack it by now."""
    held = draft.participations.get_object_list()  # the draft's own: what is written into them is saved with it
    return next((part for part in held if part.organisation_id == organisation.pk), None)


def is_free(project: Project, organisation: Organisation) -> bool:
    """Whether the organisation may write: its part, and nothing else, differs from what is public."""
    if not project.live or project.live_revision_id is None:
        return False
    if project.latest_revision_id == project.live_revision_id:
        return part_of(project.latest_draft(), organisation) is not None
    latest, live = project.latest_draft(), project.live_revision.as_object()
    part = part_of(latest, organisation)
    return part is not None and _beside(latest, part) == _beside(live, part)


def _beside(draft: Project, own: Participation) -> dict[str, Any]:
    """The content of the draft without what the part says of itself."""
    written = draft.serializable_data()
    names = [relation.get_accessor_name() for relation in get_all_child_relations(draft)]
    content = {name: written[name] for name in draft.content_fields} | {name: _bare(written[name]) for name in names}
    for part in content["participations"]:
        if part["uid"] == str(own.uid):
            for name in Participation.OWN:
                del part[name]
    return content


def _bare(value):
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if name not in _NOT_CONTENT}
    return value


def save(
    *,
    project: Project,
    organisation: Organisation,
    by: User,
    edit: Callable[[Project], None],
    expected_revision: int | None,
) -> Project:
    """As `catalogue.reviewing.save_draft`. Raises SomebodyIsAtWork, too."""
    with _held(project, organisation, by) as held:
        return reviewing.save_draft(record=held, by=by, edit=edit, expected_revision=expected_revision)


def submit(*, project: Project, organisation: Organisation, by: User) -> bool:
    """As `catalogue.reviewing.submit`. Raises SomebodyIsAtWork, too."""
    with _held(project, organisation, by) as held:
        return reviewing.submit(record=held, by=by)


def take_back(*, project: Project, organisation: Organisation, by: User) -> None:
    """As `catalogue.reviewing.take_back`. Raises SomebodyIsAtWork, too."""
    with _held(project, organisation, by) as held:
        reviewing.take_back(record=held, by=by)


@contextmanager
def _held(project: Project, organisation: Organisation, by: User) -> Iterator[Project]:
    """A transaction that holds the project's row, as it is now and free for the organisation."""
    with transaction.atomic():
        if not Organisation.objects.editable_by(by).filter(pk=organisation.pk).exists():
            raise PermissionDenied
        held = Project.objects.select_for_update().get(pk=project.pk)
        if not is_free(held, organisation):
            raise SomebodyIsAtWork
        yield held
