"""How a person writes her name: any letters of any script, on one line."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Signs that turn the direction of what stands around a name: in a list they would turn other people's words, too.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def validate_name(name: str) -> None:
    """Line breaks in a name would end up in the head of a letter; letters of any script and emoji are welcome."""
    if any(sign in TURNING or unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in name):
        raise ValidationError(_("Write the name on one line, without invisible signs."), code="name_sign")


def tidy_name(name: str) -> str:
    """What another service calls a person, as we would take it: nothing invisible, not longer than we keep."""
    kept = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in name if sign not in TURNING)
    return " ".join("".join(kept).split())[:150]


class NameField(forms.CharField):
    is_counted = False  # as texts are: hardly any name is too long

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 150, **kwargs})
        self.validators.append(validate_name)

    def widget_attrs(self, widget) -> dict:
        """No counter, and nothing cut off while somebody pastes: what is too long is refused in words."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}
