"""What the page of an action plan shows beside its texts."""

from datetime import datetime, time, timedelta

from django import template
from django.utils.text import capfirst
from django.utils.timezone import localdate, make_aware
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from actionplans.charts import chart, figure, target_of_all, targets_by_year, values_by_year, year_of
from actionplans.models import Funding, LocalActionPlan, Measure, PlanIndicator, Player
from actionplans.timeline import STATES, timeline
from catalogue.cards import place_line, told
from catalogue.codes import Topic
from catalogue.surroundings import Surroundings
from catalogue.templatetags.catalogue_text import money
from catalogue.texts import Reading, in_language
from operations.dates import long_date

register = template.Library()


def _read(texts, record: dict) -> Reading:
    return in_language(texts, get_language(), record["original_language"])


def _lang(reading: Reading) -> str:
    return "" if reading.language in ("", get_language()) else reading.language


def _said(name: str, texts, record: dict) -> dict:
    """The text under the name by which a component takes it, and its language where that is not the reader's."""
    reading = _read(texts, record)
    return {name: reading.text} | ({"lang": lang} if (lang := _lang(reading)) else {})


def _named(name: str, embedded: dict | None, around: Surroundings | None = None) -> dict:
    """Another record, by its acronym where it has one."""
    if not embedded:
        return {name: ""}
    entry = around.named.get(embedded["uid"]) if around else None
    if acronym := entry and entry.short.get("acronym"):
        return {name: acronym, "url": embedded["url"]}
    reading = in_language(embedded["title"], get_language())
    return {name: reading.text, "url": embedded["url"], "lang": _lang(reading)}


def _who(part: dict, record: dict, name: str = "text") -> dict:
    """A player or a stakeholder: an organisation of the catalogue, or a name."""
    return _named(name, part["organisation"]) if part["organisation"] else _said(name, part["name"], record)


def _span(part: dict) -> str:
    start, end = long_date(part["start"]), long_date(part["end"])
    if start and end:
        return _("%(start)s to %(end)s") % {"start": start, "end": end}
    return (_("from %(start)s") % {"start": start}) if start else (_("until %(end)s") % {"end": end}) if end else ""


def _table(columns: list[dict], rows: list[list[dict]]) -> dict:
    """{columns, rows}, without the columns in which nobody has said anything."""
    told = [n for n in range(len(columns)) if any(row[n].get("text") or row[n].get("sub") for row in rows)]
    return {"columns": [columns[n] for n in told], "rows": [[row[n] for n in told] for row in rows]}


# The plan


@register.simple_tag
def plan_facts(record: dict, around: Surroundings) -> list[dict]:
    """The standing facts beside the title."""
    facts = [
        {"label": pgettext("of a plan", "Owner"), **_named("value", record["organisation"])},
        {"label": _("Area"), **_named("value", record["area"])},
        {"label": _("Place"), "value": place_line(record["places"])},
        {"label": _("Period"), "value": _span(record)},
        {"label": _("Status"), "value": capfirst(LocalActionPlan.Status(record["status"]).label)},
        {"label": _("Adopted on"), "value": long_date(record["adopted_on"])},
        {"label": _("Adopted by"), **_said("value", record["adopted_by"], record)},
        {"label": _("Project"), **_named("value", record["project"], around)},
        {"label": _("Topics"), "lines": [_topic(code) for code in record["topics"]]},
    ]
    return told(facts)


def _topic(code: str) -> dict:
    return {"text": str(Topic(code).label), "url": f"/{get_language()}/action-plans/?topic={code}"}


@register.simple_tag
def plan_statements(record: dict, name: str) -> list[dict]:
    return [_said("text", statement["text"], record) for statement in record[name]]


@register.simple_tag
def stakeholders_table(record: dict) -> dict:
    rows = [[_who(part, record), _said("text", part["role"], record)] for part in record["stakeholders"]]
    return _table([{"label": _("Who")}, {"label": _("Role")}], rows)


@register.simple_tag
def risks_table(record: dict) -> dict:
    rows = [[_said("text", risk["text"], record), _said("text", risk["response"], record)] for risk in record["risks"]]
    return _table([{"label": _("Risk")}, {"label": _("What would be done")}], rows)


# Measures


@register.simple_tag
def measures_table(record: dict) -> dict:
    """One row a measure; the rest of it stands below, where its title leads."""
    columns = [
        {"label": _("No."), "number": True},
        {"label": _("Measure")},
        {"label": _("Answers for it")},
        {"label": _("Status")},
        {"label": _("When")},
        {"label": _("Grew from")},
    ]
    return _table(columns, [_measure_row(measure, record) for measure in record["measures"]])


def _measure_row(measure: dict, record: dict) -> list[dict]:
    responsible = [player for player in measure["players"] if player["role"] == Player.Role.RESPONSIBLE]
    return [
        {"text": str(measure["number"]), "number": True},
        {**_said("text", measure["title"], record), "url": f"#{measure['uid']}", "head": True},
        _first_of([_who(player, record) for player in responsible]),
        {**_status(measure), "sub": _percent(measure["progress"])},
        {"text": _span(measure)},
        _first_of([_named("text", practice) for practice in measure["derived_from"]]),
    ]


def _first_of(cells: list[dict]) -> dict:
    """A cell with the first of several, and how many more there are."""
    if not cells:
        return {"text": ""}
    rest = len(cells) - 1
    more = ngettext("and %(number)s more", "and %(number)s more", rest) % {"number": rest} if rest else ""
    return cells[0] | {"sub": more}


def _status(measure: dict) -> dict:
    """As a cell; empty where nobody has said it."""
    code = measure["status"]
    return {"text": str(Measure.Status(code).label), "state": STATES[code]} if code else {"text": ""}


def _percent(progress: int | None) -> str:
    return "" if progress is None else f"{progress} %"


@register.simple_tag
def measure_details(record: dict) -> list[dict]:
    """Every measure with its facts, as the template draws it."""
    return [
        {
            **measure,
            **_said("heading", measure["title"], record),
            "status_words": _status(measure),
            "facts": _measure_facts(measure, record),
            "has_text": any(measure[name] for name in ("background", "action", "outputs", "results", "timeline")),
            "stops": [
                {"date": stop["date"], "when": long_date(stop["date"]), "text": stop["text"]}
                for stop in sorted(measure["timeline"], key=lambda stop: stop["date"])
            ],
        }
        for measure in record["measures"]
    ]


def _measure_facts(measure: dict, record: dict) -> list[dict]:
    by_role = {
        _("Responsible"): Player.Role.RESPONSIBLE,
        _("Partners"): Player.Role.PARTNER,
        _("Consulted"): Player.Role.CONSULTED,
    }
    facts = [
        {"label": _("Progress"), "value": _percent(measure["progress"])},
        {"label": _("When"), "value": _span(measure)},
        *(
            {"label": label, "lines": [_who(each, record) for each in measure["players"] if each["role"] == role]}
            for label, role in by_role.items()
        ),
        {"label": _("Cost"), "value": _cost(measure)},
        {"label": _("Funding"), "lines": [_funding(each, measure, record) for each in measure["funding"]]},
        {"label": _("Milestones"), "lines": [_milestone(each, record) for each in measure["milestones"]]},
        {"label": _("Weight"), "value": "" if measure["weight"] is None else str(measure["weight"])},
        {"label": _("Grew from"), "lines": [_named("text", practice) for practice in measure["derived_from"]]},
    ]
    return told(facts)


def _cost(measure: dict) -> str:
    low, high = (money(measure[name], measure["currency"]) for name in ("cost_low", "cost_high"))
    if low and high and low != high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low and not high:
        return _("at least %(amount)s") % {"amount": low}
    return (_("at most %(amount)s") % {"amount": high}) if high and not low else high


def _funding(each: dict, measure: dict, record: dict) -> dict:
    state = str(Funding.State(each["state"]).label)
    amount = money(each["amount"], measure["currency"])
    return {**_said("text", each["source"], record), "note": ", ".join(filter(None, [amount, state]))}


def _milestone(each: dict, record: dict) -> dict:
    reached = _("reached") if each["done"] else ""
    return {**_said("text", each["title"], record), "note": ", ".join(filter(None, [long_date(each["date"]), reached]))}


# The timeline


@register.simple_tag(takes_context=True)
def plan_timeline(context, record: dict, is_latest: bool = True) -> dict | None:
    """The drawing; with a line for today, which holds until midnight, unless an earlier version is read."""
    today = localdate() if is_latest else None
    drawing = timeline(record, today)
    request = context.get("request")
    if drawing and drawing["today"] and request:
        midnight = make_aware(datetime.combine(today + timedelta(days=1), time.min))
        request.fresh_until = min(filter(None, [getattr(request, "fresh_until", None), midnight]))
    return drawing


@register.simple_tag
def timeline_table(record: dict) -> dict:
    columns = [
        {"label": _("No."), "number": True},
        {"label": _("Measure")},
        {"label": _("Start")},
        {"label": _("End")},
        {"label": _("Progress"), "number": True},
        {"label": _("Milestones")},
    ]
    rows = [
        [
            {"text": str(measure["number"]), "number": True},
            {**_said("text", measure["title"], record), "head": True},
            {"text": long_date(measure["start"])},
            {"text": long_date(measure["end"])},
            {"text": _percent(measure["progress"]), "number": True},
            {"text": "; ".join(_milestone_in_words(each, record) for each in measure["milestones"])},
        ]
        for measure in record["measures"]
    ]
    return _table(columns, rows)


def _milestone_in_words(each: dict, record: dict) -> str:
    cell = _milestone(each, record)
    return f"{cell['text']} ({cell['note']})"


# Indicators


@register.simple_tag
def indicator_details(record: dict) -> list[dict]:
    """Every indicator with its drawing, and the table of the same figures."""
    numbers = {measure["uid"]: measure["number"] for measure in record["measures"]}
    return [
        {
            "uid": indicator["uid"],
            **_said("heading", indicator["name"], record),
            "unit": _read(indicator["unit"], record),
            "facts": _indicator_facts(indicator, numbers),
            "chart": chart(indicator),
            "table": _table(_figure_columns(), _figure_rows(indicator, record)),
        }
        for indicator in record["indicators"]
    ]


def _indicator_facts(indicator: dict, numbers: dict[str, int]) -> list[dict]:
    number, level, aggregation = numbers.get(indicator["measure"]), indicator["level"], indicator["aggregation"]
    facts = [
        {
            "label": _("Belongs to"),
            "value": _("Measure %(number)s") % {"number": number} if number else "",
            "url": f"#{indicator['measure']}",
        },
        {"label": _("Level"), "value": str(PlanIndicator.Level(level).label) if level else ""},
        {"label": _("Counts as"), "value": str(PlanIndicator.Aggregation(aggregation).label) if aggregation else ""},
        {"label": _("Source of the data"), "value": indicator["source_of_data"]},
    ]
    return told(facts)


def _figure_columns() -> list[dict]:
    return [
        {"label": _("Year")},
        {"label": _("Target"), "number": True},
        {"label": _("Value"), "number": True},
        {"label": _("Note")},
    ]


def _figure_rows(indicator: dict, record: dict) -> list[list[dict]]:
    """Baseline, years in their order, what belongs to no single year, and the target of the whole time."""
    targets, values = targets_by_year(indicator), indicator["values"]
    dated = sorted(
        (value for value in values if year_of(value)), key=lambda value: (year_of(value), value["date"] or "")
    )
    rows = [
        (year_of(value), _figure_row(_when(value), targets.get(year_of(value)), value, indicator, record))
        for value in dated
    ]
    unknown = targets.keys() - values_by_year(indicator).keys()
    rows += [(year, _figure_row(str(year), targets[year], None, indicator, record)) for year in unknown]
    return [
        *_baseline_row(indicator),
        *(row for _year, row in sorted(rows, key=lambda pair: pair[0])),
        *(_figure_row(_("all years"), None, value, indicator, record) for value in values if not year_of(value)),
        *_whole_row(indicator),
    ]


def _when(value: dict) -> str:
    return long_date(value["date"]) or str(value["year"])


def _figure_row(when: str, target, value: dict | None, indicator: dict, record: dict) -> list[dict]:
    note = {"text": ""}
    if value:
        note = {**_said("text", value["note"], record), "sub": value["evidence"] or ""}
    return [
        {"text": when},
        {"text": _target(target, indicator), "number": True},
        {"text": figure(value["value"]) if value else _("not reported"), "number": True},
        note,
    ]


def _target(target, indicator: dict) -> str:
    if target is None:
        return ""
    return _("at least %(target)s") % {"target": figure(target)} if indicator["target_is_minimum"] else figure(target)


def _baseline_row(indicator: dict) -> list[list[dict]]:
    if indicator["baseline"] is None:
        return []
    year = indicator["reference_year"]
    when = _("start (%(year)s)") % {"year": year} if year else _("start")
    return [[{"text": when}, {"text": ""}, {"text": figure(indicator["baseline"]), "number": True}, {"text": ""}]]


def _whole_row(indicator: dict) -> list[list[dict]]:
    target = target_of_all(indicator)
    if target is None:
        return []
    years = ", ".join(str(year) for year in indicator["target_years"])
    when = _("aim for %(years)s") % {"years": years} if years else _("aim in the end")
    return [[{"text": when}, {"text": _target(target, indicator), "number": True}, {"text": ""}, {"text": ""}]]
