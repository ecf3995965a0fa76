"""Organisations, who belongs to them and how people come to, and the industrial areas that some of them look after."""

from partners.models.area import IndustrialArea, IndustrialAreaQuerySet
from partners.models.joining import Invitation, JoinRequest, JoinRequestQuerySet
from partners.models.logo import Logo
from partners.models.membership import Membership, MembershipQuerySet
from partners.models.organisation import Organisation, OrganisationQuerySet
from partners.models.reviewed import ACTIVE_REVIEW, OrganisationCheckTask, ReviewedQuerySet, ReviewedRecord

__all__ = [
    "ACTIVE_REVIEW",
    "IndustrialArea",
    "IndustrialAreaQuerySet",
    "Invitation",
    "JoinRequest",
    "JoinRequestQuerySet",
    "Logo",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationCheckTask",
    "OrganisationQuerySet",
    "ReviewedQuerySet",
    "ReviewedRecord",
]
