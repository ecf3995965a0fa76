"""Organisations, who belongs to them, and the industrial areas that some of them look after."""

from partners.models.area import IndustrialArea, IndustrialAreaQuerySet
from partners.models.membership import Membership, MembershipQuerySet
from partners.models.organisation import Organisation

__all__ = ["IndustrialArea", "IndustrialAreaQuerySet", "Membership", "MembershipQuerySet", "Organisation"]
