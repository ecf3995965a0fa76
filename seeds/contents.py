"""From what the files say of a record to what its fields and parts are to hold: one function for each kind.

A content is a plain dict under the model's own names. Records that it points to stand in it as their uids, parts as
lists of contents. Uids follow from keys, so that every load, on every machine, makes the same identities.
"""

from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from typing import Any
from uuid import UUID, uuid5

from catalogue.places import place
from seeds.reading import FaultyContent, Files, Item

NAMESPACE = UUID("234c24fd-81c9-47f5-af26-19e97704e337")
STATEMENTS = ("context", "objectives", "expected_results", "results", "activities", "target_groups")

Content = dict[str, Any]
Path = tuple[str | int, ...]


def uid_of(*path: str | int) -> str:
    """The identity of a record, or of one of its parts: `uid_of("projects", "mer", "results", 0)`."""
    return str(uuid5(NAMESPACE, "/".join(map(str, path))))


def contents_of(kind: str, files: Files) -> dict[str, Content]:
    """Key → content, each record after those of its kind that its document names."""
    return {key: _CONTENTS[kind](key, files) for key in _in_order(kind, files[kind])}


def _in_order(kind: str, items: dict[str, Item]) -> list[str]:
    builds_on = {key: item.get("capitalises", ()) for key, item in items.items()}
    try:
        return list(TopologicalSorter(builds_on).static_order())
    except CycleError as error:
        raise FaultyContent(kind, " → ".join(error.args[1]), "they build on each other") from error


def programme(key: str, files: Files) -> Content:
    item = files["programmes"][key]
    cited = [("name", item), *(("priorities", priority) for priority in item["priorities"])]
    return {
        "uid": uid_of("programmes", key),
        **_without_sources(item),
        "priorities": [_without_sources(priority) for priority in item["priorities"]],
        "source_notes": _notes(item["source_notes"], cited),
    }


def partner(key: str, files: Files) -> Content:
    item = dict(files["partners"][key])
    address = item.pop("address")
    return {"uid": uid_of("partners", key), **item, **address, "source_notes": _notes(item["source_notes"])}


def project(key: str, files: Files) -> Content:
    item = files["projects"][key]
    path = ("projects", key)
    return {
        "uid": uid_of(*path),
        **item,
        "programme": item["programme"] and uid_of("programmes", item["programme"]),
        "priority": _priority_title(item, files),
        "capitalises": [uid_of("projects", other) for other in item["capitalises"]],
        **{name: _parts((*path, name), item[name]) for name in STATEMENTS},
        "participations": _parts((*path, "participations"), item["participations"], _participation, own="organisation"),
        "named_organisations": _parts(
            (*path, "named_organisations"), item["named_organisations"], _naming, own="organisation"
        ),
        "work_packages": _parts((*path, "work_packages"), item["work_packages"], own="number"),
        "stated_counts": _parts((*path, "stated_counts"), item["stated_counts"], _stated_count),
        "indicators": _parts((*path, "indicators"), item["indicators"], _indicator, own="code"),
        "source_notes": _notes(item["source_notes"]),
    }


def practice(key: str, files: Files) -> Content:
    item = dict(files["practices"][key])
    path = ("practices", key)
    resources = {name: item.pop(name) or {} for name in ("resources_setup", "resources_running")}
    opinion = item.pop("expert_opinion") or {}
    return {
        "uid": uid_of(*path),
        **item,
        **{f"{name}_{field}": value for name, known in resources.items() for field, value in known.items()},
        **{f"expert_opinion_{field}".removesuffix("_text"): value for field, value in opinion.items()},
        **{name: _parts((*path, name), item[name]) for name in ("building_blocks", "evidence", "links")},
        "areas": [uid_of("areas", other) for other in item["areas"]],
        "places": [place(**known) for known in item["places"]],
        "organisation_in_charge": uid_of("partners", item["organisation_in_charge"]),
        "projects": [uid_of("projects", other) for other in item["projects"]],
        "grew_from": [uid_of("projects", root["project"], "results", root["result"]) for root in item["grew_from"]],
    }


def area(key: str, files: Files) -> Content:
    item = files["areas"][key]
    return {
        "uid": uid_of("areas", key),
        **item,
        "manager": _uid_or_none("partners", item["manager"]),
        "places": [place(**known) for known in item["places"]],
        "source_notes": _notes(item["source_notes"]),
    }


def library_item(key: str, files: Files) -> Content:
    item = files["library"][key]
    return {
        "uid": uid_of("library", key),
        **item,
        "publisher": _uid_or_none("partners", item["publisher"]),
        "projects": [uid_of("projects", other) for other in item["projects"]],
        "practices": [uid_of("practices", other) for other in item["practices"]],
        "source_notes": _notes(item["source_notes"]),
    }


def event(key: str, files: Files) -> Content:
    item = dict(files["events"][key])
    path = ("events", key)
    venue = item.pop("venue") or {}
    return {
        "uid": uid_of(*path),
        **item,
        **{"venue_name" if name == "name" else name: value for name, value in venue.items()},
        "host": _uid_or_none("partners", item["host"]),
        "project": _uid_or_none("projects", item["project"]),
        "areas": [uid_of("areas", other) for other in item["areas"]],
        "practices": [uid_of("practices", other) for other in item["practices"]],
        "agenda": _parts((*path, "agenda"), item["agenda"], _agenda_item),
        "speakers": _parts((*path, "speakers"), item["speakers"], _speaker),
    }


def action_plan(key: str, files: Files) -> Content:
    item = files["action-plans"][key]
    path = ("action-plans", key)
    return {
        "uid": uid_of(*path),
        **item,
        "area": _uid_or_none("areas", item["area"]),
        "organisation": _uid_or_none("partners", item["organisation"]),
        "project": _uid_or_none("projects", item["project"]),
        "places": [place(**known) for known in item["places"]],
        "objectives": _parts((*path, "objectives"), item["objectives"]),
        "measures": _parts((*path, "measures"), item["measures"], _measure, own="number"),
        "indicators": _parts((*path, "indicators"), item["indicators"], _plan_indicator, own="code"),
        "stakeholders": _parts((*path, "stakeholders"), item["stakeholders"], _player),
        "risks": _parts((*path, "risks"), item["risks"]),
        "source_notes": _notes(item["source_notes"]),
    }


def _uid_or_none(kind: str, key: str | None) -> str | None:
    return key and uid_of(kind, key)


_CONTENTS = {
    "programmes": programme,
    "partners": partner,
    "projects": project,
    "practices": practice,
    "areas": area,
    "library": library_item,
    "events": event,
    "action-plans": action_plan,
}


# Parts


def _as_it_is(row: Item, path: Path) -> Item:
    return row


def _parts(
    path: Path, rows: list[Item], change: Callable[[Item, Path], Item] = _as_it_is, own: str | None = None
) -> list[Content]:
    """The parts with their identity: by the value of `own` where they have such a name, else by their position."""
    made = []
    for position, row in enumerate(rows):
        identity = (*path, position if own is None else row[own])
        content = {"uid": uid_of(*identity), "sort_order": position, **_without_sources(row)}
        content |= _sources(row) if "source" in row else {}
        made.append(change(content, identity))
    if len({content["uid"] for content in made}) < len(made):
        raise FaultyContent(str(path[0]), ".".join(map(str, path[1:])), f"two have the same {own}")
    return made


def _participation(row: Content, path: Path) -> Content:
    if row.pop("order") not in (None, row["sort_order"] + 1):
        raise FaultyContent(str(path[0]), ".".join(map(str, path[1:])), "order is not its place in the list")
    return _naming(row, path)


def _naming(row: Content, path: Path) -> Content:
    return row | {"organisation": uid_of("partners", row["organisation"])}


def _agenda_item(row: Content, path: Path) -> Content:
    return row | {"practices": [uid_of("practices", other) for other in row["practices"]]}


def _speaker(row: Content, path: Path) -> Content:
    return row | {"organisation": _uid_or_none("partners", row["organisation"])}


def _stated_count(row: Content, path: Path) -> Content:
    return {"text": row.pop("what"), **row}


def _indicator(row: Content, path: Path) -> Content:
    return row | {"values": _parts((*path, "values"), row["values"], own="year")}


def _player(row: Content, path: Path) -> Content:
    return row | {"organisation": _uid_or_none("partners", row["organisation"])}


def _measure(row: Content, path: Path) -> Content:
    return row | {
        "players": _parts((*path, "players"), row["players"], _player),
        "milestones": _parts((*path, "milestones"), row["milestones"]),
        "funding": _parts((*path, "funding"), row["funding"], _funding),
        "timeline": _parts((*path, "timeline"), row["timeline"]),
        "derived_from": [uid_of("practices", other) for other in row["derived_from"]],
    }


def _funding(row: Content, path: Path) -> Content:
    return {"source": row.pop("payer"), **row}


def _plan_indicator(row: Content, path: Path) -> Content:
    measure = row.pop("measure")
    return _indicator(row, path) | {
        "measure_uid": measure and uid_of(*path[:2], "measures", measure),
        "targets": _parts((*path, "targets"), row["targets"], own="year"),
    }


def _priority_title(project: Item, files: Files) -> dict[str, str] | None:
    if project["priority"] is None:
        return None
    priorities = files["programmes"][project["programme"]]["priorities"]
    return next(priority["title"] for priority in priorities if priority["code"] == project["priority"])


# Sources


def _without_sources(item: Item) -> Item:
    return {name: value for name, value in item.items() if name not in ("source", "other_sources")}


def _sources(row: Item) -> Content:
    """The fields of `catalogue.children.Sourced`."""
    source = row["source"] or {}
    return {
        **{f"source_{name}": source.get(name) for name in ("document", "line", "publication", "url")},
        "other_sources": [_source(other) for other in row["other_sources"]],
    }


def _source(source: Item) -> Item:
    """As documents show it."""
    cited = {"document": source["document"], "line": source["line"]}
    published = {"publication": source["publication"], "url": source["url"]}
    return cited | published if source["publication"] else cited


def _notes(notes: list[Item], cited: list[tuple[str, Item]] = ()) -> list[Content]:
    """The notes on a record's fields; what is `cited` without a note of its own has one that only names the source."""
    made = [{"field": note["field"], **_source(note), "note": note["note"]} for note in notes]
    noted = [{**note, "note": None} for note in made]
    for field, item in cited:
        for source in filter(None, [item["source"], *item["other_sources"]]):
            plain = {"field": field, **_source(source), "note": None}
            if plain not in noted:
                made.append(plain)
    return made
