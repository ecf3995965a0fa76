"""What the pages of projects and programmes show beside their texts."""

import re
from decimal import Decimal

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.cards import country, line, short_title, told
from catalogue.codes import PartnerType, Period, Strand
from catalogue.search import fold
from catalogue.shelves import Shelves
from catalogue.surroundings import Surroundings
from catalogue.templatetags.catalogue_text import money
from catalogue.texts import Reading, in_language
from operations.dates import long_date
from projects.models import Participation, Project, ProjectIndicator
from projects.plates import network_plate, project_plate

register = template.Library()


def _read(texts, record) -> Reading:
    return in_language(texts, get_language(), record["original_language"])


def _lang(reading: Reading) -> str:
    return "" if reading.language in ("", get_language()) else reading.language


def _said(name: str, texts, record: dict) -> dict:
    """The text under the name by which a component takes it, and its language where that is not the reader's."""
    reading = _read(texts, record)
    return {name: reading.text} | ({"lang": lang} if (lang := _lang(reading)) else {})


@register.simple_tag
def project_facts(record: dict) -> list[dict]:
    """The standing facts beside the title."""
    lead = next((part for part in record["participations"] if part["role"] == Participation.Role.LEAD_PARTNER), None)
    return [
        {"label": _("Ran"), "value": _span(record)},
        {"label": _("Duration, as stated"), "value": _months(record["duration_months"])},
        {"label": _("Programme"), "value": short_title(record["programme"]), "url": _url(record["programme"])},
        {"label": _("Priority"), **_said("value", record["priority"], record)},
        {"label": _("Lead partner"), "value": _partner_name(lead), "url": _url(lead["organisation"]) if lead else ""},
        {"label": _("Type"), "value": str(Project.Type(record["type"]).label) if record["type"] else ""},
        {"label": _("Website"), "value": _bare(record["website"]), "url": record["website"]},
        {"label": _("Whom to ask"), **_said("value", record.get("contacts"), record)},  # older versions have none
    ]


def _url(embedded: dict | None) -> str:
    return embedded["url"] if embedded else ""


def _bare(address: str | None) -> str:
    return (address or "").split("://")[-1].rstrip("/")


def _span(record: dict) -> str:
    start, end = long_date(record["start"]), long_date(record["end"])
    return _("%(start)s to %(end)s") % {"start": start, "end": end} if start and end else start or end


@register.simple_tag
def money_facts(record: dict) -> list[dict]:
    """The operation's money; a single partner's stands in the table of partners, never here."""
    facts = [
        {"label": _("Total budget"), "value": money(record["total_budget"], record["currency"])},
        {"label": _("EU funding"), "value": money(record["eu_funding_amount"], record["currency"])},
        {"label": _("Co-financing rate"), "value": _percent(record["cofinancing_rate"])},
    ]
    return told(facts)


def _months(number: int | None) -> str:
    return ngettext("%(months)s month", "%(months)s months", number) % {"months": number} if number else ""


def _percent(rate: str | None) -> str:
    return f"{rate.rstrip('0').rstrip('.') if '.' in rate else rate} %" if rate else ""


def _partner_name(part: dict | None) -> str:
    if part is None:
        return ""
    return short_title(part["organisation"]) or part["name_as_printed"] or ""


@register.simple_tag
def partner_columns(record: dict) -> list[dict]:
    columns = [{"label": _("Partner")}, {"label": _("Role")}, {"label": _("Country")}]
    return [*columns, {"label": _("Budget"), "number": True}] if _has_budgets(record) else columns


def _has_budgets(record: dict) -> bool:
    return any(part["total_eligible_budget"] for part in record["participations"])


@register.simple_tag
def partner_rows(record: dict) -> list[list[dict]]:
    """One row per participation, in the order of the project's papers; what was printed otherwise stands below."""
    return [_partner_row(part, record) for part in record["participations"]]


def _partner_row(part: dict, record: dict) -> list[dict]:
    name, printed = _partner_name(part), part["name_as_printed"]
    role = _read_role(part["role"])
    row = [
        {
            "text": name,
            "url": _url(part["organisation"]),
            "sub": _printed(printed) if printed not in (None, name) else "",
        },
        {"text": role},
        {"text": country(part["country"]) if part["country"] else "", "sub": _country_as_printed(part)},
    ]
    if _has_budgets(record):
        row.append({"text": money(part["total_eligible_budget"]), "sub": _share(part), "number": True})
    return row


def _read_role(role: str) -> str:
    return str(Participation.Role(role).label)


def _printed(text: str) -> str:
    return _("printed: %(text)s") % {"text": text}


def _country_as_printed(part: dict) -> str:
    if part["country"] and not part["country_as_printed"]:
        return _("no country printed")
    return ""


def _share(part: dict) -> str:
    if not part["cofinancing_amount"]:
        return ""
    told = {"amount": money(part["cofinancing_amount"]), "rate": _percent(part["cofinancing_rate"])}
    return _("of which %(amount)s EU money (%(rate)s)") % told


@register.simple_tag
def statements(record: dict, name: str) -> list[dict]:
    """Statements as the `ruled` component takes them."""
    return [
        {"text": reading.text, "lang": _lang(reading)}
        for reading in (_read(statement["text"], record) for statement in record[name])
    ]


@register.simple_tag
def contributions(record: dict) -> list[dict]:
    """What the partners themselves say that they contributed: {name, url, texts}; older versions have none."""
    said = [part for part in record["participations"] if part.get("contribution")]
    return [
        {"name": _partner_name(part), "url": _url(part["organisation"]), "texts": part["contribution"]} for part in said
    ]


@register.simple_tag
def result_blocks(record: dict, around: Surroundings, name: str = "results") -> list[dict]:
    """Results, each with the practices that grew from it."""
    return [
        {
            "id": result["uid"],
            "reading": _read(result["text"], record),
            "practices": [line(entry.short) for entry in around.pointing_to_part(result["uid"], "grew_from")],
        }
        for result in record[name]
    ]


@register.simple_tag
def work_package_blocks(record: dict) -> list[dict]:
    """Work packages in their own numbers' order."""
    return [
        {
            "id": package["uid"],
            "title": _read(package["title"], record).text,
            "text": _read(package["description"], record).text,
            "lang": _lang(_read(package["title"], record)),
        }
        for package in sorted(record["work_packages"], key=lambda package: package["number"])
    ]


@register.simple_tag
def target_groups(record: dict) -> list[dict]:
    """Target groups, each with what the programmes' list (a) calls it where those are other words."""
    return [
        {
            "text": _read(group["text"], record).text,
            "lang": _lang(_read(group["text"], record)),
            "note": ", ".join(_other_words(group["codes"], _read(group["text"], record))),
        }
        for group in record["target_groups"]
    ]


def _other_words(codes: list[str], reading: Reading) -> list[str]:
    """What the codes are called, unless the text says it in the same words; `other` says nothing."""
    labels = [str(PartnerType(code).label) for code in codes if code != PartnerType.OTHER]
    said = _beginnings(reading.text)
    return [] if any(said & _beginnings(label) for label in labels) else labels


def _beginnings(text: str) -> set[str]:
    """Of the longer words, that no ending makes two of one: `podjetja` and `podjetje`."""
    return {word[:5] for word in re.findall(r"\w{4,}", fold(text))}


@register.simple_tag
def indicator_columns(record: dict) -> list[dict]:
    """A target has its column only where somebody set one."""
    target = [{"label": _("Target"), "number": True}] if _has_targets(record) else []
    return [{"label": _("Indicator")}, {"label": _("Level")}, *target, {"label": _("Values"), "number": True}]


def _has_targets(record: dict) -> bool:
    return any(indicator["target"] is not None for indicator in record["indicators"])


@register.simple_tag
def indicator_rows(record: dict) -> list[list[dict]]:
    return [_indicator_row(indicator, record) for indicator in record["indicators"]]


def _indicator_row(indicator: dict, record: dict) -> list[dict]:
    notes = [_read(value["note"], record).text for value in indicator["values"]]
    row = [
        {**_said("text", indicator["name"], record), "sub": _read(indicator["unit"], record).text},
        {"text": str(ProjectIndicator.Level(indicator["level"]).label) if indicator["level"] else ""},
    ]
    if _has_targets(record):
        row.append(_target_cell(indicator))
    values = ", ".join(_value(value) for value in indicator["values"])
    return [*row, {"text": values, "sub": " ".join(note for note in notes if note), "number": True}]


def _value(value: dict) -> str:
    """`2017: 15`; the bare value where it belongs to no single year, which its note then explains."""
    when = value["year"] or value["date"]
    return f"{when}: {value['value']}" if when else value["value"]


def _target_cell(indicator: dict) -> dict:
    if indicator["target"] is None:
        return {"text": "", "number": True}
    return {"text": _target(indicator), "sub": _target_years(indicator), "number": True}


def _target(indicator: dict) -> str:
    return _("at least %(target)s") % indicator if indicator["target_is_minimum"] else indicator["target"]


def _target_years(indicator: dict) -> str:
    years = ", ".join(str(year) for year in indicator["target_years"])
    if indicator["target_per_year"]:
        return _("each year: %(years)s") % {"years": years} if years else _("each year")
    return years


@register.simple_tag
def count_stats(record: dict) -> list[dict]:
    """Numbers that the documents state without naming what they count, but for those in the table of indicators."""
    values = [value for indicator in record["indicators"] for value in indicator["values"]]
    measured = {(Decimal(value["value"]), line) for value in values if (line := _line(value))}
    return [
        {
            **_said("label", stated["what"], record),
            "value": str(stated["value"]),
            "note": ", ".join(country(code) for code in stated["countries"]),
        }
        for stated in record["stated_counts"]
        if (stated["value"], _line(stated)) not in measured
    ]


def _line(sourced: dict) -> tuple | None:
    source = sourced["source"]
    return (source.get("document"), source.get("line")) if source and source.get("document") else None


@register.simple_tag
def named_facts(record: dict) -> list[dict]:
    """Organisations that are named without being partners."""
    return [
        {
            "label": short_title(named["organisation"]),
            "label_url": _url(named["organisation"]),
            **_said("value", named["how"], record),
        }
        for named in record["named_organisations"]
        if named["organisation"]
    ]


@register.simple_tag
def prior_projects(record: dict, around: Surroundings) -> list[dict]:
    """The projects that this one builds on, as list entries."""
    return around.lines(around.entries_of(record["capitalises"]))


@register.simple_tag
def funding(record: dict, around: Surroundings) -> dict:
    """{statement, fund, text, lang}: beside and below the emblem; the programme's words where the project has none of its own.

    Each period has its own rule of what stands beside the emblem: since 2021 that the Union co-funds (Regulation (EU)
    2021/1060, Annex IX), before that its name and its fund's (Regulation (EC) 1828/2006, Article 9), which for
    Interreg is the ERDF.
    """
    programme = _programme_of(record, around) or {}
    texts = record["funding_statement"] or programme.get("funding_statement")
    told = _said("text", texts, record)
    if programme.get("period") == Period.INTERREG_VI:
        return told | {"statement": _("Co-funded by the European Union"), "fund": ""}
    is_interreg = programme.get("strand") not in (None, Strand.NATIONAL)
    fund = _("European Regional Development Fund") if is_interreg else ""
    return told | {"statement": _("European Union"), "fund": fund}


def _programme_of(record: dict, around: Surroundings) -> dict | None:
    """The document of a project's programme; a programme's own."""
    if "programme" not in record:
        return record
    return next((entry.record for entry in around.entries_of([record["programme"]])), None)


@register.simple_tag
def programme_facts(record: dict) -> list[dict]:
    return [
        {"label": _("Period"), "value": str(Period(record["period"]).label) if record["period"] else ""},
        {"label": _("Strand"), "value": str(Strand(record["strand"]).label) if record["strand"] else ""},
        {"label": _("CCI code"), "value": record["cci"]},
        {"label": _("As printed"), "value": record["name_as_printed"]},
        {"label": _("Website"), "value": _bare(record["website"]), "url": record["website"]},
    ]


@register.simple_tag
def programme_priorities(record: dict) -> list[dict]:
    return [
        {"strong": priority["code"] or "", **_said("text", priority["title"], record)}
        for priority in record["priorities"]
    ]


@register.simple_tag
def partners_map(record: dict, around: Surroundings) -> dict | None:
    return project_plate(record, around.named)


@register.simple_tag
def network_map(shelves: Shelves) -> dict:
    """The home page's map: practices, and projects with their partners."""
    return network_plate(shelves.map_practices, shelves.map_projects, shelves.named)
