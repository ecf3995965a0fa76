"""Drafts are seen by their organisation and their reviewers alone; to everybody else they are not there."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from catalogue import reviewing
from practices import photos
from practices.models import GoodPractice, PracticeImage
from tests.factories import UserFactory
from tests.practices.writing import approved, begun, save, submitted, upload, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]

AUTHORS_VIEWS = ("edit", "submit", "preview", "take_back", "delete", "withdraw")
POST_ONLY = ("submit", "take_back")


def statuses(client, practice, user):
    """View → status of a GET and of a POST without any field."""
    client.logout()
    if user:
        client.force_login(user)
    found = {}
    for view in (*AUTHORS_VIEWS, "review"):
        path = reverse("reviews:review" if view == "review" else f"practices:{view}", args=[practice.uid])
        found[view] = client.get(path).status_code, client.post(path).status_code
    return found


def test_to_strangers_a_draft_is_not_there(client, nina, luka, marta, organisation):
    practice = begun(nina, organisation)
    nothing = {view: (405 if view in POST_ONLY else 404, 404) for view in (*AUTHORS_VIEWS, "review")}

    for stranger in (luka, marta, UserFactory(role=User.Role.EDITOR)):
        assert statuses(client, practice, stranger) == nothing | {"preview": (404, 405)}
    assert practice.latest_draft().title.data["en"] == "Open-yard day"


def test_who_has_not_signed_in_is_sent_to_do_so_whatever_there_is(client, nina, organisation):
    practice = begun(nina, organisation)
    asked = {view: (405 if view in POST_ONLY else 302, 302) for view in (*AUTHORS_VIEWS, "review")}

    assert statuses(client, practice, None) == asked | {"preview": (302, 405)}
    assert client.get(reverse("practices:edit", args=[uuid4()])).status_code == 302


def test_a_reviewer_sees_the_review_and_nothing_of_the_authors_pages(client, nina, marta, organisation):
    practice = submitted(nina, organisation)

    found = statuses(client, practice, marta)

    assert found["review"] == (200, 422)
    assert {found[view][0] for view in AUTHORS_VIEWS} == {404, 405}


def test_a_colleague_reads_and_writes_but_removes_nothing(client, nina, janez, organisation):
    practice = begun(nina, organisation)
    client.force_login(janez)

    assert client.get(reverse("practices:edit", args=[practice.uid])).status_code == 200
    assert client.get(reverse("practices:preview", args=[practice.uid])).status_code == 200
    assert client.get(reverse("practices:delete", args=[practice.uid])).status_code == 404


def test_the_draft_of_a_published_practice_stays_unseen(client, nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    save(practice, nina, title={"en": "Not yet for everybody"})

    public = client.get(reverse("catalogue:record", args=["practices", practice.slug]))

    assert "Open-yard day" in public.content.decode()
    assert "Not yet for everybody" not in public.content.decode()


@pytest.mark.parametrize("begin", [begun, submitted])
def test_no_public_page_and_no_door_knows_of_a_draft(client, nina, organisation, begin):
    photo = photos.keep(upload(), by=nina)

    def edit(draft):
        whole(draft)
        draft.title = {"en": "Zwischenlager"}
        draft.images.set([PracticeImage(photo=photo, alt={"en": "A yard"}, credit="Bistra")])

    practice = begin(nina, organisation, edit)
    uid = str(practice.uid)
    open_doors = [
        "/en/",
        "/en/practices/",
        "/en/search/?q=Zwischenlager",
        f"/en/partners/{organisation.slug}/",
        "/api/v1/practices/",
        "/api/v1/changes/?since=0",
        "/api/v1/state/",
        f"/api/v1/partners/{organisation.uid}/related/",
    ]
    closed_doors = [f"/id/{uid}/", f"/api/v1/practices/{uid}/", "/en/practices/zwischenlager/", photo.url]

    for path in open_doors:
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        assert (path, response.status_code, b"Zwischenlager</" in body, uid.encode() in body) == (
            path,
            200,
            False,
            False,
        )
    assert {client.get(path).status_code for path in closed_doors} == {404}


def test_what_was_sent_back_is_with_its_authors_again(client, nina, marta, organisation):
    practice = submitted(nina, organisation)
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)
    client.force_login(UserFactory(role=User.Role.REVIEWER))

    assert client.get(reverse("reviews:review", args=[practice.uid])).status_code == 404
    assert list(GoodPractice.objects.readable_by(marta)) == []
