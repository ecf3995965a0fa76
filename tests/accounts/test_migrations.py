"""What migrations did to accounts that were there before them."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps

from accounts import erasure
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


def test_of_what_the_other_side_told_her_number_and_confirmed_addresses_stay():
    """0011: the rest was of no use, and her erasure did not find it."""
    user = UserFactory(email="ziva@example.org")
    userinfo = {"sub": "42", "name": "Živa", "email": "Kanarek@example.org", "email_verified": True}
    id_token = {"sub": "42", "email": "ziva@example.org", "email_verified": True}
    account = SocialAccount.objects.create(user=user, uid="42", provider="organisation")
    SocialAccount.objects.filter(pk=account.pk).update(extra_data={"userinfo": userinfo, "id_token": id_token})
    assert erasure.addresses_of(user) == {"ziva@example.org", "kanarek@example.org"}

    for _again in range(2):
        import_module("accounts.migrations.0011_least_of_other_sign_ins").keep_least(apps, None)

        assert SocialAccount.objects.get().extra_data == {}
        assert erasure.addresses_of(user) == {"ziva@example.org", "kanarek@example.org"}
        assert user.former_addresses.count() == 1
