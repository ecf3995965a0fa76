"""What the people of a practice are told of it, beside its reviews."""

from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.kinds import Kind

STILL_TRUE = Kind(
    "practice-still-true",
    what=_("Still true?"),
    subject=_("Is it still true? %(title)s"),
    sentence=_(
        "“%(title)s” has stood in the portal for a year without a word from its people. Others rely on it: is it still true?"
    ),
    lead=_("One press of a button says so; there you can also change what is no longer right:"),
    waits=True,
)


def register() -> None:
    kinds.register(STILL_TRUE)
