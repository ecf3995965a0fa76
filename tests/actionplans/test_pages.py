"""The page of a plan: its drawings say what its tables say, and reading it costs the same however long it is."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import override

from actionplans.charts import chart, figure, targets_by_year, values_by_year
from actionplans.templatetags.plan_page import indicator_details, measures_table, plan_timeline
from actionplans.timeline import LEFT, RIGHT, timeline
from tests.actionplans.factories import (
    IndicatorTargetFactory,
    LocalActionPlanFactory,
    MeasureFactory,
    MilestoneFactory,
    PlanIndicatorFactory,
    PlanIndicatorValueFactory,
    whole_plan,
)
from tests.factories import GoodPracticeFactory, OrganisationFactory, ProjectFactory, publish, reread, texts
from tests.partners.factories import IndustrialAreaFactory

pytestmark = pytest.mark.django_db


def document(plan) -> dict:
    return publish(plan).entry.record


def indicator(**changes) -> dict:
    """As a document has it, bare."""
    bare = {"baseline": None, "reference_year": None, "target": None, "target_years": [], "target_per_year": False}
    bare |= {"target_is_minimum": False, "targets": [], "values": []}
    return bare | changes


def value(year: int | None, number: str, day: str | None = None) -> dict:
    return {"year": year, "date": day, "value": number}


# The page


def test_the_page_says_everything_in_both_languages(client):
    plan = publish(
        whole_plan(
            area=publish(IndustrialAreaFactory()),
            organisation=publish(OrganisationFactory()),
            project=publish(ProjectFactory(acronym="TRY")),
            practice=publish(GoodPracticeFactory()),
            adopted_on=date(2025, 11, 20),
            vision=texts("Somebody calls back.", "Nekdo pokliče nazaj."),
            context=texts("Nobody knew whom to call.", "Nihče ni vedel, koga poklicati."),
        )
    )

    english = client.get(f"/en/action-plans/{plan.slug}/").content.decode()
    slovenian = client.get(f"/sl/action-plans/{plan.slug}/").content.decode()

    for said in ("Somebody calls back.", "More firms share services.", "The post is filled", "Municipal budget"):
        assert said in english
    for said in ("20 November 2025", "€10,000 to €20,000", "€12,000", "Firms in a shared service", "The money ends."):
        assert said in english
    assert re.search(r">\s*TRY\s*<", english)
    for said in ("Nekdo pokliče nazaj.", "Več podjetij si deli storitve.", "Denarja zmanjka.", "20. novembra 2025"):
        assert said in slovenian


def test_every_drawing_has_a_table(client):
    plan = publish(whole_plan())

    page = client.get(f"/en/action-plans/{plan.slug}/").content.decode()

    drawings, tables = re.findall(r'<svg viewBox="[^"]+" role="img" aria-label="([^"]+)"', page), page.count("<table")
    assert drawings == [
        "Timeline of the measures. The table below has the same dates.",
        "Firms in a shared service, by year. The table has the same figures.",
    ]
    assert tables >= len(drawings) + 1
    assert "style=" not in page


def test_a_bare_plan_has_no_empty_headings(client):
    plan = publish(LocalActionPlanFactory())

    page = client.get(f"/en/action-plans/{plan.slug}/").content.decode()

    assert [text.strip() for text in re.findall(r"<h2[^>]*>([^<]*)", page)][0] == "About this record"


def test_columns_in_which_nothing_is_said_are_left_out():
    plan = LocalActionPlanFactory()
    MeasureFactory(plan=plan, start=None, end=None, progress=None, status="")

    table = measures_table(document(plan))

    assert [column["label"] for column in table["columns"]] == ["No.", "Measure"]
    assert [len(row) for row in table["rows"]] == [2]


def test_a_text_in_another_language_says_so(client):
    plan = LocalActionPlanFactory(original_language="sl")
    MeasureFactory(plan=plan, title={"sl": "Skupni odvoz"})
    plan = publish(plan)

    page = client.get(f"/en/action-plans/{plan.slug}/").content.decode()

    assert re.search(r'<text[^>]* lang="sl">1 Skupni odvoz</text>', page)
    assert '<span lang="sl">Skupni odvoz</span>' in page


def test_a_page_costs_the_same_with_one_measure_and_with_three(client):
    def queries(plan) -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/action-plans/{plan.slug}/").status_code == 200
        return len(asked)

    def grown():
        plan = whole_plan(
            organisation=publish(OrganisationFactory()),
            practice=publish(GoodPracticeFactory()),
            project=publish(ProjectFactory()),
        )
        return plan

    small, large = grown(), grown()
    for _each in range(2):
        measure = MeasureFactory(plan=large)
        measure.derived_from.add(publish(GoodPracticeFactory()))
        measure.save()
        PlanIndicatorFactory(plan=large)
    publish(small)
    publish(reread(large))
    queries(small)

    assert queries(large) == queries(small) <= 5


def test_the_list_costs_the_same_with_one_plan_and_with_three(client):
    def queries() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/en/action-plans/").status_code == 200
        return len(asked)

    publish(whole_plan(organisation=publish(OrganisationFactory()), area=publish(IndustrialAreaFactory())))
    queries()
    one = queries()
    for _each in range(2):
        publish(whole_plan(organisation=publish(OrganisationFactory()), area=publish(IndustrialAreaFactory())))
    assert queries() == one


# The timeline


def test_a_bar_reaches_from_its_first_day_to_its_last():
    plan = LocalActionPlanFactory(start=date(2026, 1, 1), end=date(2026, 12, 31))
    MeasureFactory(plan=plan, start=date(2026, 1, 1), end=date(2026, 12, 31), progress=50)

    drawing = timeline(document(plan))

    [row] = drawing["rows"]
    assert (row["bar"]["x"], row["bar"]["width"], row["bar"]["done"]) == (LEFT, RIGHT - LEFT, (RIGHT - LEFT) / 2)
    assert [year["label"] for year in drawing["years"]] == [2026]
    assert len(drawing["quarters"]) == 4


def test_what_nobody_said_of_a_measure_is_that_of_the_plan_and_the_bar_is_open():
    plan = LocalActionPlanFactory(start=date(2026, 1, 1), end=date(2027, 12, 31))
    MeasureFactory(plan=plan, start=date(2027, 1, 1), end=None, sort_order=0)
    MeasureFactory(plan=plan, start=None, end=None, sort_order=1)

    [row] = timeline(document(plan))["rows"]

    assert row["bar"]["is_open"]
    assert round(row["bar"]["x"] + row["bar"]["width"], 1) == RIGHT


def test_without_any_date_there_is_no_timeline():
    plan = LocalActionPlanFactory()
    MeasureFactory(plan=plan, start=None, end=None)

    assert timeline(document(plan)) is None


def test_what_is_finished_is_done_even_if_nobody_counted():
    plan = LocalActionPlanFactory()
    MeasureFactory(plan=plan, status="finished", progress=None)

    bar = timeline(document(plan))["rows"][0]["bar"]

    assert bar["done"] == bar["width"]


@pytest.mark.parametrize(("first", "last"), [(1, 9999), (9999, 9999), (1990, 2060)])
def test_dates_at_the_edges_of_the_calendar_are_drawn(client, first, last):
    plan = LocalActionPlanFactory(start=date(first, 1, 1), end=date(last, 12, 31))
    MilestoneFactory(measure=MeasureFactory(plan=plan, start=plan.start, end=plan.end), date=date(last, 12, 31))
    plan = publish(plan)

    assert client.get(f"/en/action-plans/{plan.slug}/").status_code == 200
    drawing = timeline(plan.entry.record)
    assert len(drawing["years"]) <= 12
    assert drawing["quarters"] == [] or first == last


def test_a_long_title_is_broken_and_cut():
    plan = LocalActionPlanFactory()
    MeasureFactory(plan=plan, title=texts("word " * 60, "beseda"))

    [row] = timeline(document(plan))["rows"]

    assert len(row["lines"]) == 2
    assert row["lines"][1]["text"].endswith("…")


def test_today_is_marked_until_midnight():
    plan = LocalActionPlanFactory(start=localdate() - timedelta(days=9), end=localdate() + timedelta(days=9))
    MeasureFactory(plan=plan, start=plan.start, end=plan.end)
    record, request = document(plan), SimpleNamespace()

    drawing = plan_timeline({"request": request}, record)

    assert LEFT < drawing["today"] < RIGHT
    tomorrow = localdate() + timedelta(days=1)
    assert request.fresh_until == datetime(*tomorrow.timetuple()[:3], tzinfo=get_current_timezone())
    assert plan_timeline({"request": SimpleNamespace()}, record, False)["today"] is None


def test_what_goes_stale_sooner_stays_the_limit():
    plan = LocalActionPlanFactory(start=localdate() - timedelta(days=9), end=localdate() + timedelta(days=9))
    MeasureFactory(plan=plan, start=plan.start, end=plan.end)
    sooner = datetime(2020, 1, 1, tzinfo=get_current_timezone())
    request = SimpleNamespace(fresh_until=sooner)

    plan_timeline({"request": request}, document(plan))

    assert request.fresh_until == sooner


# Indicators


def test_targets_of_single_years_and_one_target_for_each_year():
    own = indicator(targets=[{"year": 2026, "value": "20"}, {"year": 2027, "value": "25"}])
    same = indicator(target="20", target_per_year=True, target_years=[2016, 2017])
    whole = indicator(target="40", target_years=[2027])

    assert targets_by_year(own) == {2026: Decimal(20), 2027: Decimal(25)}
    assert targets_by_year(same) == {2016: Decimal(20), 2017: Decimal(20)}
    assert targets_by_year(whole) == {}


def test_of_several_values_in_a_year_the_last_is_drawn():
    several = indicator(values=[value(None, "3", "2026-09-01"), value(None, "2", "2026-03-01"), value(2025, "1")])

    assert values_by_year(several) == {2025: Decimal(1), 2026: Decimal(3)}


def test_bars_and_targets_stand_on_one_scale():
    drawing = chart(indicator(values=[value(2026, "50")], targets=[{"year": 2026, "value": "100"}]))

    [bar], [mark] = drawing["bars"], drawing["targets"]
    assert [tick["label"] for tick in drawing["ticks"]] == ["0", "50", "100"]
    assert bar["y"] == drawing["ticks"][1]["y"]
    assert bar["y"] + bar["height"] == drawing["zero"]
    assert mark["y"] == drawing["ticks"][2]["y"]
    assert mark["x1"] < bar["x"] < bar["x"] + bar["width"] < mark["x2"]


def test_a_target_for_the_whole_time_is_a_line():
    drawing = chart(indicator(target="40", values=[value(2025, "62"), value(2026, "54")]))

    assert drawing["targets"] == []
    assert drawing["line"] == drawing["ticks"][2]["y"]


def test_the_start_is_drawn_in_its_own_year():
    drawing = chart(indicator(baseline="14", reference_year=2025, values=[value(2026, "20")]))

    assert [(bar["figure"], bar["is_start"]) for bar in drawing["bars"]] == [("14", True), ("20", False)]


@pytest.mark.parametrize("number", ["0", "-12.5", "0.0001", "999999999999.9999"])
def test_any_figure_can_be_drawn(number):
    drawing = chart(indicator(values=[value(2026, number)]))

    [bar] = drawing["bars"]
    assert 0 <= bar["y"] <= drawing["height"]
    assert bar["height"] >= 1
    assert len(drawing["ticks"]) <= 7


def test_without_a_year_nothing_is_drawn_but_the_table_has_it():
    row = PlanIndicatorValueFactory(year=None, value=15, note=texts("For both years.", "Za obe leti."))

    [told] = indicator_details(document(row.indicator.plan))

    assert told["chart"] is None
    assert [[cell["text"] for cell in row] for row in told["table"]["rows"]] == [["all years", "15", "For both years."]]


def test_the_table_has_every_figure_of_the_drawing():
    row = PlanIndicatorFactory(baseline=14, reference_year=2025, target_is_minimum=True)
    PlanIndicatorValueFactory(indicator=row, year=2026, value="20.5")
    for year, aim in ((2026, 20), (2027, 30)):
        IndicatorTargetFactory(indicator=row, year=year, value=aim)

    [told] = indicator_details(document(row.plan))

    assert [[cell["text"] for cell in row] for row in told["table"]["rows"]] == [
        ["start (2025)", "", "14"],
        ["2026", "at least 20", "20.5"],
        ["2027", "at least 30", "not reported"],
    ]


def test_figures_have_the_readers_signs_and_all_their_digits():
    with override("sl"):
        assert figure("1234.5678") == "1.234,5678"
    assert figure("0.2500") == "0.25"
