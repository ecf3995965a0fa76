"""People on the public page of their organisation: kept pages follow what the functions of `memberships` do not see.

Editors change roles in the admin, people change their names, accounts are closed and erased.
"""

from django.db.models.signals import post_delete, post_save

from accounts.models import User
from pages.models import SiteState
from partners.models import Membership

SHOWN = {"first_name", "last_name", "is_active"}


def notice() -> None:
    post_save.connect(_after_membership, sender=Membership, dispatch_uid="partners.after_membership")
    post_delete.connect(_after_membership, sender=Membership, dispatch_uid="partners.after_membership_ends")
    post_save.connect(_after_person, sender=User, dispatch_uid="partners.after_person")


def _after_membership(instance: Membership, **told) -> None:
    if instance.is_named:
        SiteState.objects.bump()


def _after_person(instance: User, created: bool, update_fields=None, **told) -> None:
    """Signing in saves a person, too, and shows nothing new of her."""
    if created or (update_fields is not None and not SHOWN & set(update_fields)):
        return
    if Membership.objects.filter(user=instance, is_named=True).exists():
        SiteState.objects.bump()
