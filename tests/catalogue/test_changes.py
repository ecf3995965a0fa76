"""What changed from one version of a record to another, on a page of its own."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import GoodPracticeFactory, publish, republish, texts, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def practice():
    practice = publish(GoodPracticeFactory(title=texts("A quiet yard", "Tiho dvorišče")))
    practice = republish(practice, title=texts("A very quiet yard", "Tiho dvorišče"))
    return republish(practice, status="ended")


def address(practice, number, since=None, language="en") -> str:
    asked = "" if since is None else f"?since={since}"
    return f"/{language}/practices/{practice.slug}/v/{number}/changes/{asked}"


def words_of(response) -> str:
    """The page's list of changes, without its tags."""
    found = re.search(r'(?s)id="changes".*?</section>', response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_a_version_is_compared_with_the_one_before_it(client, practice):
    page = client.get(address(practice, 2)).content.decode()

    assert "<h1>What changed in version 2</h1>" in page
    assert 'A <ins><span class="vh">added: </span>very </ins>quiet yard' in page
    assert "Running" not in page


def test_any_two_versions_can_be_compared(client, practice):
    response = client.get(address(practice, 3, since=1))

    words = words_of(response)
    assert "Title English A added: very quiet yard" in words
    assert "Status removed: Running added: Ended" in words


def test_versions_can_be_compared_backwards(client, practice):
    assert "A removed: very quiet yard" in words_of(client.get(address(practice, 1, since=2)))


def test_before_the_first_version_there_is_nothing(client, practice):
    response = client.get(address(practice, 1))

    assert response.status_code == 200
    assert "This is the first version" in words_of(response)


def test_a_version_beside_itself_has_no_changes(client, practice):
    assert "Nothing that the page shows differs" in words_of(client.get(address(practice, 2, since=2)))


@pytest.mark.parametrize(("number", "since"), [(9, None), (0, None), (2, 9), (2, "x"), (2, ""), (2, "9" * 400)])
def test_what_was_never_published_is_not_there(client, practice, number, since):
    assert client.get(address(practice, number, since)).status_code == 404


def test_a_withdrawn_record_has_no_changes_any_more(client, practice):
    withdraw(practice)

    response = client.get(address(practice, 2))

    assert response.status_code == 410
    assert "very quiet" not in response.content.decode()


def test_what_was_said_before_a_withdrawal_stays_unsaid(client, practice):
    withdraw(practice)
    publish(practice)

    assert client.get(address(practice, 3)).status_code == 410
    assert client.get(address(practice, 4, since=1)).status_code == 404
    assert "The record was withdrawn before this version, and returned with it" in words_of(
        client.get(address(practice, 4))
    )


def test_a_former_address_leads_to_the_record(client, practice):
    former = practice.slug
    type(practice).objects.filter(pk=practice.pk).update_ledger(slug="elsewhere")
    practice.refresh_from_db()
    republish(practice, status="running")

    response = client.get(f"/en/practices/{former}/v/2/changes/")

    assert (response.status_code, response["Location"]) == (301, "/en/practices/elsewhere/v/2/")


def test_what_changed_is_text_and_nothing_else(client):
    practice = republish(publish(GoodPracticeFactory()), title=texts("<b>Bold</b> & “so”", "Krepko"))

    page = client.get(address(practice, 2)).content.decode()

    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; “so”" in page


def test_the_record_lists_its_versions_and_what_changed_in_each(client, practice):
    page = client.get(f"/en/practices/{practice.slug}/").content.decode()

    links = re.findall(rf'href="/en/practices/{practice.slug}/(v/[^"]*)"', page)
    assert links == ["v/3/", "v/3/changes/", "v/2/", "v/2/changes/", "v/1/"]
    assert 'What changed<span class="vh"> in version 3</span>' in page


def test_of_many_versions_the_latest_stand_on_the_page_and_all_are_one_step_away(client, practice):
    for number in range(4):
        practice = republish(practice, title=texts(f"Yard {number}", "Dvorišče"))

    page = client.get(f"/en/practices/{practice.slug}/").content.decode()
    choices = re.findall(r'<option value="(\d+)"', client.get(address(practice, 7)).content.decode())

    assert re.findall(r"v/(\d)/changes/", page) == ["7", "6", "5", "4", "3", "7"]
    assert choices == ["6", "5", "4", "3", "2", "1"]


def test_an_earlier_version_says_what_has_changed_since(client, practice):
    page = client.get(f"/en/practices/{practice.slug}/v/1/").content.decode()

    assert f"/en/practices/{practice.slug}/v/3/changes/?since=1" in page


def test_the_page_costs_four_queries_however_many_versions_there_are(client, practice):
    def queries(number):
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(address(practice, number))
        return len(asked)

    few = queries(3)
    for number in range(3):
        practice = republish(practice, title=texts(f"Yard {number}", "Dvorišče"))

    assert queries(6) == few <= 4


def test_the_page_is_kept_for_everybody(client, practice):
    client.get(address(practice, 3, since=1))

    with CaptureQueriesContext(connection) as asked:
        client.get(address(practice, 3, since=1))

    assert len(asked) == 1
