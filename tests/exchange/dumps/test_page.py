"""The page on which people take the catalogue along."""

import re

import pytest
from django.utils.timezone import now

from exchange.dumps import files
from exchange.models import DumpFile
from tests.factories import GoodPracticeFactory, publish, texts

pytestmark = [pytest.mark.django_db, pytest.mark.core]

PAGE = "/en/network/dumps/"


@pytest.fixture
def page(client):
    def get(query: str = "", *, status: int = 200, address: str = PAGE) -> str:
        response = client.get(f"{address}{query}")
        assert response.status_code == status
        return response.content.decode()

    return get


def test_a_list_leads_to_its_own_download_with_its_filters(page):
    publish(GoodPracticeFactory(title=texts("Heat", "Toplota")))

    shown = page(address="/en/practices/?q=heat")
    assert 'href="/en/network/dumps/?kind=practices&amp;q=heat&amp;network=all"' in shown

    taking = page("?kind=practices&q=heat&network=all")
    for ending in ("ndjson", "csv", "xlsx", "jsonld"):
        assert f'href="/api/v1/dumps/practices.{ending}?q=heat&amp;network=all"' in taking
    assert "1 record" in taking
    assert "“heat”" in taking


def test_before_the_first_file_the_page_says_so_and_asks_again(page):
    shown = page("?kind=events")

    assert "None is ready at the moment" in shown
    assert 'data-hx-trigger="every 3s"' in shown


def test_while_a_file_is_made_the_page_tells_how_far_it_is(page):
    row = {"kind": "events", "epoch": "e", "position": 0, "at_work": now(), "expected": 200}
    DumpFile.objects.create(**row, format="ndjson", records=200)
    DumpFile.objects.create(**row, format="csv", records=50)

    shown = page("?kind=events")

    assert "A new file is being prepared: 250 of 400 steps are done." in shown
    assert '<progress id="take-progress" max="400" value="250">' in shown


def test_ready_made_files_stand_there_and_the_page_asks_no_more(page, django_assert_max_num_queries):
    publish(GoodPracticeFactory())
    files.make_due()

    shown = page()

    for file in DumpFile.objects.filter(kind="practices"):
        assert f'href="/api/v1/dumps/files/{file.name}"' in shown
    assert "data-hx-get" not in shown


def test_how_many_records_a_file_has_is_a_number_under_its_heading(page):
    publish(GoodPracticeFactory()), publish(GoodPracticeFactory())
    files.make_due()

    shown = page()

    assert '<th scope="col" role="columnheader" class="r">Records</th>' in shown
    told = re.findall(r'<td role="cell" class="r" data-label="Records"><span>(.*?)</span>', shown, re.DOTALL)
    assert [each.strip() for each in told] == ["2"] * DumpFile.objects.filter(kind="practices").count()


def test_what_is_no_kind_and_no_filter_is_told(page):
    assert "There is no such kind of record." in page("?kind=nothing", status=400)
    page("?kind=practices&country=XX1", status=400)


def test_the_page_costs_as_much_for_many_records_as_for_few(client, django_assert_max_num_queries):
    for size in (3, 30):
        while DumpFile.objects.count() < size:
            publish(GoodPracticeFactory())
            DumpFile.objects.create(
                kind="practices",
                format="csv",
                epoch="e",
                position=0,
                at_work=now(),
                state="former",
                name=f"n{DumpFile.objects.count()}",
                sha256="s",
                made=now(),
                replaced=now(),
            )
        with django_assert_max_num_queries(12):
            client.get(PAGE)
