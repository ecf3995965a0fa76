"""What the people of a practice are told of it, beside its reviews."""

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.kinds import Kind
from operations import audit
from operations.reasons import Reason
from partners.review_letters import titles_of

if TYPE_CHECKING:  # the models write letters
    from practices.models import GoodPractice

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
OPINION_WAITS = Kind(
    "practice-opinion-waits",
    what=_("Your opinion waits"),
    subject=_("Published without your opinion: %(title)s"),
    sentence=_(
        "“%(title)s” was published without your decision. The opinion that you have written of it waits: nobody sees it."
    ),
    lead=_("Read it again, and publish or withdraw it:"),
    waits=True,
)
OPINION_WITHDRAWN = Kind(
    "practice-opinion-withdrawn",
    what=_("Expert’s opinion withdrawn"),
    subject=_("Expert’s opinion withdrawn: %(title)s"),
    sentence=_("the expert’s opinion on “%(title)s” has been withdrawn. It no longer stands with any version."),
)
CO_AUTHOR_CAME = Kind(
    "co-author-came",
    what=_("Invitation accepted"),
    subject=_("Writes with you: %(title)s"),
    sentence=_("%(name)s has accepted the invitation and writes “%(title)s” with you now."),
    nameless=_("A colleague has accepted the invitation and writes “%(title)s” with you now."),
)
CO_AUTHOR_LEFT = Kind(
    "co-author-left",
    what=_("Co-author left"),
    subject=_("Writes no more with you: %(title)s"),
    sentence=_("%(name)s no longer writes “%(title)s” with you. What she has written stays in it."),
    nameless=_("A colleague no longer writes “%(title)s” with you. What she has written stays in it."),
)
CO_AUTHOR_REMOVED = Kind(
    "co-author-removed",
    what=_("You are no longer a co-author"),
    subject=_("You no longer write: %(title)s"),
    sentence=_(
        "%(name)s has taken you out of “%(title)s”: you can no longer write it. What you have written stays in it."
    ),
    nameless=_(
        "You have been taken out of “%(title)s”: you can no longer write it. What you have written stays in it."
    ),
    waits=True,  # nothing is left to do, but she is told why
)
KINDS = (
    *(STILL_TRUE, OPINION, OPINION_CHANGED, OPINION_REPLACED, OPINION_WAITS, OPINION_WITHDRAWN),
    *(CO_AUTHOR_CAME, CO_AUTHOR_LEFT, CO_AUTHOR_REMOVED),
)

# What the audit log calls it; invitations have the words that they have everywhere.
ACTS = {
    "co_author.left": (_("Co-author left"), Reason.OWN_WISH),
    "co_author.removed": (_("Co-author removed"), None),
}


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
    for act, (label, reason) in ACTS.items():
        audit.register(act, label, reason=reason)


def title_of(practice: "GoodPractice") -> str:
    """As it was saved last, in the language at hand."""
    return titles_of(practice)[get_language()]
