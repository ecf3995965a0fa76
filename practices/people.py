"""Who answers for a practice: who began it, and the coordinator of the organisation in charge."""

from django.db.models import QuerySet

from accounts.models import User
from partners.people import coordinators


def owner(uid) -> QuerySet[User]:
    return User.objects.filter(practices__uid=uid)


def coordinators_in_charge(uid) -> QuerySet[User]:
    return coordinators(practices__uid=uid)
