"""Former addresses lead on, to what is published, and never in a circle."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from wagtail.contrib.redirects.models import Redirect

from pages.redirects import FOREIGN, NO_OLD_PATH
from tests.factories import AdminFactory
from tests.pages.factories import reread, standard_page

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def type_in(client, old_path: str, **goal):
    client.force_login(AdminFactory())
    return client.post("/cms/redirects/add/", {"old_path": old_path, "is_permanent": "on", "redirect_link": "", **goal})


def test_a_page_that_moves_is_found_at_its_former_address(client, django_capture_on_commit_callbacks):
    page, above = standard_page(slug="before"), standard_page(slug="above")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "after"
        page.save()
        reread(page).move(above, pos="last-child")

    for former in ("/en/before/", "/en/after/"):
        answer = client.get(former)
        assert (answer.status_code, answer["Location"]) == (301, "/en/above/after/")


def test_a_page_that_is_withdrawn_is_not_told_of(client, django_capture_on_commit_callbacks):
    page = standard_page(slug="before")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "secret-name"
        page.save()
    reread(page).unpublish()

    assert client.get("/en/before/").status_code == 404


def test_there_and_back_again_is_no_circle(client, django_capture_on_commit_callbacks):
    page = standard_page(slug="here")
    for slug in ("there", "here"):
        with django_capture_on_commit_callbacks(execute=True):
            page = reread(page)
            page.slug = slug
            page.save()
    assert client.get("/en/here/").status_code == 200

    reread(page).unpublish()
    assert client.get("/en/here/").status_code == 404


def test_editors_may_lead_an_address_elsewhere(client):
    assert type_in(client, "/old/", redirect_link="https://example.org/new/").status_code == 302
    assert client.get("/old/")["Location"] == "https://example.org/new/"


@pytest.mark.parametrize(
    "link",
    ["/a/", "/b/", "http://127.0.0.1/a/", "http://127.0.0.1:8000/b/", "http://x@127.0.0.1/a/", "http://LOCALHOST/a/"],
)
def test_a_circle_is_refused_in_words(client, link, settings):
    settings.PUBLIC_URL = "http://127.0.0.1"
    Redirect.add_redirect("/b/", "http://127.0.0.1/c/")
    Redirect.add_redirect("/c/", "http://127.0.0.1/a/")

    answer = type_in(client, "/a/", redirect_link=link if link.startswith("http") else f"http://127.0.0.1{link}")

    assert "would lead back to itself" in answer.content.decode()
    assert not Redirect.objects.filter(old_path="/a").exists()


@pytest.mark.parametrize("path", ["/en/a2/", "/en/practices/?topic=green-marketing"])
def test_a_path_of_the_portal_is_a_goal(client, path):
    assert type_in(client, "/old/", redirect_link=path).status_code == 302
    assert client.get("/old/")["Location"] == path


def test_a_path_that_leads_in_a_circle_is_refused(client):
    type_in(client, "/b/", redirect_link="/a/")

    assert "would lead back to itself" in type_in(client, "/a/", redirect_link="/b").content.decode()
    assert not Redirect.objects.filter(old_path="/a").exists()


@pytest.mark.parametrize("goal", ["//example.org/", "/\\example.org/", "en/a2/", "/en/a 2/", "javascript:alert(1)"])
def test_what_only_looks_like_a_path_is_refused(client, goal):
    answer = type_in(client, "/old/", redirect_link=goal)

    assert "Give an address of the portal, or one that begins with https://." in answer.content.decode()
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("goal", ["//[", "http://[/x", "https://exa]mple.org", "https://example.org\uff0fx"])
def test_a_goal_that_cannot_be_read_is_refused_in_words(client, goal):
    answer = type_in(client, "/old/", redirect_link=goal)

    assert answer.context["form"].errors == {"redirect_link": [str(FOREIGN)]}


def test_an_old_path_that_cannot_be_read_is_refused_in_words(client):
    answer = type_in(client, "//[", redirect_link="/en/")

    assert answer.context["form"].errors == {"old_path": [str(NO_OLD_PATH)]}


def test_a_page_that_leads_to_itself_is_refused(client):
    page = standard_page(slug="us")

    answer = type_in(client, "/en/us/", redirect_page=page.pk)

    assert "would lead back to itself" in answer.content.decode()


def test_foreign_schemes_are_refused(client):
    assert type_in(client, "/old/", redirect_link="ftp://example.org/").status_code == 200
    assert not Redirect.objects.exists()


def test_an_import_that_was_not_begun_here_is_refused(client):
    client.force_login(AdminFactory())

    for told in ({}, {"import_file_name": "passwords", "input_format": "0"}):
        assert client.post("/cms/redirects/import/process/", told).status_code == 400


def test_redirects_are_imported_from_a_file(client):
    client.force_login(AdminFactory())
    file = SimpleUploadedFile(
        "former.csv", b"from,to\n/former/,https://example.org/now/\n/a/,ftp://example.org/\n/b/,/en/b2/\n"
    )
    asked = client.post("/cms/redirects/import/", {"import_file": file}).context["form"].initial
    signed = {name: Signer().sign(str(asked[name]).split(":")[0]) for name in ("import_file_name", "input_format")}

    client.post("/cms/redirects/import/process/", signed | {"from_index": "0", "to_index": "1", "permanent": "on"})

    assert {each.old_path: each.link for each in Redirect.objects.all()} == {
        "/former": "https://example.org/now/",
        "/b": "/en/b2/",
    }
