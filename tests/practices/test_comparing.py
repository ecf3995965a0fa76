"""Practices side by side: which can be, what stands in the rows, and what is said of those that cannot."""

import re
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.comparing import compared
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
    publish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def practices(number: int) -> list:
    return [publish(GoodPracticeFactory(title=texts(f"Yard {n}", f"Dvorišče {n}"))) for n in range(number)]


def address(records, language="en") -> str:
    return f"/{language}/practices/compare/?" + "&".join(f"with={getattr(each, 'uid', each)}" for each in records)


def words_of(answer) -> str:
    found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


@pytest.mark.parametrize("number", [2, 3, 4])
def test_two_to_four_stand_side_by_side_in_the_order_asked(client, number):
    chosen = practices(number)[::-1]

    answer = client.get(address(chosen))

    assert answer.status_code == 200
    html = answer.content.decode()
    heads = re.findall(r'<th scope="col".*?<a href="(.*?)"', html)
    assert heads == [f"/en/practices/{practice.slug}/" for practice in chosen]
    assert html.count("One office answers all questions.") == number
    assert '<th scope="row" role="rowheader">How it works</th>' in html
    assert '<meta name="robots" content="noindex">' in html


def test_it_is_read_in_the_readers_language(client):
    words = words_of(client.get(address(practices(2), "sl")))

    assert "Dvorišče 0" in words
    assert "Ena pisarna odgovarja na vsa vprašanja." in words


def test_rows_hold_what_any_has_and_gaps_where_one_has_nothing():
    organisation = publish(OrganisationFactory(name_english="Bistra"))
    first = publish(GoodPracticeFactory(organisation_in_charge=organisation, potential_for_transfer={"en": "To all."}))
    second = publish(GoodPracticeFactory())

    rows = {row["label"]: row["cells"] for row in compared([str(first.uid), str(second.uid)]).rows}

    assert [bool(cell["blocks"]) for cell in rows["In charge"]] == [True, False]
    assert [bool(cell["blocks"]) for cell in rows["What others can make of it"]] == [True, False]
    assert "What was hard" not in rows


def test_one_row_holds_one_project_and_several(client):
    one, two = GoodPracticeFactory(), GoodPracticeFactory()
    one.projects.add(publish(ProjectFactory()))
    two.projects.add(publish(ProjectFactory()), publish(ProjectFactory()))
    for practice in (one, two):
        practice.save()
        publish(practice)

    rows = [row for row in compared([str(one.uid), str(two.uid)]).rows if row["label"].startswith("From project")]

    assert [row["label"] for row in rows] == ["From projects"]
    assert [len(cell["blocks"][0]["lines"]) for cell in rows[0]["cells"]] == [1, 2]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "Tick at least two practices to compare them."),
        (1, "Tick at least two practices to compare them."),
        (5, "At most four stand side by side; 5 are ticked. Take some away."),
    ],
)
def test_too_few_and_too_many_are_told_and_stay_ticked(client, number, said):
    answer = client.get(address(practices(number)))

    assert answer.status_code == 400
    assert said in words_of(answer)
    assert answer.content.decode().count('form="compare" checked') == number


def test_the_same_twice_is_one(client):
    [practice] = practices(1)

    assert client.get(address([practice, practice, str(practice.uid).upper()])).status_code == 400


def test_what_is_missing_is_named_and_the_rest_is_compared(client):
    first, second, gone = practices(3)
    withdraw(gone)
    unknown, draft, organisation = uuid4(), GoodPracticeFactory(), publish(OrganisationFactory())
    draft.save_revision(user=UserFactory())

    answer = client.get(address([first, gone, unknown, draft, organisation, "<b>", second]))

    assert answer.status_code == 200
    words = words_of(answer)
    assert f"The practice {gone.uid} is no longer public since" in words
    for name in (unknown, draft.uid, organisation.uid, "&lt;b&gt;"):
        assert f"There is no published practice “{name}”." in words


def test_text_in_another_language_is_marked(client):
    other = publish(GoodPracticeFactory(original_language="sl", how_it_works={"sl": "Ena pisarna."}))

    html = client.get(address([*practices(1), other])).content.decode()

    assert '<div class="text" lang="sl"><p>Ena pisarna.</p></div>' in html


@pytest.mark.parametrize("number", [2, 4])
def test_it_asks_the_same_number_of_times_for_two_and_four(client, number):
    path = address(practices(number))
    client.get(path)
    caches["pages"].clear()

    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) == 2  # the version of the site, and the practices

    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) == 1  # kept


def test_the_list_and_the_page_offer_ticks(client):
    first, second = practices(2)

    html = client.get("/en/practices/").content.decode()
    assert html.count('<input type="checkbox" name="with"') == 2
    assert '<form class="compare-bar" id="compare" method="get" action="/en/practices/compare/">' in html
    html = client.get(f"/en/practices/{first.slug}/").content.decode()
    kept = f'<input type="hidden" name="with" value="{first.uid}" form="compare">'
    tick = f'<input type="checkbox" name="with" value="{second.uid}" form="compare">'
    assert 0 < html.index(kept) < html.index(tick)  # as a browser sends them: this one is the first
    assert 'name="with"' not in client.get("/en/partners/").content.decode()
