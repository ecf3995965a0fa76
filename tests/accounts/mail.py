"""Letters as the tests read them."""

import re
from urllib.parse import urlsplit


def link_in(letter) -> str:
    """The path to which the letter leads, with its query."""
    address = urlsplit(re.search(r"^https?://\S+/accounts/\S+$", letter.body, re.MULTILINE)[0])
    return f"{address.path}?{address.query}"
