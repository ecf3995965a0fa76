"""Who answers for a project: the coordinators of the organisations that take part, the lead partner's first."""

from django.db.models import QuerySet

from accounts.models import User
from partners.people import coordinators
from projects.models import Participation


def of_lead_partner(uid) -> QuerySet[User]:
    return coordinators(participations__project__uid=uid, participations__role=Participation.Role.LEAD_PARTNER)


def of_partners(uid) -> QuerySet[User]:
    return coordinators(participations__project__uid=uid)
