"""`/.well-known/security.txt` (RFC 9116): where somebody who found a hole can tell us of it."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from catalogue.signposts import here
from exchange.doors import Door
from pages.navigation import page_address

VALID = timedelta(days=180)  # RFC 9116, section 2.5.5: less than a year
CONTACT_PAGE = "contact"  # the slug under which editors write the page, if they do


class SecurityText(Door):
    """Valid for half a year from the day on which it is read."""

    operation = "security"
    media_types = ("text/plain",)
    shape = {"type": "string"}

    def version(self) -> str:
        return f"{_expires()} {_contact()}"

    def body(self) -> str:
        self.asked.only()
        lines = (
            f"Contact: {_contact()}",
            f"Expires: {_expires()}",
            f"Preferred-Languages: {', '.join(settings.INTERFACE_LANGUAGES)}",
            f"Canonical: {here('/.well-known/security.txt')}",
        )
        return "\n".join(lines) + "\n"


def _expires() -> str:
    day = (datetime.now(UTC) + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    return day.strftime("%Y-%m-%dT%H:%M:%SZ")


def _contact() -> str:
    """Of the setting; else the page that editors wrote for it, else the home page."""
    told = settings.SECURITY_CONTACT
    if told:
        return told if told.startswith(("mailto:", "https://", "tel:")) else f"mailto:{told}"
    return here(page_address(CONTACT_PAGE) or f"/{settings.LANGUAGE_CODE}/")
