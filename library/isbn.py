"""International standard book numbers (ISO 2108)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_isbn(value: str) -> None:
    """Ten or thirteen digits, with or without hyphens, whose last one proves the others."""
    if not _is_isbn(value.replace("-", "")):
        raise ValidationError(_("%(value)s is not an ISBN."), params={"value": value})


def _is_isbn(digits: str) -> bool:
    if re.fullmatch("[0-9]{13}", digits):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    if re.fullmatch("[0-9]{9}[0-9X]", digits):
        numbers = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(number * weight for number, weight in zip(numbers, range(10, 0, -1), strict=True)) % 11 == 0
    return False
