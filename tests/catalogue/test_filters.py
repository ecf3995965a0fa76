"""One set of filters for pages, API and dumps: what each finds, and what each refuses."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from catalogue.filters import LONGEST_QUERY, EntryFilter, InvalidParameters
from catalogue.models import Entry, Network
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    bare_entries,
    harvested_entry,
    publish,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]


def answer(query: str, **options):
    return EntryFilter(QueryDict(query), **options).entries()


def errors_of(query: str, **options):
    with pytest.raises(InvalidParameters) as refusal:
        answer(query, **options)
    return [(error["parameter"], error["code"]) for error in refusal.value.errors]


@pytest.fixture
def records():
    """Six published records that name each other, known by a short name."""
    agency = publish(OrganisationFactory(country="SI", nuts="SI032", nuts_version=2021))
    city = publish(OrganisationFactory(country="IT", partner_type="local_public_authority"))
    fund = publish(ProgrammeFactory(period="2000-2006", strand="C"))
    project = ProjectFactory(
        programme=fund, start="2006-10-01", end="2008-03-31", places=[], title={"sl": "Le slovensko"}
    )
    ParticipationFactory(project=project, organisation=agency, country="SI")
    ParticipationFactory(project=project, organisation=city, country="IT")
    publish(project)
    market = publish(
        GoodPracticeFactory(
            title={"en": "A green market"},
            summary={"en": "Stalls for the area."},
            organisation_in_charge=city,
            projects=[project],
            topics=["green-marketing", "circular-economy"],
            places=[{"country": "IT", "nuts": "ITH5", "nuts_version": 2021}],
            status="ended",
            start="2007-01-01",
        )
    )
    zone = publish(
        GoodPracticeFactory(
            title={"en": "A zone", "sl": "Cona"},
            organisation_in_charge=agency,
            topics=["circular-economy"],
            places=[{"country": "SI", "nuts": "SI032", "nuts_version": 2021}],
        )
    )
    return {"agency": agency, "city": city, "fund": fund, "project": project, "market": market, "zone": zone}


def names_of(entries, records):
    names = {record.uid: name for name, record in records.items()}
    return {names[entry.uid] for entry in entries}


FOUND = [
    ("", {"agency", "city", "fund", "project", "market", "zone"}),
    ("q=market", {"market"}),
    ("q=markets+green", {"market"}),
    ("q=", {"agency", "city", "fund", "project", "market", "zone"}),
    ("q=+++", {"agency", "city", "fund", "project", "market", "zone"}),
    ("q=!!!", set()),
    ("country=SI", {"agency", "project", "zone"}),
    ("country=IT", {"city", "project", "market"}),
    ("country=SI&country=IT", {"agency", "city", "project", "market", "zone"}),
    ("country=SI&country=SI", {"agency", "project", "zone"}),
    ("country=HR", set()),
    ("country=CSXX", set()),
    ("country=", {"agency", "city", "fund", "project", "market", "zone"}),
    ("nuts=SI", {"agency", "zone"}),
    ("nuts=SI03", {"agency", "zone"}),
    ("nuts=SI032", {"agency", "zone"}),
    ("nuts=ITH", {"market"}),
    ("nuts=SI04", set()),
    ("topic=circular-economy", {"project", "market", "zone"}),
    ("topic=green-marketing", {"market"}),
    ("topic=green-marketing&topic=circular-economy", {"project", "market", "zone"}),
    ("programme={fund}", {"fund", "project"}),
    ("organisation={city}", {"city", "project", "market"}),
    ("organisation={agency}", {"agency", "project", "zone"}),
    ("project={project}", {"project", "market"}),
    ("area={zone}", set()),
    ("period=2000-2006", {"fund", "project"}),
    ("period=2007-2013", set()),
    ("year=2007", {"project", "market"}),
    ("year=2006", {"project"}),
    ("year=1999", set()),
    ("language=en", {"agency", "city", "fund", "market", "project", "zone"}),  # its summary is in English
    ("language=sl", {"agency", "city", "fund", "project", "zone"}),
    ("language=fr", set()),
    ("status=ended", {"market"}),
    ("status=finished", {"project"}),
    ("status=ended&status=finished", {"market", "project"}),
    ("type=C", {"fund"}),
    ("type=local_public_authority", {"city"}),
    # different filters: and
    ("country=IT&topic=circular-economy", {"project", "market"}),
    ("country=IT&topic=circular-economy&status=ended&language=en&year=2007&q=market", {"market"}),
    ("country=SI&status=ended", set()),
]


def test_what_each_filter_finds(records):
    uids = {name: record.uid for name, record in records.items()}

    assert {query: names_of(answer(query.format(**uids)), records) for query, _names in FOUND} == dict(FOUND)


def test_uids_are_taken_in_any_writing(records):
    uid = records["city"].uid

    assert names_of(answer(f"organisation={str(uid).upper()}&kind=x", also=["kind"]), records) == {
        "city",
        "project",
        "market",
    }
    assert names_of(answer(f"organisation={uid.hex}"), records) == {"city", "project", "market"}


def test_a_list_of_one_kind_has_that_kind_alone(records):
    assert names_of(answer("country=IT", kind="practices"), records) == {"market"}


def test_withdrawn_records_are_never_found(records):
    withdraw(records["market"])

    assert names_of(answer("country=IT"), records) == {"city", "project"}


REFUSED = [
    ("unknown=1", [("unknown", "unknown")]),
    ("Country=SI", [("Country", "unknown")]),
    ("document=x", [("document", "unknown")]),
    ("owner=1", [("owner", "unknown")]),
    ("uid__in=1", [("uid__in", "unknown")]),
    ("country=XX1", [("country", "invalid")]),
    ("country=EL", [("country", "invalid")]),
    ("country=si", [("country", "invalid")]),
    ("country=SI&country=nowhere", [("country", "invalid")]),
    ("nuts=si032", [("nuts", "invalid")]),
    ("nuts=SI0321", [("nuts", "invalid")]),
    ("nuts=%25", [("nuts", "invalid")]),
    ("topic=unknown", [("topic", "invalid")]),
    ("programme=1", [("programme", "invalid")]),
    ("organisation=not-a-uid", [("organisation", "invalid")]),
    ("project='", [("project", "invalid")]),
    ("area=%00", [("area", "invalid")]),
    ("period=2007", [("period", "invalid")]),
    ("year=07", [("year", "invalid")]),
    ("year=1899", [("year", "invalid")]),
    ("year=2100", [("year", "invalid")]),
    ("year=20%D9%A1%D9%A2", [("year", "invalid")]),  # Arabic digits
    ("language=english", [("language", "invalid")]),
    ("language=hr", [("language", "invalid")]),
    ("status=unknown", [("status", "invalid")]),
    ("type=%00", [("type", "invalid")]),
    ("network=nobody", [("network", "invalid")]),
    ("network=%00", [("network", "invalid")]),
    ("q=%00", [("q", "null_characters_not_allowed")]),
    ("q=" + "x" * (LONGEST_QUERY + 1), [("q", "max_length")]),
    ("q=one&q=two", [("q", "repeated")]),
    ("modified_since=yesterday", [("modified_since", "invalid")]),
    ("modified_since=2026-11-22", [("modified_since", "invalid")]),
    ("modified_since=2026-11-22T10:00:00", [("modified_since", "invalid")]),
    ("modified_since=2026-13-45T10:00:00Z", [("modified_since", "invalid")]),
    ("modified_since=0001-01-01T00:00:00%2B23:59", [("modified_since", "invalid")]),
    ("modified_since=9999-12-31T23:59:59-23:59", [("modified_since", "invalid")]),
    ("country=XX1&year=07", [("country", "invalid"), ("year", "invalid")]),
]


@pytest.mark.parametrize(("query", "errors"), REFUSED)
def test_what_cannot_be_understood_is_named(query, errors):
    assert errors_of(query) == errors


def test_an_error_tells_what_was_wrong():
    with pytest.raises(InvalidParameters) as refusal:
        answer("country=XX1")

    assert refusal.value.errors == [
        {"parameter": "country", "code": "invalid", "message": "'XX1' is not an ISO 3166-1 code."}
    ]
    assert str(refusal.value) == "country: 'XX1' is not an ISO 3166-1 code."


def test_status_and_type_are_those_of_the_kind():
    assert errors_of("status=ended", kind="projects") == [("status", "invalid")]
    assert errors_of("type=C", kind="projects") == [("type", "invalid")]
    assert errors_of("status=ended", kind="partners") == [("status", "invalid")]
    assert list(answer("status=ended&type=C")) == []


def test_parameters_that_the_caller_reads_herself_are_hers():
    assert errors_of("cursor=1") == [("cursor", "unknown")]
    assert list(answer("cursor=1", also=["cursor"])) == []


@pytest.mark.parametrize(
    ("moment", "is_found"),
    [
        ("2026-11-22T10:00:00Z", True),
        ("2026-11-22T10:00:01Z", False),
        ("2026-11-22T11:00:00%2B01:00", True),
        ("2026-11-22T11:00:00+01:00", True),  # a `+` that was not percent-encoded
        ("2026-11-22T10:00:00.000Z", True),
        ("", True),
    ],
)
def test_modified_since_is_a_moment_with_its_zone(moment, is_found):
    bare_entries(1, modified=datetime(2026, 11, 22, 10, tzinfo=UTC))

    assert answer(f"modified_since={moment}").exists() is is_found


# Networks


@pytest.fixture
def networks():
    publish(GoodPracticeFactory())
    for slug in ("alps", "adria"):
        harvested_entry(NetworkFactory(slug=slug))


def origins(entries):
    return sorted(entry.network.slug if entry.network else "ours" for entry in entries)


@pytest.mark.parametrize(
    ("query", "default", "found"),
    [
        ("", "ours", ["ours"]),
        ("network=", "ours", ["ours"]),
        ("country=SI", "ours", ["ours"]),
        ("", "all", ["adria", "alps", "ours"]),
        ("network=alps", "ours", ["alps"]),
        ("network=alps", "all", ["alps"]),
        ("network=alps&network=adria", "ours", ["adria", "alps"]),
        ("network=all", "ours", ["adria", "alps", "ours"]),
        ("network=all&network=alps", "ours", ["adria", "alps", "ours"]),
    ],
)
def test_our_own_records_alone_unless_others_are_asked_for(networks, query, default, found):
    assert origins(answer(query, networks=default)) == found


def test_a_network_that_is_gone_is_not_known():
    NetworkFactory(slug="gone")
    Network.objects.all().delete()

    assert errors_of("network=gone") == [("network", "invalid")]


# What is in use


def test_the_filters_in_use_are_told_as_given():
    filters = EntryFilter(QueryDict("country=SI&country=IT&topic=&q=zone&page_size=3"), also=["page_size"])

    assert filters.active() == {"q": ["zone"], "country": ["SI", "IT"]}


def test_one_filter_can_be_left_out(records):
    filters = EntryFilter(QueryDict("country=IT&topic=green-marketing"))

    assert names_of(filters.entries(without="topic"), records) == {"city", "project", "market"}


def test_a_filter_reads_public_columns_only():
    """Its answers come from facets, words, network and time, all of which are made from the document."""
    query = f"q=x&country=SI&nuts=SI&organisation={uuid4()}&network=all&modified_since={quote(now().isoformat())}"
    sql = str(answer(query).query)

    tables = {"catalogue_entry", "catalogue_entryfacet", "catalogue_entrywords", "catalogue_entryfts"}
    named = {word.strip('"(),') for word in sql.replace(".", " ").split()}
    assert {word for word in named if word.startswith(("practices_", "projects_", "partners_", "accounts_"))} == set()
    assert {word for word in named if word.startswith("catalogue_")} <= tables | {"catalogue_network"}


NAMES = st.sampled_from([*EntryFilter.base_filters, "page", "unknown"])


@given(pairs=st.lists(st.tuples(NAMES, st.text(max_size=30)), max_size=4))
def test_no_query_string_breaks_anything(pairs):
    asked = QueryDict(mutable=True)
    for name, value in pairs:
        asked.appendlist(name, value)

    try:
        found = list(EntryFilter(asked).entries())
    except InvalidParameters as refusal:
        assert {error["parameter"] for error in refusal.errors} <= {name for name, _value in pairs}
    else:
        assert found == list(Entry.objects.none())


def test_modified_since_the_last_entry_finds_it_and_after_it_nothing():
    [entry] = bare_entries(1)
    just_after = quote((entry.modified + timedelta(seconds=1)).isoformat())

    assert list(answer(f"modified_since={quote(entry.modified.isoformat())}")) == [entry]
    assert list(answer(f"modified_since={just_after}")) == []
