"""What may be typed where a link leads to an address: a path of the portal, or an address elsewhere."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from operations.addresses import parts_of

PATH = re.compile(r"/(?![/\\])[^\s\\]*")
NO_ADDRESS = _("An address begins with / or with https:// and has no spaces.")


def is_goal(address: str, schemes: Sequence[str] = ("https",)) -> bool:
    if parts_of(address) is None:
        return False
    if PATH.fullmatch(address):
        return True
    try:
        URLValidator(schemes=schemes)(address)
    except ValidationError:
        return False
    return True


def validate_goal(address: str) -> None:
    if not is_goal(address):
        raise ValidationError(NO_ADDRESS)
