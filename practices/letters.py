"""What the people of a practice are told of it, beside its reviews."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.kinds import Kind
from operations import audit
from partners.review_letters import titles_of
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
)
KINDS = (STILL_TRUE, CO_AUTHOR_CAME, CO_AUTHOR_LEFT, CO_AUTHOR_REMOVED)

# What the audit log calls it; invitations have the words that they have everywhere.
ACTS = {
    "co_author.left": _("Left a practice that she wrote with others"),
    "co_author.removed": _("Co-author removed"),
}


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
    for act, label in ACTS.items():
        audit.register(act, label)


def title_of(practice: GoodPractice) -> str:
    """As it was saved last, in the language at hand."""
    return titles_of(practice)[get_language()]
