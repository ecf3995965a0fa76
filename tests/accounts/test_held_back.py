"""Staff without a second factor, where one is wanted (REQUIRE_MFA): nothing of staff's is open to her, and she is told why."""

import pytest
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.urls import reverse

from accounts import access
from accounts.acts import Role
from accounts.models import User
from practices.models import GoodPractice
from tests.factories import AdminFactory, GoodPracticeFactory, UserFactory
from tests.partners.factories import JoinRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_MFA = True


def with_second_factor(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("person", [AdminFactory, lambda: UserFactory(role=User.Role.EDITOR)])
def test_her_standing_is_staffs_only_with_one(person):
    user = person()
    assert access.standing(user) == {Role.VISITOR, Role.PERSON}
    assert not access.has_permissions(user, "wagtailadmin.access_admin")

    user = with_second_factor(user)
    assert access.standing(user) > {Role.VISITOR, Role.PERSON}
    assert access.has_permissions(user, "wagtailadmin.access_admin")


def test_reviewers_and_members_keep_theirs():
    reviewer = UserFactory(role=User.Role.REVIEWER)
    assert access.standing(reviewer) == {Role.VISITOR, Role.PERSON, Role.REVIEWER}

    editor = UserFactory(role=User.Role.EDITOR)
    own = GoodPracticeFactory(owner=editor)
    mine = access.rows("practices.write", editor, {Role.AUTHOR: Q(owner=editor), Role.EDITOR: Q()})
    assert GoodPractice.objects.filter(mine).get() == own


@pytest.fixture
def asked():
    """A request that waits for staff, for the organisation has no coordinator."""
    return JoinRequestFactory()


@pytest.mark.parametrize("person", [AdminFactory, lambda: UserFactory(role=User.Role.EDITOR)])
def test_outside_the_admin_too_she_is_led_to_set_it_up(client, person, asked):
    client.force_login(person())
    path = reverse("partners:decide", args=[asked.pk])

    assert client.get(path).url == f"/accounts/second-factor/?next={path}"
    assert client.post(path, {"action": "accept"}).url == "/accounts/second-factor/"
    asked.refresh_from_db()
    assert asked.outcome == ""


def test_with_one_she_decides(client, asked):
    client.force_login(with_second_factor(UserFactory(role=User.Role.EDITOR)))

    client.post(reverse("partners:decide", args=[asked.pk]), {"action": "accept"})

    asked.refresh_from_db()
    assert asked.outcome == "accepted"


def test_what_is_nobodys_and_what_is_not_staffs_is_not_there_as_ever(client, asked):
    path = reverse("partners:decide", args=[asked.pk])
    client.force_login(UserFactory())
    assert client.get(path).status_code == 404

    client.force_login(AdminFactory())
    assert client.get("/en/my/").status_code == 200
    assert client.get("/accounts/second-factor/").status_code == 200


def test_my_work_says_what_her_work_as_staff_waits_for(client, django_assert_max_num_queries):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    with django_assert_max_num_queries(20):
        page = client.get("/en/my/").content.decode()
    assert "Your work as staff waits for a second factor." in page
    assert 'href="/accounts/second-factor/?next=/en/my/"' in page

    client.force_login(UserFactory(role=User.Role.REVIEWER))
    assert "waits for a second factor" not in client.get("/en/my/").content.decode()
