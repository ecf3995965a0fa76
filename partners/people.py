"""Who answers for what an organisation keeps, and whom its page names."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from partners.models import Membership


def coordinators(**organisation) -> QuerySet[User]:
    """Of the organisations that fit: `coordinators(managed_areas__uid=uid)`. A value may be an `OuterRef`."""
    wanted = {f"memberships__organisation__{name}": value for name, value in organisation.items()}
    return User.objects.filter(memberships__role=Membership.Role.COORDINATOR, **wanted)


def of_organisation(uid) -> QuerySet[User]:
    return coordinators(uid=uid)


def of_area(uid) -> QuerySet[User]:
    return coordinators(managed_areas__uid=uid)


def with_named(entries: QuerySet) -> QuerySet:
    """Whether the organisation's page names anybody: then it asks for them."""
    return entries.annotate(names_people=Exists(Membership.objects.named().filter(organisation__uid=OuterRef("uid"))))
