"""The feed of changes: whoever follows it ends with exactly the published set."""

import pytest

from catalogue.models import CatalogueState, Entry
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ProjectFactory,
    bare_entries,
    harvested_entry,
    publish,
    republish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core, pytest.mark.every_row]


@pytest.fixture
def changes(read):
    """`changes(since)`: the rest of the feed behind a cursor, and the last cursor."""

    def follow(since: str = "0", query: str = "") -> tuple[list[dict], str]:
        found, has_more = [], True
        while has_more:
            page = read(f"changes/?since={since}{query}")
            found += page["results"]
            since, has_more = page["next_cursor"], page["has_more"]
        return found, since

    return follow


def apply(mirror: dict, results: list[dict]) -> dict:
    for change in results:
        if change["op"] == "upsert":
            mirror[change["uid"]] = change["record"]
        else:
            mirror.pop(change["uid"], None)
    return mirror


def published() -> dict:
    return {str(entry.uid): entry.record for entry in Entry.objects.visible().ours()}


def brief(results: list[dict]) -> list[tuple]:
    return [(change["op"], change["uid"]) for change in results]


def test_an_answer_has_the_shape_of_the_contract(read):
    gone = publish(GoodPracticeFactory())
    kept = publish(GoodPracticeFactory())
    withdraw(gone)
    epoch = CatalogueState.objects.current().epoch

    page = read("changes/?since=0&kind=practices&page_size=500")

    assert list(page) == ["base", "results", "next_cursor", "has_more"]
    assert page == {
        "base": "https://portal.example",
        "results": [
            {
                "position": 2,
                "uid": str(kept.uid),
                "kind": "practices",
                "op": "upsert",
                "modified": kept.entry.record["modified"],
                "record": kept.entry.record,
            },
            {
                "position": 3,
                "uid": str(gone.uid),
                "kind": "practices",
                "op": "delete",
                "modified": page["results"][1]["modified"],
                "reason": "withdrawn",
                "merged_into": None,
                "record": None,
            },
        ],
        "next_cursor": f"{epoch}-3",
        "has_more": False,
    }
    upsert, delete = page["results"]
    assert list(upsert) == ["position", "uid", "kind", "op", "modified", "record"]
    assert list(delete) == ["position", "uid", "kind", "op", "modified", "reason", "merged_into", "record"]


def test_records_are_sent_byte_for_byte(api):
    one = publish(GoodPracticeFactory())

    assert f'"record":{one.entry.document}}}' in api("changes/").content.decode()


def test_without_since_it_begins_at_the_beginning(read):
    publish(GoodPracticeFactory())

    assert read("changes/") == read("changes/?since=0")


def test_each_record_stands_once_at_its_last_position(changes):
    first, second = publish(GoodPracticeFactory()), publish(GoodPracticeFactory())
    republish(first, title=texts("Changed", "Spremenjeno"))

    found, _cursor = changes()

    assert brief(found) == [("upsert", str(second.uid)), ("upsert", str(first.uid))]
    assert found[1]["record"]["title"]["en"] == "Changed"


def test_only_what_is_new_comes_behind_a_cursor(changes):
    publish(GoodPracticeFactory())
    _everything, cursor = changes()
    new = publish(GoodPracticeFactory())

    found, cursor = changes(cursor)

    assert brief(found) == [("upsert", str(new.uid))]
    assert changes(cursor) == ([], cursor)


def test_a_page_with_more_behind_it_says_so(read):
    bare_entries(5)
    epoch = CatalogueState.objects.current().epoch

    first = read("changes/?page_size=3")
    second = read(f"changes/?page_size=3&since={first['next_cursor']}")

    assert ([change["position"] for change in first["results"]], first["has_more"]) == ([1, 2, 3], True)
    assert first["next_cursor"] == f"{epoch}-3"
    assert ([change["position"] for change in second["results"]], second["has_more"]) == ([4, 5], False)
    assert second["next_cursor"] == f"{epoch}-5"


def test_exactly_a_full_page_has_nothing_behind_it(read):
    bare_entries(3)

    assert read("changes/?page_size=3")["has_more"] is False


def test_a_merge_names_the_successor(read):
    successor = publish(OrganisationFactory())
    withdraw(publish(OrganisationFactory()), reason="merged", merged_into=successor.uid)

    last = read("changes/")["results"][-1]

    assert (last["op"], last["reason"], last["merged_into"]) == ("delete", "merged", str(successor.uid))


def test_a_first_pull_meets_old_deletions_too(changes):
    gone = withdraw(publish(GoodPracticeFactory()), reason="legal")

    found, _cursor = changes()

    assert [(change["op"], change["uid"], change["reason"]) for change in found] == [("delete", str(gone.uid), "legal")]


def test_harvested_records_are_not_in_our_feed(changes):
    harvested_entry(NetworkFactory())
    own = publish(GoodPracticeFactory())

    found, cursor = changes()

    assert brief(found) == [("upsert", str(own.uid))]
    assert cursor.endswith("-2")


# Kinds


def test_kinds_may_be_chosen_and_repeated(changes):
    practice, project = publish(GoodPracticeFactory()), publish(ProjectFactory())
    partner = publish(OrganisationFactory())

    assert brief(changes(query="&kind=projects")[0]) == [("upsert", str(project.uid))]
    both, _cursor = changes(query="&kind=practices&kind=partners")
    assert brief(both) == [("upsert", str(practice.uid)), ("upsert", str(partner.uid))]


def test_the_cursor_of_one_kind_passes_the_changes_of_others(read):
    publish(GoodPracticeFactory())
    for _number in range(3):
        publish(OrganisationFactory())
    epoch = CatalogueState.objects.current().epoch

    page = read("changes/?kind=practices")
    again = read(f"changes/?kind=practices&since={page['next_cursor']}")
    only_others = read(f"changes/?kind=projects&since={epoch}-1&page_size=1")

    assert (page["next_cursor"], page["has_more"]) == (f"{epoch}-4", False)
    assert (again["results"], again["next_cursor"], again["has_more"]) == ([], f"{epoch}-4", False)
    assert (only_others["results"], only_others["next_cursor"], only_others["has_more"]) == ([], f"{epoch}-4", False)


def test_a_page_of_one_kind_stops_at_its_own_last_row(read):
    for kind in ("practices", "partners", "practices", "partners"):
        bare_entries(1, kind=kind)
    epoch = CatalogueState.objects.current().epoch

    page = read("changes/?kind=practices&page_size=1")

    assert (page["next_cursor"], page["has_more"]) == (f"{epoch}-1", True)


# Following


def test_whoever_follows_ends_with_exactly_the_published_set(changes, read):
    mirror, cursor = {}, "0"
    records = [publish(GoodPracticeFactory()) for _number in range(5)]
    steps = [
        lambda: republish(records[0], title=texts("Changed", "Spremenjeno")),
        lambda: withdraw(records[1]),
        lambda: publish(records[1]),
        lambda: withdraw(records[2], reason="personal_data"),
        lambda: records.append(publish(GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory())))),
        lambda: republish(records[-1].organisation_in_charge, name_english="Renamed"),
    ]
    for step in steps:
        page = read(
            f"changes/?since={cursor}&page_size=2"
        )  # one page, so that each step falls into the middle of a pull
        apply(mirror, page["results"])
        cursor = page["next_cursor"]
        step()

    found, _cursor = changes(cursor, "&page_size=2")

    assert apply(mirror, found) == published()


def test_a_change_during_the_reading_is_never_skipped(read, monkeypatch):
    """Published after the state was read and before the rows are: it comes now or next time, never not at all."""
    from exchange.clock import Now

    publish(GoodPracticeFactory())
    really_read = Now.read.__func__

    def publish_after(cls):
        state = really_read(cls)
        publish(GoodPracticeFactory())
        return state

    with monkeypatch.context() as patch:
        patch.setattr(Now, "read", classmethod(publish_after))
        page = read("changes/")
    rest = read(f"changes/?since={page['next_cursor']}")

    assert set(apply(apply({}, page["results"]), rest["results"])) == set(published())
    assert rest["results"] == []


# What a cursor must not be


def test_a_cursor_of_another_epoch_asks_to_start_anew(problem):
    publish(GoodPracticeFactory())

    told = problem("changes/?since=zzzz9999-1", 410)

    assert (told["name"], told["detail"]) == (
        "resync-required",
        "The cursor is of another epoch: start anew with since=0.",
    )


def test_a_cursor_ahead_of_the_catalogue_asks_to_start_anew(problem):
    epoch = CatalogueState.objects.current().epoch

    told = problem(f"changes/?since={epoch}-1", 410)
    assert (told["name"], told["detail"]) == (
        "resync-required",
        "The cursor is ahead of the catalogue, which was restored: start anew with since=0.",
    )
    assert problem(f"changes/?since={epoch}-{'9' * 18}", 410)["name"] == "resync-required"


@pytest.mark.parametrize(
    "cursor",
    ["", "1", "-1", "00", "x", "abc-", "-5", "abc-x", "abc-1.5", "%00", "abc-%D9%A1", "abc-" + "9" * 40, "ABC-1"],
)
def test_a_cursor_that_cannot_be_read_is_named(problem, cursor):
    assert [error["parameter"] for error in problem(f"changes/?since={cursor}", 400)["errors"]] == ["since"]


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("kind=stars", "kind", "invalid"),
        ("kind=", "kind", "invalid"),
        ("kind=practices&kind=stars", "kind", "invalid"),
        ("page_size=501", "page_size", "invalid"),
        ("page_size=0", "page_size", "invalid"),
        ("page_size=1e2", "page_size", "invalid"),
        ("since=0&since=0", "since", "repeated"),
        ("cursor=x", "cursor", "unknown"),
        ("country=SI", "country", "unknown"),
    ],
)
def test_wrong_parameters_are_named(problem, query, parameter, code):
    errors = problem(f"changes/?{query}", 400)["errors"]

    assert [(error["parameter"], error["code"]) for error in errors] == [(parameter, code)]


def test_a_fault_beside_an_old_cursor_is_told_first(problem):
    assert problem("changes/?since=zzzz9999-1&page_size=0", 400)["name"] == "invalid-parameter"
