"""The pages on which translations are asked for and taken up."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import ParticipationFactory, ProjectFactory, UserFactory, publish, republish
from tests.practices.writing import begun
from translations import actions
from translations.models import TranslationRequest

pytestmark = [pytest.mark.core, pytest.mark.django_db]
LIST = "/en/my/translations/"


@pytest.fixture
def asked(practice, nina, sara):
    return actions.ask(record=practice, language="sl", by=nina, note="Until June, please.")


def of(practice) -> str:
    return f"{LIST}of/{practice.uid}/"


def headings(page, level="h3") -> list[str]:
    found = re.findall(rf"<{level}[^>]*>(.*?)</{level}>", page.content.decode())
    return [re.sub("<[^>]+>", "", each).strip() for each in found]


def press(client, asked, step):
    return client.post(f"{LIST}{asked.pk}/{step}/")


# Asking


def test_nina_asks_for_german(browser, practice, nina):
    page = browser(nina).get(of(practice))
    assert headings(page)[0] == "English"

    answer = browser(nina).post(of(practice), {"language": "de", "note": "For the fair\r\nin May."})
    assert answer.url == of(practice)
    asked = TranslationRequest.objects.get()
    assert (asked.language, asked.note, asked.asked_by) == ("de", "For the fair\nin May.", nina)


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"language": ""}, "language"),
        ({"language": "en"}, "language"),
        ({"language": "sl"}, "language"),
        ({"language": "hr"}, "language"),
        ({"language": "de", "note": "a" * 501}, "note"),
        ({"language": "de", "note": "a\x00b"}, "note"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field_and_nothing_typed_is_lost(
    browser, asked, practice, nina, sent, problem
):
    page = browser(nina).post(of(practice), {"note": "Please be quick"} | sent)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [problem])
    assert page.context["form"]["note"].value() == sent.get("note", "Please be quick").replace("\x00", "")
    assert TranslationRequest.objects.count() == 1


def test_for_others_the_page_is_not_there(browser, practice, janez, sara, luka, vera):
    assert [browser(user).get(of(practice)).status_code for user in (janez, sara, luka, vera)] == [404, 404, 404, 200]


def test_nina_asks_no_longer(browser, asked, practice, nina, sara):
    assert press(browser(sara), asked, "withdraw").status_code == 404
    assert press(browser(nina), asked, "withdraw").url == of(practice)

    asked.refresh_from_db()
    assert not asked.is_open


def test_the_page_says_how_far_each_language_is(browser, practice, nina):
    practice = republish(practice, summary={"en": "Gates open.", "sl": "Vrata se odprejo."})
    republish(practice, title={"en": "Open-gate day", "sl": "Dan odprtih dvorišč"})
    states = browser(nina).get(of(practice)).context["states"]

    assert [(state.code, state.facts) for state in states][:2] == [
        ("en", ["original"]),
        ("sl", ["2 of 5 texts", "1 older than the original"]),
    ]


def test_the_link_from_a_stale_language_chooses_it(browser, practice, nina):
    assert browser(nina).get(f"{of(practice)}?language=it").context["form"]["language"].value() == "it"


def test_who_finds_a_translation_stale_is_offered_to_ask(browser, practice, nina, janez):
    practice = republish(practice, title={"en": "Open-gate day", "sl": "Dan odprtih dvorišč"})
    link = f'href="{of(practice)}?language=sl"'

    page = browser(nina).get(f"/en/my/translate/{practice.uid}/sl/").content.decode()
    assert (link in page, "The original has changed since:" in page) == (True, True)
    assert link not in browser(janez).get(f"/en/my/translate/{practice.uid}/sl/").content.decode()


# Taking up


def test_it_stands_on_her_list_and_on_my_work_without_the_drafts_name(browser, asked, sara, luka, nina):
    client = browser(sara)
    for path in (LIST, "/en/my/"):
        page = client.get(path)
        assert ("Good practice, not public yet" in headings(page), "Open-yard" in page.content.decode()) == (
            True,
            False,
        )
        assert "Until June, please." in page.content.decode()
    assert headings(browser(luka).get(LIST)) == headings(browser(nina).get(LIST)) == []


def test_what_is_public_is_called_by_its_name(browser, asked, practice, sara):
    publish(practice)

    assert headings(browser(sara).get(LIST)) == ["Open-yard day"]


def test_she_takes_it_up_and_is_led_to_the_text(browser, asked, practice, sara, tomaz):
    answer = press(browser(sara), asked, "take")

    assert answer.url == f"/en/my/translate/{practice.uid}/sl/"
    page = browser(sara).get(LIST)
    assert (headings(page), headings(page, "h2")[0]) == (["Open-yard day"], "Yours")
    assert "by Sara Vidmar" in browser(tomaz).get(LIST).content.decode()


def test_who_comes_second_is_told_who_was_faster(browser, asked, sara, tomaz):
    press(browser(sara), asked, "take")
    client = browser(tomaz)

    assert press(client, asked, "take").url == LIST
    assert "Sara Vidmar has taken it up a moment before." in client.get(LIST).content.decode()


@pytest.mark.parametrize("step", ["give-back", "hand-over"])
def test_she_gives_it_back_or_hands_it_over_once(browser, asked, sara, tomaz, step):
    press(browser(sara), asked, "take")

    assert press(browser(tomaz), asked, step).status_code == 404
    assert press(browser(sara), asked, step).url == LIST
    assert press(browser(sara), asked, step).status_code == 404


def test_others_find_nothing_to_take(browser, asked, luka, nina):
    for stranger in (luka, nina, UserFactory(translates=True)):
        assert press(browser(stranger), asked, "take").status_code == 404
    assert press(browser(luka), TranslationRequest(pk=10**15), "take").status_code == 404


def test_an_editor_gives_to_others_what_was_taken_up_a_month_ago(browser, asked, sara, vera):
    actions.take(request=asked, by=sara)
    assert press(browser(vera), asked, "release").status_code == 404
    TranslationRequest.objects.update(taken_at=timezone.now() - timedelta(days=31))

    assert "Taken up long ago" in headings(browser(vera).get(LIST), "h2")
    assert press(browser(sara), asked, "release").status_code == 404
    assert press(browser(vera), asked, "release").url == LIST
    asked.refresh_from_db()
    assert asked.taken_by is None


@pytest.mark.parametrize("path", [LIST, "/en/my/"])
def test_three_cost_as_much_as_one(browser, nina, organisation, sara, path):
    client = browser(sara)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def another():
        return actions.ask(record=publish(begun(nina, organisation)), language="sl", by=nina)

    actions.take(request=another(), by=sara)
    another()
    cost()
    before = cost()
    for _each in range(2):
        actions.take(request=another(), by=sara)
        another()
    assert cost() == before


def test_languages_of_a_record_cost_the_same_whatever_is_asked(browser, practice, nina):
    client = browser(nina)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(of(practice)).status_code == 200
        return len(captured)

    actions.ask(record=practice, language="sl", by=nina)
    cost()
    before = cost()
    for language in ("de", "it", "fr"):
        actions.ask(record=practice, language=language, by=nina)
    assert cost() == before


def test_what_is_written_part_by_part_is_not_asked_for(browser, nina, vera, organisation):
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    publish(project)
    draft = project.latest_draft()
    draft.title = {"en": "Canary"}
    draft.save_revision(user=vera)

    for person in (nina, vera):
        page = browser(person).get(of(project))
        assert (page.status_code, "Canary" in page.content.decode()) == (404, False)
        with pytest.raises(PermissionDenied):
            actions.ask(record=project, language="sl", by=person)


def test_what_was_asked_of_such_a_record_is_shown_to_nobody(browser, nina, sara, organisation):
    project = publish(ProjectFactory())
    TranslationRequest.objects.create(
        about_kind="projects", about_uid=project.uid, titles={"en": "Canary"}, language="sl", source_language="en"
    )

    for page in ("/en/my/", LIST):
        assert "Canary" not in browser(sara).get(page).content.decode()
    assert not TranslationRequest.objects.open().exists()
