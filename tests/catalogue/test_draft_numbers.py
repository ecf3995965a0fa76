"""Numbers as people of five countries write them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalogue.drafting.fields import DraftNumber
from catalogue.drafting.items import shown

pytestmark = pytest.mark.core


def read(typed: str, decimals: int = 4) -> Decimal | None:
    return DraftNumber(digits=16, decimals=decimals, smallest=None).clean(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12500", "12500"),
        ("12 500", "12500"),
        ("12\u202f500,5", "12500.5"),
        ("12'500.5", "12500.5"),
        ("12.500,50", "12500.5"),
        ("12,500.50", "12500.5"),
        ("1.200.000", "1200000"),
        ("1,200,000.25", "1200000.25"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1,2", "1.2"),
        ("1.2000", "1.2"),
        ("\u22123,5", "-3.5"),
        ("1500.125", "1500.125"),
    ],
)
def test_points_commas_and_spaces_are_read_as_they_are_meant(typed, number):
    assert read(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "thousands", "fraction"), [("1.200", "1200", "1.2000"), ("-12,500", "-12500", "-12.5000")]
)
def test_what_may_be_meant_in_two_ways_is_asked(typed, thousands, fraction):
    with pytest.raises(ValidationError) as asked:
        read(typed)

    assert asked.value.messages == [f"Is it {thousands} or {fraction}? Write it in one of these ways."]
    assert (read(thousands), read(fraction)) == (Decimal(thousands), Decimal(fraction))


def test_where_nobody_writes_three_decimals_they_are_thousands():
    assert (read("4.500", decimals=2), read("4,500", decimals=0)) == (4500, 4500)


@pytest.mark.parametrize("typed", ["1.2.3", "1,23,4", "1.200,5.5", "NaN", "12.50.000"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError, match="This is not a number."):
        read(typed)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_what_is_shown_is_read_as_the_same(number):
    assert read(shown(number)) == number
