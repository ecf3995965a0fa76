"""Letters that come back: she is told, staff sees it, and what takes the mark away again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from notices.models import Undeliverable
from operations.models import AuditEntry
from tests.accounts.mail import link_in
from tests.factories import AdminFactory

pytestmark = pytest.mark.django_db

PAGES = ("/en/my/", "/en/my/notices/", "/en/my/preferences/")


@pytest.fixture
def marked(nina):
    Undeliverable.objects.mark(nina.email, "550")
    return nina


def is_marked(user) -> bool:
    return Undeliverable.objects.among([user.email])


@pytest.mark.parametrize("path", PAGES)
def test_she_is_told_on_her_pages(path, client, marked, marta):
    client.force_login(marked)
    page = client.get(path).content.decode()
    assert "Letters to you come back." in page and 'action="/en/my/notices/try-again/"' in page

    client.force_login(marta)
    assert "come back" not in client.get(path).content.decode()


def test_it_costs_no_query_where_there_is_a_masthead(client, marked):
    client.force_login(marked)
    client.get("/en/my/notices/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/my/notices/")

    assert sum("notices_undeliverable" in each["sql"] for each in asked) == 1
    assert all(
        "notices_undeliverable" not in each["sql"] for each in asked if "notices_notification" not in each["sql"]
    )


def test_she_has_it_tried_again_once_a_day(client, marked):
    client.force_login(marked)
    assert client.get("/en/my/notices/try-again/").status_code == 405

    page = client.post("/en/my/notices/try-again/", follow=True).content.decode()
    assert "We have written to nina@example.org." in page and "come back" not in page
    assert [letter.to for letter in mail.outbox] == [["nina@example.org"]]
    assert not is_marked(marked)

    Undeliverable.objects.mark(marked.email, "550")
    page = client.post("/en/my/notices/try-again/", follow=True).content.decode()
    assert "tried today already" in page
    assert is_marked(marked) and len(mail.outbox) == 1

    Undeliverable.objects.update(tried=now() - timedelta(days=1, seconds=1))
    client.post("/en/my/notices/try-again/")
    assert not is_marked(marked)


def test_who_sets_a_new_password_by_a_letter_has_had_the_letter(marked):
    client = Client()
    client.post("/accounts/password/reset/", {"email": marked.email})
    form = client.get(link_in(mail.outbox[-1])).url
    assert is_marked(marked)

    client.post(form, {"password1": "newer battery", "password2": "newer battery"})

    assert not is_marked(marked)


def test_staff_sees_it_and_has_it_tried_again(client, marked, marta):
    client.force_login(AdminFactory())
    address = f"/cms/users/letters/{marked.pk}/"
    assert address in client.get(f"/cms/users/edit/{marked.pk}/").content.decode()
    assert "come back" not in client.get(f"/cms/users/edit/{marta.pk}/").content.decode()

    assert "Try again" in client.get(address).content.decode()
    assert is_marked(marked)
    assert client.post(address).url == f"/cms/users/edit/{marked.pk}/"
    assert not is_marked(marked)
    assert AuditEntry.objects.get(what="letters.tried").whom == marked


def test_others_have_nothing_to_do_with_it(client, marked, marta):
    client.force_login(marta)

    assert client.post("/en/my/notices/try-again/").status_code == 302
    assert client.post(f"/cms/users/letters/{marked.pk}/").status_code in (302, 403, 404)
    assert is_marked(marked)
