"""What a plan's document says, what its revisions carry, and what cannot be published."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from actionplans.models import LocalActionPlan, Measure
from catalogue import publication
from catalogue.filters import EntryFilter
from catalogue.models import Entry, Reference
from tests.actionplans.factories import (
    IndicatorTargetFactory,
    LocalActionPlanFactory,
    MeasureFactory,
    MilestoneFactory,
    PlanIndicatorFactory,
    PlanIndicatorValueFactory,
    PlayerFactory,
    whole_plan,
)
from tests.factories import GoodPracticeFactory, OrganisationFactory, ProjectFactory, publish, reread, texts, withdraw
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def embed_of(record) -> dict:
    card = record.entry.short
    return {"uid": str(record.uid), "kind": card["kind"], "title": card["title"], "url": card["url"]}


def uids_within(value) -> list[str]:
    """Of the parts, in order."""
    if isinstance(value, list):
        return [uid for part in value for uid in uids_within(part)]
    if not isinstance(value, dict) or "kind" in value:
        return []
    own = [value["uid"]] if "uid" in value else []
    return own + [uid for part in value.values() for uid in uids_within(part)]


def parts_of(record: dict) -> list[str]:
    return uids_within(
        {name: record[name] for name in ("objectives", "measures", "indicators", "stakeholders", "risks")}
    )


# The document


def test_a_measure_stands_whole_inside_its_plan():
    player, practice = publish(OrganisationFactory()), publish(GoodPracticeFactory())
    plan = publish(whole_plan(player=player, practice=practice))

    [measure] = plan.entry.record["measures"]

    row = plan.measures.get()
    office = {"organisation": embed_of(player), "name": texts("The zone's office", "Pisarna cone")}
    post = {"date": "2026-06-01", "title": texts("The post is filled", "Mesto je zasedeno"), "done": False}
    money = {"source": texts("Municipal budget", "Občinski proračun"), "amount": "12000.00", "state": "planned"}
    call = {"date": "2026-02-01", "text": texts("The first call came.", "Prišel je prvi klic.")}
    assert measure == {
        "uid": str(row.uid),
        "number": 1,
        "title": row.title.data,
        "background": None,
        "action": None,
        "players": [{"uid": str(row.players.get().uid), **office, "role": "responsible"}],
        "start": "2026-01-01",
        "end": "2026-09-30",
        "milestones": [{"uid": str(row.milestones.get().uid), **post}],
        "cost_low": "10000.00",
        "cost_high": "20000.00",
        "currency": "EUR",
        "funding": [{"uid": str(row.funding.get().uid), **money}],
        "outputs": None,
        "results": None,
        "status": "started",
        "progress": 40,
        "weight": None,
        "timeline": [{"uid": str(row.timeline.get().uid), **call}],
        "derived_from": [embed_of(practice)],
        "source": None,
        "other_sources": [],
    }


def test_an_indicator_names_its_measure_and_has_a_target_a_year():
    plan = publish(whole_plan())

    [indicator] = plan.entry.record["indicators"]

    assert indicator["measure"] == str(plan.measures.get().uid)
    assert indicator["targets"] == [{"year": 2026, "value": "20"}]
    assert [(value["year"], value["value"]) for value in indicator["values"]] == [(2026, "14")]
    assert (indicator["target"], indicator["target_years"], indicator["target_per_year"]) == (None, [], False)


def test_measures_without_a_number_are_counted():
    plan = LocalActionPlanFactory()
    MeasureFactory(plan=plan, sort_order=0)
    MeasureFactory(plan=plan, sort_order=1, number=7)

    assert [measure["number"] for measure in publish(plan).entry.record["measures"]] == [1, 7]


def test_what_is_not_public_is_not_named():
    plan = publish(
        whole_plan(
            area=IndustrialAreaFactory(),
            organisation=OrganisationFactory(),
            project=ProjectFactory(),
            player=OrganisationFactory(),
            practice=GoodPracticeFactory(),
        )
    )

    record = plan.entry.record

    assert (record["area"], record["organisation"], record["project"]) == (None, None, None)
    assert record["measures"][0]["players"][0]["organisation"] is None
    assert record["measures"][0]["derived_from"] == []


def test_it_is_found_under_its_owner_players_area_project_status_and_years():
    area, owner, player = (
        publish(factory()) for factory in (IndustrialAreaFactory, OrganisationFactory, OrganisationFactory)
    )
    project = publish(ProjectFactory())
    plan = publish(whole_plan(area=area, organisation=owner, project=project, player=player))
    publish(whole_plan(status="draft", start=date(2030, 1, 1), end=None))

    def found(query: str) -> list:
        return list(EntryFilter(QueryDict(query), kind="action-plans").entries())

    for query in (
        f"area={area.uid}",
        f"organisation={owner.uid}",
        f"organisation={player.uid}",
        f"project={project.uid}",
        "status=in_implementation",
        "year=2027",
    ):
        assert found(query) == [plan.entry], query


def test_those_it_names_are_led_back_to_it(client):
    area, owner, practice = (
        publish(IndustrialAreaFactory()),
        publish(OrganisationFactory()),
        publish(GoodPracticeFactory()),
    )
    plan = publish(whole_plan(area=area, organisation=owner, player=owner, practice=practice))

    relations = Reference.objects.filter(source=plan.entry).values_list("relation", "target_uid")

    assert set(relations) == {
        ("area", area.uid),
        ("owner", owner.uid),
        ("player", owner.uid),
        ("derived_from", practice.uid),
    }
    page = client.get(f"/en/practices/{practice.slug}/").content.decode()
    assert "Measures that grew from it" in page
    assert plan.title.data["en"] in page
    assert "Action plans" in client.get(f"/en/areas/{area.slug}/").content.decode()


def test_a_practice_that_is_withdrawn_leaves_the_measure():
    practice = publish(GoodPracticeFactory())
    plan = publish(whole_plan(practice=practice))

    withdraw(practice)

    assert reread(plan).entry.record["measures"][0]["derived_from"] == []


def test_rendering_asks_the_same_of_one_measure_and_of_three():
    def queries(plan) -> int:
        with CaptureQueriesContext(connection) as asked:
            fresh = LocalActionPlan.objects.with_parts().get(pk=plan.pk)
            publication.render_draft(fresh)
        return len(asked)

    def grow(plan):
        measure = MeasureFactory(plan=plan)
        measure.derived_from.add(GoodPracticeFactory())
        measure.save()
        PlayerFactory(measure=measure, organisation=OrganisationFactory())
        MilestoneFactory(measure=measure)
        indicator = PlanIndicatorFactory(plan=plan)
        PlanIndicatorValueFactory(indicator=indicator)
        IndicatorTargetFactory(indicator=indicator)

    plan = LocalActionPlanFactory(
        organisation=OrganisationFactory(), area=IndustrialAreaFactory(), project=ProjectFactory()
    )
    grow(plan)
    one = queries(plan)
    grow(plan)
    grow(plan)
    assert queries(plan) == one


# Revisions


def test_parts_of_parts_keep_their_uids_through_publish_edit_and_publish():
    practice = publish(GoodPracticeFactory())
    plan = publish(whole_plan(player=publish(OrganisationFactory()), practice=practice))
    before = parts_of(plan.entry.record)
    assert len(before) == len(set(before)) == 9

    draft = plan.get_latest_revision_as_object()
    [measure] = draft.measures.all()
    measure.progress = 60
    draft.measures = [measure]
    revision = draft.save_revision()
    [kept] = Measure.objects.filter(plan=plan)
    assert kept.progress == 40

    revision.publish()
    publish(reread(plan))

    record = reread(plan).entry.record
    assert parts_of(record) == before
    assert record["measures"][0]["progress"] == 60
    assert [each["uid"] for each in record["measures"][0]["derived_from"]] == [str(practice.uid)]
    assert record["measures"][0]["players"][0]["organisation"] is not None


def test_an_older_revision_brings_back_a_measure_with_all_its_parts():
    plan = publish(whole_plan(practice=publish(GoodPracticeFactory())))
    before, older = plan.entry.record["measures"], plan.latest_revision
    plan.measures, plan.indicators = [], []
    publish(plan)
    assert (plan.entry.record["measures"], Measure.objects.count()) == ([], 0)

    older.publish()

    assert reread(plan).entry.record["measures"] == before


def test_a_new_measure_of_a_draft_is_public_only_with_the_draft():
    plan = publish(LocalActionPlanFactory())
    draft = plan.get_latest_revision_as_object()
    measure = Measure(title=texts("New", "Nov"))
    measure.players = [PlayerFactory.build(measure=None)]
    draft.measures = [measure]
    revision = draft.save_revision()
    assert plan.entry.record["measures"] == []

    revision.publish()

    [public] = reread(plan).entry.record["measures"]
    assert (public["uid"], len(public["players"])) == (str(measure.uid), 1)


def test_measures_are_numbered_in_the_order_in_which_they_were_put():
    plan = LocalActionPlanFactory()
    plan.measures = [Measure(title=texts(title, title)) for title in ("First", "Second", "Third")]
    plan.measures = [plan.measures.get(title=texts("Third", "Third")), *list(plan.measures.all())[:2]]

    plan = publish(plan)

    told = [(measure["number"], measure["title"]["en"]) for measure in plan.entry.record["measures"]]
    assert told == [(1, "Third"), (2, "First"), (3, "Second")]


# What contradicts itself


def two_values(plan):
    indicator = plan.indicators.get()
    PlanIndicatorValueFactory(indicator=indicator, value=15)


def two_targets(plan):
    IndicatorTargetFactory(indicator=plan.indicators.get(), value=25)


def a_foreign_measure(plan):
    PlanIndicatorFactory(plan=plan, measure_uid=MeasureFactory().uid)


def two_numbers(plan):
    MeasureFactory(plan=plan, number=1)


def no_title(plan):
    MeasureFactory(plan=plan, title={})


@pytest.mark.parametrize(
    ("spoil", "relation", "told"),
    [
        (two_values, "indicators", "Firms in a shared service has two values for 2026."),
        (two_targets, "indicators", "Firms in a shared service has two targets for 2026."),
        (a_foreign_measure, "indicators", "Firms in a shared service: its measure is not in this plan."),
        (two_numbers, "measures", "Two measures have the number 1."),
        (no_title, "measures", "Every measure needs a title."),
    ],
)
def test_a_contradiction_is_not_published_by_any_way(spoil, relation, told):
    plan = whole_plan()
    spoil(plan)

    with pytest.raises(ValidationError) as refusal:
        publish(reread(plan))

    assert refusal.value.message_dict == {relation: [told]}
    assert Entry.objects.count() == 0


def test_values_of_days_in_one_year_may_stand_beside_each_other():
    indicator = PlanIndicatorFactory()
    for day in (date(2026, 3, 1), date(2026, 9, 1)):
        PlanIndicatorValueFactory(indicator=indicator, year=None, date=day)

    assert len(publish(indicator.plan).entry.record["indicators"][0]["values"]) == 2


def test_the_draft_keeps_its_figures_exactly():
    plan = publish(whole_plan())

    assert plan.measures.get().cost_low == Decimal("10000.00")
    assert plan.indicators.get().values.get().value == Decimal("14")
