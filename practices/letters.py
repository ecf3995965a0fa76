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
OPINION = Kind(
    "practice-opinion",
    what=_("An expert’s opinion"),
    subject=_("An expert’s opinion on: %(title)s"),
    sentence=_("%(name)s has given an expert’s opinion on “%(title)s”. It stands on its page:"),
    nameless=_("an expert has given an opinion on “%(title)s”. It stands on its page:"),
)
OPINION_CHANGED = Kind(
    "practice-opinion-changed",
    what=_("Expert’s opinion changed"),
    subject=_("Expert’s opinion changed: %(title)s"),
    sentence=_("%(name)s has changed the expert’s opinion on “%(title)s”:"),
    nameless=_("the expert’s opinion on “%(title)s” has been changed:"),
)
OPINION_REPLACED = Kind(
    "practice-opinion-replaced",
    what=_("A newer expert’s opinion"),
    subject=_("A newer expert’s opinion on: %(title)s"),
    sentence=_(
        "“%(title)s” has changed since you gave your opinion on it, and another expert has given hers. Yours stays with the"
        " earlier versions:"
    ),
)
OPINION_WITHDRAWN = Kind(
    "practice-opinion-withdrawn",
    what=_("Expert’s opinion withdrawn"),
    subject=_("Expert’s opinion withdrawn: %(title)s"),
    sentence=_("the expert’s opinion on “%(title)s” has been withdrawn. It no longer stands with any version."),
)


def register() -> None:
    for kind in (STILL_TRUE, OPINION, OPINION_CHANGED, OPINION_REPLACED, OPINION_WITHDRAWN):
        kinds.register(kind)
