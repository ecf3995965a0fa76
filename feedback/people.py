"""Who answers for a record. Those who write to them never learn who it is, nor how many.

Each room says it for its kinds (`catalogue.kinds.Kind.people`); where nobody does, or nobody can be reached, staff answers.
"""

from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.access import standing
from accounts.acts import STAFF
from accounts.models import User
from catalogue import kinds


def who_answer_for(kind: str, uid: UUID) -> list[User]:
    """Never empty, as long as the portal has staff."""
    found = {user.pk: user for people_of in _ways(kind) for user in reachable(people_of(uid))}
    return list(found.values()) or list(staff())


def staff() -> QuerySet[User]:
    return reachable(User.objects.filter(Q(groups__name=User.Role.EDITOR) | Q(is_superuser=True))).distinct()


def is_staff(user: User) -> bool:
    return bool(standing(user) & STAFF)


def reachable(users: QuerySet[User]) -> QuerySet[User]:
    """Whoever can sign in here."""
    active = users.filter(is_active=True)
    return active if settings.DEMO else active.filter(is_demo=False)


def has_people(user: User | None = None) -> Q:
    """Of rows with `about_kind` and `about_uid`: whether anybody answers for the record, or just this user."""
    found = Q(pk__in=())
    for kind in kinds.all_kinds():
        for people_of in kind.people:
            people = reachable(people_of(OuterRef("about_uid")))
            found |= Q(Exists(people.filter(pk=user.pk) if user else people), about_kind=kind.name)
    return found


def _ways(kind: str) -> tuple[kinds.PeopleOf, ...]:
    known = kinds.find(kind)
    return known.people if known else ()
