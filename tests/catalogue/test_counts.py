"""How many entries bear each value: exact, following the other filters, in one statement."""

import uuid

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from catalogue.counts import FACETS, facet_counts
from catalogue.filters import EntryFilter
from catalogue.models import Entry, EntryWords
from tests.factories import BEGINNING, NetworkFactory, bare_entries

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]

UIDS = [str(uuid.UUID(int=number)) for number in range(3)]
VALUES = {
    "country": ["SI", "IT", "HR"],
    "topic": ["green-marketing", "circular-economy"],
    "programme": UIDS,
    "organisation": UIDS,
    "project": UIDS,
    "period": ["2000-2006", "2007-2013"],
    "year": ["2006", "2007"],
    "language": ["en", "sl"],
    "status": ["running", "ended"],
    "type": ["A", "B"],
}
BEARING = st.fixed_dictionaries({name: st.sets(st.sampled_from(values)) for name, values in VALUES.items()})
CHOSEN = st.fixed_dictionaries(
    {}, optional={name: st.sets(st.sampled_from(v), min_size=1) for name, v in VALUES.items()}
)


def asked(chosen):
    query = QueryDict(mutable=True)
    for name, values in chosen.items():
        query.setlist(name, sorted(values))
    return query


def passes(bearing, chosen, *, but):
    return all(bearing[name] & values for name, values in chosen.items() if name != but)


def counted_by_hand(entries, chosen):
    counts = {}
    for name, values in VALUES.items():
        found = [bearing[name] for bearing in entries if passes(bearing, chosen, but=name)]
        numbers = {value: sum(value in each for each in found) for value in values}
        counts[name] = {value: number for value, number in numbers.items() if number}
    return counts


def make(entries):
    bare_entries(
        len(entries), facets=lambda index: [(name, value) for name, some in entries[index].items() for value in some]
    )


def test_the_names_are_those_of_the_filters():
    assert set(FACETS) == set(VALUES)
    assert set(FACETS) - set(EntryFilter.base_filters) == set()


@given(entries=st.lists(BEARING, max_size=12), chosen=CHOSEN)
def test_counts_equal_those_made_by_hand(entries, chosen):
    with transaction.atomic():
        make(entries)

        counts = facet_counts(EntryFilter(asked(chosen)))

        transaction.set_rollback(True)
    assert counts == counted_by_hand(entries, chosen)


@pytest.mark.parametrize(
    "query",
    ["", "country=SI", "country=SI&country=IT&topic=green-marketing", "q=zone&status=ended&language=en&year=2006"],
)
def test_one_statement_whatever_is_asked(django_assert_num_queries, query):
    make([{"country": {"SI", "IT"}, "topic": {"green-marketing"}}] * 3)

    with django_assert_num_queries(1):
        facet_counts(EntryFilter(QueryDict(query)))


def test_a_facet_is_counted_as_if_it_were_not_chosen():
    make([{"country": {"SI"}}, {"country": {"SI", "IT"}}, {"country": {"HR"}, "topic": {"green-marketing"}}])

    counts = facet_counts(EntryFilter(QueryDict("country=SI")), ["country", "topic"])

    assert counts == {"country": {"SI": 2, "HR": 1, "IT": 1}, "topic": {}}


def test_values_stand_by_number_then_by_name():
    make([{"country": {"SI", "IT"}}, {"country": {"SI", "HR"}}, {"country": {"AT"}}])

    counts = facet_counts(EntryFilter(QueryDict("")), ["country"])

    assert list(counts["country"].items()) == [("SI", 2), ("AT", 1), ("HR", 1), ("IT", 1)]


def test_only_what_was_asked_for_is_counted():
    make([{"country": {"SI"}, "topic": {"green-marketing"}, "nuts": {"SI0"}}])

    assert facet_counts(EntryFilter(QueryDict("")), ["topic"]) == {"topic": {"green-marketing": 1}}
    assert facet_counts(EntryFilter(QueryDict("")), ["nuts"]) == {"nuts": {"SI0": 1}}


def test_withdrawn_entries_other_kinds_and_other_networks_are_not_counted():
    one = {"facets": lambda index: [("country", "SI")]}
    bare_entries(1, **one)
    bare_entries(1, kind="projects", **one)
    bare_entries(1, network=NetworkFactory(), **one)
    emptied = dict.fromkeys(["slug", "title_key", "etag", "card", "document"], "")
    bare_entries(1, withdrawn=BEGINNING, reason="withdrawn", **emptied, **one)

    def counted(query, **options):
        return facet_counts(EntryFilter(QueryDict(query), **options), ["country"])["country"]

    assert counted("", kind="practices") == {"SI": 1}
    assert counted("") == {"SI": 2}
    assert counted("network=all") == {"SI": 3}
    assert counted("", networks="all") == {"SI": 3}


def test_counts_follow_the_words():
    with_word, without = bare_entries(2, facets=lambda index: [("country", ["SI", "IT"][index])])
    EntryWords.objects.create(entry=with_word, title="market")
    EntryWords.objects.create(entry=without, title="courtyard")

    assert facet_counts(EntryFilter(QueryDict("q=market")), ["country"]) == {"country": {"SI": 1}}


def test_an_empty_catalogue_has_empty_counts():
    assert Entry.objects.count() == 0
    assert facet_counts(EntryFilter(QueryDict(""))) == {name: {} for name in FACETS}
