"""Which organisations the demo users act for."""

from django.db import transaction

from accounts import demo
from accounts.models import User
from partners.models import Membership, Organisation
from seeds.contents import uid_of

Role = Membership.Role
MEMBERS = {
    "zrs-bistra-ptuj": ("partner@example.org", "partner2@example.org"),
    "razvojna-agencija-sora": ("partner-elsewhere@example.org",),
}


def ensure_demo_users() -> list[User]:
    """Makes the demo users who are missing, members at once. Who was made before stays as people left her.

    The first of an organisation coordinates it, unless somebody does.
    """
    with transaction.atomic():
        made = {user.email: user for user in demo.ensure_demo_users()}
        for key, emails in MEMBERS.items():
            organisation = Organisation.objects.get(uid=uid_of("partners", key))
            for email in filter(made.get, emails):
                is_coordinated = organisation.memberships.filter(role=Role.COORDINATOR).exists()
                is_first = email == emails[0] and not is_coordinated
                role = Role.COORDINATOR if is_first else Role.MEMBER
                Membership.objects.create(user=made[email], organisation=organisation, role=role)
    return list(made.values())
