"""Why somebody did what concerns somebody else, or herself: words of ours, for the audit log holds those of nobody.

Whoever takes something from another says why, from a list; that is noted and told to her. Where an act is its own reason, the
word is registered with it (`operations.audit`).
"""

from collections.abc import Sequence

from django import forms
from django.db.models import TextChoices
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Reason(TextChoices):
    ASKED = "asked", gettext_lazy("the person asked for it")
    DONE = "done", gettext_lazy("this part of the work is done")
    OTHERS = "others", gettext_lazy("somebody else does it")
    SILENT = "silent", gettext_lazy("nothing was heard for a long time")
    INVOLVED = "involved", gettext_lazy("a conflict of interest")
    MISTAKE = "mistake", gettext_lazy("it was a mistake")
    # of a text alone
    TWICE = "twice", gettext_lazy("the same stands elsewhere here")
    FOREIGN = "foreign", gettext_lazy("it is not of the portal’s subject")
    ITS_PEOPLE = "its_people", gettext_lazy("those whose text it is asked for it")
    LAW = "law", gettext_lazy("the law or somebody’s privacy asks for it")
    TEST = "test", gettext_lazy("it was a test")
    # of a network that reads
    KNOWN = "known", gettext_lazy("somebody else knows the key")
    BURDEN = "burden", gettext_lazy("it asks more than the portal can bear")
    PURPOSE = "purpose", gettext_lazy("it serves something other than was said")
    UNREACHABLE = "unreachable", gettext_lazy("the receiver does not answer as it should")
    # nobody chooses these
    OWN_WISH = "own_wish", gettext_lazy("by one’s own wish")
    WANTED = "wanted", gettext_lazy("it was asked for")
    UNNEEDED = "unneeded", gettext_lazy("it is no longer asked for")
    OVERDUE = "overdue", gettext_lazy("taken up a month ago, and not made")


CHOSEN = (Reason.ASKED, Reason.DONE, Reason.OTHERS, Reason.SILENT, Reason.INVOLVED, Reason.MISTAKE)
TO_CHOOSE = tuple((each.value, each.label) for each in CHOSEN)
OF_DELETION = (Reason.TWICE, Reason.FOREIGN, Reason.ITS_PEOPLE, Reason.LAW, Reason.TEST, Reason.SILENT, Reason.MISTAKE)

OF_KEY = (Reason.KNOWN, Reason.BURDEN, Reason.PURPOSE, Reason.SILENT, Reason.ASKED, Reason.MISTAKE)
OF_WEBHOOK = (Reason.UNREACHABLE, Reason.PURPOSE, Reason.SILENT, Reason.ASKED, Reason.MISTAKE)


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The person is told, and it is noted."),
        choices=TO_CHOOSE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say why.")},
    )


class DeletionForm(ReasonForm):
    """Why a text goes on which others have worked."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["reason"].choices = [(each.value, each.label) for each in OF_DELETION]


class NetworkForm(ReasonForm):
    """Why a key or a webhook of a network that reads is stopped."""

    def __init__(self, data=None, *, offered: Sequence[Reason], **kwargs):
        super().__init__(data, **kwargs)
        self.fields["reason"].choices = [(each.value, each.label) for each in offered]


def chosen(sent: str | None) -> Reason | None:
    """As a button beside a list sends it; None for what cannot be chosen."""
    return next((each for each in CHOSEN if each.value == sent), None)


def in_words(reason: str | None) -> str:
    """In the language at hand; "" for what is no reason of ours."""
    return str(Reason(reason).label) if reason in Reason.values else ""


def told(reason: str) -> Promise:
    """For letters, each in its own language."""
    return lazy(_told, str)(reason)


def _told(reason: str) -> str:
    return _("Why: %(reason)s.") % {"reason": in_words(reason)}
