"""A second factor that is lost, and how its secrets are kept."""

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from accounts import sealing, second_factor
from accounts.models import User
from operations.models import AuditEntry
from tests.accounts.test_second_factor import code_of, is_in, set_up, sign_in
from tests.factories import AdminFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina():
    return UserFactory(email="nina@example.org", language="sl", first_name="Nina", last_name="Novak")


@pytest.fixture
def admin():
    return AdminFactory(email="ana@example.org")


def at_desk(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(user) -> str:
    return f"/cms/users/second-factor/{user.pk}/"


def kept() -> str:
    """Every word that the database holds of second factors, and of sessions."""
    with connection.cursor() as cursor:
        words = []
        for table in (Authenticator._meta.db_table, "django_session", "usersessions_usersession"):
            cursor.execute(f"SELECT * FROM {table}")
            words += [str(row) for row in cursor.fetchall()]
    return " ".join(words)


# Staff helps


def test_staff_removes_it_and_she_comes_in_with_her_password(nina, admin, mailoutbox):
    set_up(lost := sign_in(nina))
    desk = at_desk(admin)
    assert address(nina) in desk.get(f"/cms/users/edit/{nina.pk}/").content.decode()
    assert "Nina Novak · nina@example.org" in desk.get(address(nina)).content.decode()
    assert Authenticator.objects.count() == 2

    assert desk.post(address(nina)).url == f"/cms/users/edit/{nina.pk}/"

    assert not Authenticator.objects.exists()
    assert not is_in(lost)
    assert is_in(sign_in(nina))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.what, entry.actor, entry.whom) == ("second-factor.removed", admin, nina)


def test_she_is_told_in_her_language_and_where_to_set_up_a_new_one(nina, admin):
    set_up(sign_in(nina))
    mail.outbox.clear()

    at_desk(admin).post(address(nina))

    [letter] = mail.outbox
    assert letter.to == ["nina@example.org"]
    assert "http://127.0.0.1:8000/accounts/second-factor/?next=/sl/my/" in letter.body


def test_there_is_no_such_page_for_editors_for_ones_own_and_where_there_is_none(nina, admin):
    editor = UserFactory(role=User.Role.EDITOR)
    assert at_desk(admin).post(address(nina)).status_code == 404

    for person in (nina, admin, editor):
        set_up(sign_in(person))
    assert at_desk(editor).post(address(nina)).status_code == 404
    assert at_desk(admin).post(address(admin)).status_code == 404
    assert address(admin) not in at_desk(admin).get(f"/cms/users/edit/{admin.pk}/").content.decode()
    with pytest.raises(PermissionDenied):
        second_factor.remove(user=nina, by=editor)
    assert Authenticator.objects.filter(user=nina).count() == 2


# Other sessions


def test_setting_one_up_signs_her_out_elsewhere(nina):
    elsewhere, here, luka = sign_in(nina), sign_in(nina), sign_in(UserFactory())

    set_up(here)

    assert (is_in(here), is_in(elsewhere), is_in(luka)) == (True, False, True)


# What the database holds


def test_the_database_tells_no_secret(nina):
    secret, codes = set_up(sign_in(nina))

    assert secret not in kept() and not any(code in kept() for code in codes)
    assert all(
        factor.data[name].startswith(sealing.BEGINNING)
        for factor in Authenticator.objects.all()
        for name in sealing.SECRETS
        if name in factor.data
    )


def test_what_was_kept_plain_is_sealed_by_the_migration(nina):
    migration = import_module("accounts.migrations.0008_sealed_second_factors")
    plain = [
        Authenticator(user=nina, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"}),
        Authenticator(user=nina, type="recovery_codes", data={"seed": "abcdef", "used_mask": 5}),
    ]
    Authenticator.objects.bulk_create(plain)

    migration.seal(apps, None)
    migration.seal(apps, None)

    assert "JBSWY3DPEHPK3PXP" not in kept() and "abcdef" not in kept()
    totp, codes = Authenticator.objects.order_by("-type")
    assert TOTP(totp).validate_code(code_of("JBSWY3DPEHPK3PXP"))
    assert sealing.unseal(codes.data["seed"]) == "abcdef" and codes.data["used_mask"] == 5


def test_a_former_key_opens_until_all_is_sealed_by_the_new_one(nina, settings):
    secret, _codes = set_up(sign_in(nina))
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new key " * 6
    settings.SECRET_KEY_FALLBACKS = [former]
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_of(secret))

    second_factor.seal_anew()
    settings.SECRET_KEY_FALLBACKS = []

    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_of(secret, later=1))
    assert len(RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()) == 10


def test_where_the_key_is_gone_no_code_is_good_and_nothing_breaks(nina, settings, caplog):
    secret, codes = set_up(sign_in(nina))
    settings.SECRET_KEY = "quite another key " * 4
    client = sign_in(nina)

    for code in (code_of(secret), codes[0], code_of("")):
        assert client.post("/accounts/second-factor/authenticate/", {"code": code}).status_code == 200

    assert not is_in(client)
    assert "neither SECRET_KEY nor SECRET_KEY_FALLBACKS" in caplog.text
    second_factor.seal_anew()
    assert Authenticator.objects.filter(data__secret__startswith=sealing.BEGINNING).exists()
