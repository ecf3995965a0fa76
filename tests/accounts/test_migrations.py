"""What migrations did to accounts that were there before them."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from accounts.models import User
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def addresses() -> list[tuple]:
    return list(EmailAddress.objects.order_by("pk").values_list("user__email", "email", "verified", "primary"))


def test_addresses_that_staff_gave_count_as_confirmed():
    """0005: people who could sign in before addresses were confirmed can do so after it."""
    confirm = import_module("accounts.migrations.0005_confirmed_addresses").confirm
    bare, begun, had = (UserFactory(email=f"{name}@example.org") for name in ("bare", "begun", "had"))
    User.objects.filter(pk=bare.pk).update(email="Bare@example.org")
    EmailAddress.objects.exclude(user=had).delete()
    EmailAddress.objects.create(user=begun, email="begun@example.org", primary=True)
    EmailAddress.objects.create(user=had, email="other@example.org")

    for _again in range(2):
        confirm(apps, None)

        assert addresses() == [
            ("had@example.org", "had@example.org", True, True),
            ("begun@example.org", "begun@example.org", True, True),
            ("had@example.org", "other@example.org", False, False),
            ("Bare@example.org", "bare@example.org", True, True),
        ]


def test_accounts_without_any_address_are_left_alone():
    User.objects.filter(pk=UserFactory().pk).update(email="")
    EmailAddress.objects.all().delete()

    import_module("accounts.migrations.0005_confirmed_addresses").confirm(apps, None)

    assert addresses() == []
