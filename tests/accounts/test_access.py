"""The table of who may do what, as doors and rows read it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404, HttpResponse

from accounts import access
from accounts.acts import ACTS, TABLE, Role
from accounts.models import User
from practices.models import GoodPractice
from tests.factories import AdminFactory, GoodPracticeFactory, UserFactory
from tools import roles

pytestmark = pytest.mark.django_db


@access.allowed("reviews.assess")
def review(request):
    return HttpResponse("Read, and decide.")


@pytest.fixture
def ask(rf):
    def ask(user):
        request = rf.get("/en/my/reviews/")
        request.user = user
        return review(request)

    return ask


def test_who_has_the_role_comes_in(ask):
    for user in (UserFactory(role=User.Role.REVIEWER), AdminFactory()):
        assert ask(user).content == b"Read, and decide."


def test_a_visitor_is_asked_to_sign_in_and_comes_back(ask):
    assert ask(AnonymousUser()).url == "/accounts/login/?next=/en/my/reviews/"


def test_for_others_there_is_no_such_page(ask):
    for user in (UserFactory(), UserFactory(role=User.Role.EDITOR)):
        with pytest.raises(Http404):
            ask(user)


def test_a_closed_account_has_no_role_left():
    gone = UserFactory(role=User.Role.REVIEWER, is_active=False)
    assert access.standing(gone) == {Role.VISITOR}


def test_rows_are_those_of_the_roles_that_the_act_is_for():
    author = UserFactory()
    hers, another = GoodPracticeFactory(owner=author), GoodPracticeFactory(title={"en": "Another"})
    relations = {Role.AUTHOR: Q(owner=author), Role.EDITOR: Q(pk=another.pk)}
    assert GoodPractice.objects.filter(access.rows("practices.write", author, relations)).get() == hers
    for nobody in (AnonymousUser(), author):
        rows = access.rows("reviews.assess", nobody, relations)
        assert not GoodPractice.objects.filter(rows).exists()


def test_names_of_acts_are_those_of_one_row_each():
    assert len(ACTS) == len(TABLE)
    assert all(act.who for act in TABLE)


def test_the_docs_show_the_table():
    assert roles.FILE.read_text(encoding="utf-8") == roles.table(), "Run python -m tools.roles"
