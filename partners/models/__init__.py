"""Organisations, who belongs to them and how people come to, and the industrial areas that some of them look after."""

from partners.models.area import IndustrialArea, IndustrialAreaQuerySet
from partners.models.joining import Invitation, InvitationQuerySet, JoinRequest, JoinRequestQuerySet
from partners.models.logo import Logo
from partners.models.membership import Membership, MembershipQuerySet
from partners.models.organisation import Organisation, OrganisationQuerySet

__all__ = [
    "IndustrialArea",
    "IndustrialAreaQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "JoinRequest",
    "JoinRequestQuerySet",
    "Logo",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
]
