"""Which organisations the demo users act for."""

from django.db import transaction

from accounts import demo
from accounts.models import User
from partners.models import Membership, Organisation
from seeds.contents import uid_of

MEMBERS = {
    "zrs-bistra-ptuj": ("partner@example.org", "partner2@example.org"),
    "razvojna-agencija-sora": ("partner-elsewhere@example.org",),
}


def ensure_demo_users() -> list[User]:
    """Makes the demo users who are missing, members at once. Who was made before stays as people left her."""
    with transaction.atomic():
        made = {user.email: user for user in demo.ensure_demo_users()}
        for key, emails in MEMBERS.items():
            organisation = Organisation.objects.get(uid=uid_of("partners", key))
            for email in made.keys() & emails:
                Membership.objects.create(user=made[email], organisation=organisation)
    return list(made.values())
