"""E-mail addresses, which are personal data and never enter documents: readers write by the portal's own means."""

import re

from i18nfield.strings import LazyI18nString

# Behind a slash it is part of a link's path, such as a place on a map or a picture in two sizes.
_ADDRESS = re.compile(r"(?<![\w.%+/-])[\w.%+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")


def tells_one(value) -> bool:
    """Whether an e-mail address stands in a text, or in any text of a list or a map."""
    match value:
        case str():
            return bool(_ADDRESS.search(value))
        case LazyI18nString():
            return tells_one(value.data)
        case dict():
            return any(tells_one(each) for each in value.values())
        case list() | tuple():
            return any(tells_one(each) for each in value)
    return False
