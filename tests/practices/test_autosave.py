"""A practice is kept while it is typed, and stands in the form again."""

import random
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import reviewing, uids, working_copies
from catalogue.drafting.typed import mark_of
from catalogue.models import WorkingCopy
from practices.models import GoodPractice
from tests.practices.writing import approved, begun, filled, save, sent_from, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]
NEW = "/en/practices/new/"


def address(practice, view="edit"):
    return reverse(f"practices:{view}", args=[practice.uid])


def autosave(client, practice, *, stamp="a", known=(), **typed):
    sent = sent_from(practice) if practice else {}
    path = address(practice, "autosave") if practice else f"{NEW}autosave/"
    return client.post(path, sent | {"stamp": stamp, "known": list(known)} | typed)


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


def test_what_is_typed_is_kept_and_the_draft_stays_as_it_is(as_nina, practice, nina):
    revisions = practice.revisions.count()

    answer = autosave(as_nina, practice, title_en="Half a ti")

    practice.refresh_from_db()
    copy = WorkingCopy.objects.get()
    assert (answer.status_code, answer.json()["state"]) == (200, "kept")
    assert (copy.person, copy.record, copy.revision) == (nina, practice.uid, practice.latest_revision_id)
    assert copy.typed["title_en"] == ["Half a ti"]
    assert practice.revisions.count() == revisions
    assert practice.latest_draft().title.data["en"] == "Open-yard day"


def test_neither_secrets_nor_files_nor_what_no_database_takes(as_nina, practice):
    autosave(as_nina, practice, title_en="A\x00B\u202e", csrfmiddlewaretoken="x", password="y", api_token="z")

    typed = WorkingCopy.objects.get().typed
    assert typed["title_en"] == ["AB"]
    assert not {"csrfmiddlewaretoken", "password", "api_token", "revision", "stamp", "known"} & set(typed)


def test_it_stands_in_the_form_again_and_says_since_when(as_nina, practice):
    autosave(as_nina, practice, title_en="Half a ti", place_2_country="AT")

    response = as_nina.get(address(practice))
    page = response.content.decode()

    assert 'value="Half a ti"' in page
    assert "You typed this until" in page
    assert response.context["form"]["place_2_country"].value() == "AT"
    assert f'data-stamp="{WorkingCopy.objects.get().stamp}"' in page


def test_what_says_nothing_new_is_not_spoken_of(as_nina, practice):
    autosave(as_nina, practice)

    assert "You typed this until" not in as_nina.get(address(practice)).content.decode()


def test_a_reply_to_a_comment_is_kept_with_it(as_nina, practice):
    autosave(as_nina, practice, **{"reply-7": "The town pays."})

    page = as_nina.get(address(practice))

    assert "You typed this until" in page.content.decode()
    assert page.context["form"].data["reply-7"] == "The town pays."


def test_a_colleague_sees_nothing_of_it(client, as_nina, practice, janez):
    autosave(as_nina, practice, title_en="Half a ti")
    client.force_login(janez)

    assert "Half a ti" not in client.get(address(practice)).content.decode()


def test_saving_the_draft_ends_it(as_nina, practice):
    autosave(as_nina, practice, title_en="Half a ti")

    as_nina.post(address(practice), sent_from(practice, title_en="A title", action="save"))

    assert not WorkingCopy.objects.exists()
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "A title"


def test_a_refused_save_keeps_it(as_nina, practice):
    autosave(as_nina, practice, title_en="Half a ti")

    answer = as_nina.post(address(practice), sent_from(practice, start="yesterday"))

    assert answer.status_code == 422
    assert f'data-stamp="{WorkingCopy.objects.get().stamp}"' in answer.content.decode()


def test_she_drops_it(as_nina, practice):
    autosave(as_nina, practice, title_en="Half a ti")

    answer = as_nina.post(address(practice, "autosave"), {"action": "drop"}, follow=True)

    assert not WorkingCopy.objects.exists()
    assert answer.redirect_chain == [(address(practice), 302)]
    assert 'value="Open-yard day"' in answer.content.decode()


# New ones


def test_a_new_one_is_found_again_on_my_work(as_nina, nina, organisation):
    uid = uids.fresh(nina)
    autosave(as_nina, None, uid=str(uid), title_sl="Napol naslov", title_en="", organisation=str(organisation.uid))

    item = next(
        item
        for group in as_nina.get("/en/my/").context["groups"]
        for item in group.items
        if item.title == "Napol naslov"
    )
    page = as_nina.get(item.url).content.decode()

    assert item.language == "sl"
    assert item.facts[0] == "begun, not saved yet"
    assert 'value="Napol naslov"' in page and f'name="uid" value="{uid}"' in page
    assert "Napol naslov" in as_nina.get(NEW).content.decode()  # above the form of another


def test_saving_a_new_one_ends_it_and_its_address_leads_to_the_draft(as_nina, nina, organisation):
    uid = uids.fresh(nina)
    autosave(as_nina, None, uid=str(uid), title_en="Half")

    as_nina.post(NEW, filled(uid=str(uid), organisation=organisation, action="save"))

    assert not WorkingCopy.objects.exists()
    assert as_nina.get(f"{NEW}?copy={uid}").url == address(GoodPractice.objects.get())


def test_the_address_of_anothers_shows_an_empty_form(as_nina, nina, client, luka, practice):
    uid = uids.fresh(nina)
    autosave(as_nina, None, uid=str(uid), title_en="Half")
    client.force_login(luka)

    for other in (uid, practice.uid, uuid4(), "nonsense"):
        answer = client.get(f"{NEW}?copy={other}")
        assert answer.status_code == 200
        assert answer.context["form"].is_bound is False


def test_three_begun_cost_as_many_queries_as_one(as_nina):
    def queries() -> int:
        autosave(as_nina, None, uid=str(uuid4()), title_en="Half")
        as_nina.get("/en/my/")
        with CaptureQueriesContext(connection) as captured:
            as_nina.get("/en/my/")
        return len(captured)

    assert queries() == queries() == queries() <= 10


# Who may, and what stands in the way


def test_to_strangers_it_is_not_there_and_visitors_are_told_to_sign_in(client, practice, luka):
    assert autosave(client, practice, title_en="x").status_code == 401
    assert autosave(client, None, uid=str(uuid4()), title_en="x").status_code == 401
    client.force_login(luka)
    assert autosave(client, practice, title_en="x").status_code == 404
    assert client.get(address(practice, "autosave")).status_code == 404
    assert client.post(address(practice, "autosave"), {"action": "drop"}).status_code == 404
    assert not WorkingCopy.objects.exists()


def test_a_form_whose_token_is_too_old_gets_a_new_one(nina, practice):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nina)
    assert autosave(browser, practice, title_en="x").status_code == 403

    told = browser.get(address(practice, "autosave")).json()

    assert told["person"] == mark_of(nina)
    assert autosave(browser, practice, title_en="x", csrfmiddlewaretoken=told["token"]).status_code == 200


def test_somebody_else_who_signs_in_there_does_not_get_it(client, practice, nina, janez):
    client.force_login(janez)

    answer = autosave(client, practice, title_en="Nina's", person=mark_of(nina))

    assert (answer.status_code, answer.json()["state"]) == (403, "another_person")
    assert not WorkingCopy.objects.exists()


def test_an_empty_sending_takes_nothing_away(as_nina, practice):
    autosave(as_nina, practice, title_en="Half a ti")

    assert as_nina.post(address(practice, "autosave"), {"stamp": "b", "known": ["a"]}).status_code == 422
    assert WorkingCopy.objects.get().typed["title_en"] == ["Half a ti"]


def test_more_than_can_be_kept_is_said(as_nina, practice, monkeypatch):
    monkeypatch.setattr(working_copies, "MOST_CHARACTERS", 3000)

    assert autosave(as_nina, practice, title_en="x" * 4000).status_code == 413


def test_who_saved_first_is_told_and_the_text_is_kept(as_nina, practice, janez):
    sent = sent_from(practice, title_en="By Nina")
    save(practice, janez, title={"en": "By Janez"})

    answer = as_nina.post(address(practice, "autosave"), sent | {"stamp": "a"})

    assert (answer.status_code, answer.json()["state"]) == (409, "changed")
    assert answer.json()["message"].startswith("Janez Zupan saved this draft first, ")
    assert WorkingCopy.objects.get().typed["title_en"] == ["By Nina"]


def test_coming_back_to_a_draft_that_another_has_saved_shows_both(as_nina, practice, janez):
    autosave(as_nina, practice, title_en="By Nina", summary_sl="Samo Nina.")
    save(practice, janez, title={"en": "By Janez", "sl": "Dan odprtih dvorišč"})

    response = as_nina.get(address(practice))

    found = [(each.name, each.mine, each.theirs) for each in response.context["differences"]]
    assert response.status_code == 200
    assert found == [("title_en", "By Nina", "By Janez")]
    assert "Janez Zupan saved it first" in response.content.decode()


def test_a_text_that_cannot_be_saved_comes_back_with_its_fault_and_meets_the_other_on_saving(as_nina, practice, janez):
    autosave(as_nina, practice, start="yesterday", title_en="By Nina")
    save(practice, janez, title={"en": "By Janez"})

    response = as_nina.get(address(practice))

    read = WorkingCopy.objects.get().revision
    assert "Another text has been saved since" in response.content.decode()
    assert f'name="revision" value="{read}"' in response.content.decode()


def test_under_review_it_is_kept_and_said(as_nina, nina, organisation):
    practice = submitted(nina, organisation)

    answer = autosave(as_nina, practice, title_en="Too late")

    assert (answer.status_code, answer.json()["state"]) == (423, "locked")
    assert "Too late" not in as_nina.get(address(practice)).content.decode()
    reviewing.take_back(record=practice, by=nina)
    assert 'value="Too late"' in as_nina.get(address(practice)).content.decode()


def test_with_a_deleted_draft_it_goes(as_nina, nina, practice):
    autosave(as_nina, practice, title_en="Half a ti")

    reviewing.delete_draft(record=practice, by=nina)

    assert not WorkingCopy.objects.exists()


def test_it_costs_five_queries_at_most_each_time(as_nina, nina, practice):
    autosave(as_nina, practice, uid=str(uuid4()), title_en="Warm")
    WorkingCopy.objects.all().delete()
    costs, begun = [], uids.fresh(nina)
    for number in range(3):
        sent = sent_from(practice, title_en=f"Title {number}") | {"stamp": f"s{number}", "known": [f"s{number - 1}"]}
        for path in (address(practice, "autosave"), f"{NEW}autosave/"):
            with CaptureQueriesContext(connection) as captured:
                assert as_nina.post(path, sent | {"uid": str(begun)}).status_code == 200
            costs.append(sum(not re.match("SAVEPOINT|RELEASE", query["sql"]) for query in captured))

    assert max(costs) <= 5, costs


# Nothing slips out or in


def test_nobody_in_public_reads_what_is_only_typed(as_nina, client, nina, marta, organisation, luka):
    canary = "Zlatovščica half-7731"
    practice = approved(nina, organisation, marta)
    autosave(as_nina, practice, title_en=canary, summary_en=canary, how_it_works_en=canary)
    autosave(as_nina, None, uid=str(uuid4()), title_en=canary)

    for person in (None, luka, marta):
        client.logout()
        if person:
            client.force_login(person)
        for path in (
            f"/en/practices/{practice.slug}/",
            "/en/practices/",
            "/en/search/?q=Zlatovščica",
            "/en/practices/?q=Zlatovščica",
            f"/api/v1/practices/{practice.uid}/",
            "/api/v1/practices/?q=Zlatovščica",
            "/api/v1/changes/",
            "/en/my/",
            "/sitemap.xml",
        ):
            answer = client.get(path)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert "half-7731" not in text.decode(), path


FOREIGN = ("live", "owner", "published", "uid", "pk", "id", "latest_revision", "first_published_at", "slug", "example")


def test_names_that_the_form_does_not_know_do_nothing(as_nina, nina, luka, practice):
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz_-.[]<>{}0123456789žλ\x00 "
    before = GoodPractice.objects.values().get()
    known = []

    for round in range(40):
        names = [
            *chance.sample(FOREIGN, 4),
            *("".join(chance.choices(letters, k=chance.randint(1, 150))) for _each in range(5)),
        ]
        posted = {name: chance.choice(["true", str(luka.pk), "2020-01-01", "x", str(uuid4())]) for name in names}
        posted |= sent_from(practice, title_en=f"Title {round}") | {"stamp": f"s{round}", "known": known}
        assert as_nina.post(address(practice, "autosave"), posted).status_code == 200
        known = [f"s{round}"]
    form = as_nina.get(address(practice)).context["form"]

    assert GoodPractice.objects.values().get() == before
    assert not set(FOREIGN) & set(form.fields)
    assert form["title_en"].value() == "Title 39"
    assert form.is_valid()


def test_a_new_one_under_anothers_uid_is_ones_own(client, luka, practice, nina):
    client.force_login(luka)
    autosave(client, None, uid=str(practice.uid), title_en="Mine now")

    client.post(NEW, {"uid": str(practice.uid), "title_en": "Mine now", "action": "save"})

    assert {each.owner for each in GoodPractice.objects.all()} == {nina, luka}
    assert not {practice.uid} & {*GoodPractice.objects.filter(owner=luka).values_list("uid", flat=True)}
    assert not WorkingCopy.objects.filter(record=practice.uid).exists()
    assert GoodPractice.objects.get(owner=nina).latest_draft().title.data["en"] == "Open-yard day"


def test_whose_membership_ended_does_not_reach_it_any_more(client, janez, practice):
    client.force_login(janez)
    autosave(client, practice, title_en="By Janez")
    janez.memberships.all().delete()

    assert client.get(address(practice)).status_code == 404
    assert autosave(client, practice, title_en="Again").status_code == 404


def test_signing_out_tells_the_browser_to_forget(as_nina):
    assert "Clear-Site-Data" not in as_nina.get("/accounts/logout/").headers
    assert as_nina.post("/accounts/logout/")["Clear-Site-Data"] == '"storage"'
