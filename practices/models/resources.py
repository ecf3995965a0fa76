"""What a practice takes: money, people, and what else must be there."""

from decimal import Decimal
from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.texts import Text

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class Resources(NamedTuple):
    """As documents tell them; the amount is in the money of `year`, `fte` counts full-time posts."""

    amount: Decimal | None
    currency: str
    year: int | None
    fte: Decimal | None
    text: Text

    @classmethod
    def of(cls, practice: models.Model, name: str) -> "Resources | None":
        """`name` is how their fields begin; nothing where no more than the currency is known."""
        known = cls(*(getattr(practice, f"{name}_{field}") for field in cls._fields))
        is_known = known.amount is not None or known.fte is not None or bool(known.text)
        return known if is_known else None

    @classmethod
    def fields_of(cls, name: str) -> tuple[str, ...]:
        return tuple(f"{name}_{field}" for field in cls._fields)


def year_field(label: str) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=bounds)


def amount_field() -> models.DecimalField:
    return models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


def currency_field() -> models.CharField:
    code = RegexValidator("^[A-Z]{3}$", _("A currency is its code of three letters, such as EUR."))
    return models.CharField(_("currency"), max_length=3, default="EUR", blank=True, validators=[code])


def fte_field() -> models.DecimalField:
    return models.DecimalField(
        _("full-time posts"), max_digits=7, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


def not_negative(name: str) -> models.CheckConstraint:
    amount, fte = f"{name}_amount", f"{name}_fte"
    return models.CheckConstraint(
        condition=(Q(**{f"{amount}__isnull": True}) | Q(**{f"{amount}__gte": 0}))
        & (Q(**{f"{fte}__isnull": True}) | Q(**{f"{fte}__gte": 0})),
        name=f"practice_{name}_are_not_negative",
    )
