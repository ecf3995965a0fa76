"""Action plans in the Wagtail admin: every field, parts of parts, and what is refused beside its field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import LocalActionPlan, Measure
from tests.actionplans.factories import (
    LocalActionPlanFactory,
    MeasureFactory,
    MilestoneFactory,
    PlanIndicatorValueFactory,
    RiskFactory,
    whole_plan,
)
from tests.admin import add, address, drawn_fields, edit, errors_of, new_part, new_row
from tests.factories import AdminFactory, GoodPracticeFactory, OrganisationFactory, publish, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


@pytest.fixture
def plan():
    return publish(whole_plan(player=publish(OrganisationFactory()), practice=publish(GoodPracticeFactory())))


def errors_in(page, relation: str, position: int = 0) -> dict:
    """Beside which field of a part what is said."""
    return dict(page.context["form"].formsets[relation].forms[position].errors)


def errors_within(page, relation: str, inner: str, position: int = 0) -> dict:
    return dict(page.context["form"].formsets[relation].forms[0].formsets[inner].forms[position].errors)


def new_measure(number: int, /, **fields) -> dict[str, str]:
    """What a browser sends of a measure that was added, with none of its parts yet."""
    counts = {}
    for name in ("players", "milestones", "funding", "timeline"):
        counts |= {f"measures-{number}-{name}-{kind}_FORMS": "0" for kind in ("TOTAL", "INITIAL")}
    return counts | new_part("measures", number, **{"currency": "EUR", **fields})


def test_every_field_can_be_edited(desk):
    form = desk.get(address(LocalActionPlan, "add")).context["form"]

    assert set(LocalActionPlan.content_fields) - set(form.fields) == set()
    _all_are_there(form)


def _all_are_there(form):
    for name, formset in form.formsets.items():
        part, empty = formset.model, formset.empty_form
        hidden = {"id", "uid", "sort_order", formset.fk.name}
        editable = {field.name for field in [*part._meta.fields, *part._meta.many_to_many]} - hidden
        assert editable - set(empty.fields) == set(), name
        _all_are_there(empty)


def test_a_measure_that_is_added_has_its_currency_already(desk):
    form = desk.get(address(LocalActionPlan, "add")).context["form"]

    assert form.formsets["measures"].empty_form["currency"].value() == "EUR"


def test_a_plan_is_made_and_published(desk):
    add(desk, LocalActionPlan, "publish", title_0="Quiet streets", start="2026-01-01", status="adopted")

    [plan] = LocalActionPlan.objects.all()

    assert plan.live
    assert plan.entry.record["title"] == {"en": "Quiet streets"}


def test_saving_what_was_drawn_changes_nothing(desk, plan):
    before = plan.entry.record

    edit(desk, plan, "publish")

    after = reread(plan).entry.record
    assert {**after, "version": None, "modified": None} == {**before, "version": None, "modified": None}


def test_parts_of_a_measure_keep_their_uids(desk, plan):
    measure = plan.measures.get()
    before = [measure.uid, measure.players.get().uid, measure.milestones.get().uid]
    added = new_part("measures-0-milestones", 1, date="2026-08-01", title_0="The second call")

    edit(desk, plan, **{"measures-0-progress": "55"}, **added)
    edit(desk, plan, "publish", title_0="Another title")

    [after] = reread(plan).measures.all()
    assert [after.uid, after.players.get().uid, after.milestones.first().uid] == before
    assert [str(each.title) for each in after.milestones.all()] == ["The post is filled", "The second call"]
    assert after.progress == 55


def test_a_measure_names_the_practices_it_grew_from(desk, plan):
    other = publish(GoodPracticeFactory())

    edit(desk, plan, "publish", **new_row("measures-0-derived_from", 1, record=str(other.pk)))

    [measure] = reread(plan).entry.record["measures"]
    assert str(other.uid) in [practice["uid"] for practice in measure["derived_from"]]
    assert len(measure["derived_from"]) == 2


def test_a_measure_of_a_draft_keeps_its_practices_and_parts(desk):
    plan, practice = publish(LocalActionPlanFactory()), publish(GoodPracticeFactory())
    typed = {
        **new_measure(0, title_0="New"),
        **new_row("measures-0-derived_from", 0, record=str(practice.pk)),
        "measures-0-derived_from-rows": "1",
        **new_part("measures-0-players", 0, name_0="The zone's office", role="responsible"),
    }
    edit(desk, plan, **typed)
    edit(desk, plan, title_0="Another title")
    edit(desk, plan, "publish")

    [measure] = reread(plan).entry.record["measures"]

    assert [each["uid"] for each in measure["derived_from"]] == [str(practice.uid)]
    assert [player["name"] for player in measure["players"]] == [{"en": "The zone's office"}]


def test_a_deleted_measure_comes_back_with_its_parts_from_an_older_text(desk, plan):
    before, older = plan.entry.record["measures"], plan.latest_revision_id
    edit(desk, plan, "publish", **{"measures-0-DELETE": "1", "indicators-0-measure_uid": ""})
    assert reread(plan).entry.record["measures"] == []

    edit(desk, plan, "publish", view="revisions_revert", args=[older])

    assert reread(plan).entry.record["measures"] == before


def test_the_history_compares_measures(desk, plan):
    older = plan.latest_revision_id
    edit(desk, plan, "publish", **{"measures-0-title_0": "Renamed", "measures-0-milestones-0-done": "on"})

    page = desk.get(address(plan, "revisions_compare", older, reread(plan).latest_revision_id))

    assert "Renamed" in page.content.decode()


def test_the_preview_draws_the_draft(desk, plan):
    url = address(plan, "preview_on_edit")
    fields = drawn_fields(desk.get(address(plan, "edit")).content.decode())

    desk.post(url, fields | {"measures-0-title_0": "Only in the draft"})

    assert "Only in the draft" in desk.get(url).content.decode()


# Indicators


def test_an_indicator_belongs_to_a_measure_of_its_plan(desk, plan):
    measure = plan.measures.get()
    edit(desk, plan, "publish", **{"indicators-0-measure_uid": ""})
    assert reread(plan).entry.record["indicators"][0]["measure"] is None

    edit(desk, plan, "publish", **{"indicators-0-measure_uid": str(measure.uid)})
    assert reread(plan).entry.record["indicators"][0]["measure"] == str(measure.uid)

    page = edit(desk, plan, **{"indicators-0-measure_uid": str(MeasureFactory().uid)})
    assert list(errors_in(page, "indicators")) == ["measure_uid"]


def test_an_indicator_cannot_stay_with_a_measure_that_goes(desk, plan):
    page = edit(desk, plan, **{"measures-0-DELETE": "1"})

    assert errors_in(page, "indicators") == {"measure_uid": ["That measure is not in this plan any more."]}


def test_one_value_and_one_target_a_year(desk, plan):
    page = edit(desk, plan, **new_part("indicators-0-values", 1, year="2026", value="15"))
    assert errors_within(page, "indicators", "values", 1) == {"year": ["There is a value for 2026 already."]}

    page = edit(desk, plan, **new_part("indicators-0-targets", 1, year="2026", value="15"))
    assert errors_within(page, "indicators", "targets", 1) == {"year": ["There is a target for 2026 already."]}

    edit(desk, plan, "publish", **new_part("indicators-0-targets", 1, year="2027", value="25"))
    targets = reread(plan).entry.record["indicators"][0]["targets"]
    assert targets == [{"year": 2026, "value": "20"}, {"year": 2027, "value": "25"}]


def test_a_target_for_each_year_and_targets_by_year_exclude_each_other(desk, plan):
    page = edit(desk, plan, **{"indicators-0-target_per_year": "on"})

    assert list(errors_in(page, "indicators")) == ["target_per_year"]


# What is refused


def test_what_cannot_be_is_refused_beside_its_field(desk, plan):
    typed = {
        "start": "2028-01-01",
        "end": "2026-01-01",
        "status": "draft",
        "adopted_on": "2026-01-01",
    }
    page = edit(desk, plan, **typed)

    assert sorted(errors_of(page)) == ["adopted_on", "end"]
    kept = drawn_fields(page.content.decode())
    assert {name: kept[name] for name in typed} == typed


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"start": "2026-05-01", "end": "2026-04-01"}, "end"),
        ({"cost_low": "20", "cost_high": "10"}, "cost_high"),
        ({"cost_low": "-20", "cost_high": ""}, "cost_low"),
        ({"progress": "101"}, "progress"),
        ({"currency": "ABC"}, "currency"),
        ({"title_0": "", "title_1": ""}, "title"),
    ],
)
def test_what_cannot_be_of_a_measure_is_refused_beside_its_field(desk, plan, typed, field):
    page = edit(desk, plan, "publish", **{f"measures-0-{name}": value for name, value in typed.items()})

    assert page.status_code == 200
    assert list(errors_in(page, "measures")) == [field]


def test_two_measures_have_different_numbers(desk, plan):
    page = edit(desk, plan, **new_measure(1, title_0="Second", number="1"))

    assert errors_in(page, "measures", 1) == {"number": ["Two measures have the number 1."]}
    assert drawn_fields(page.content.decode())["measures-1-title_0"] == "Second"


def test_players_and_stakeholders_are_organisations_or_names(desk, plan):
    page = edit(desk, plan, **new_part("stakeholders", 1, role_0="Neighbours"))
    assert list(errors_in(page, "stakeholders", 1)) == ["organisation"]

    page = edit(desk, plan, **new_part("measures-0-players", 1, role="partner"))
    assert list(errors_within(page, "measures", "players", 1)) == ["organisation"]


def test_money_is_not_less_than_nothing(desk, plan):
    page = edit(desk, plan, **{"measures-0-funding-0-amount": "-5"})

    assert list(errors_within(page, "measures", "funding")) == ["amount"]


def test_a_part_that_was_added_and_left_empty_is_not_kept(desk, plan):
    edit(desk, plan, "publish", **new_measure(1))

    assert len(reread(plan).measures.all()) == 1


def test_nobody_reads_an_email_address(desk, plan):
    page = edit(desk, plan, "publish", **{"measures-0-players-0-name_0": "maja@example.org"})

    assert list(errors_within(page, "measures", "players")) == ["name"]


# Cost


def test_a_long_form_does_not_ask_for_each_part(desk):
    """A measure and an indicator ask for their parts, and no part asks for anything."""
    plan = whole_plan()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(address(plan, "edit"))
        return len(asked)

    publish(plan)
    queries()
    one = queries()
    for year in (2027, 2028):
        MilestoneFactory(measure=plan.measures.get())
        PlanIndicatorValueFactory(indicator=plan.indicators.get(), year=year)
        RiskFactory(plan=plan)
    publish(plan)
    assert queries() == one


def test_the_list_asks_the_same_of_one_plan_and_of_three(desk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(address(LocalActionPlan, "list"))
        return len(asked)

    publish(whole_plan())
    queries()
    one = queries()
    publish(whole_plan())
    publish(whole_plan())
    assert queries() == one
    assert Measure.objects.count() == 3
