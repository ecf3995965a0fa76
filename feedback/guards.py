"""What keeps programs that fill in every form, and people who never stop, from those who answer for records.

Programs are thanked like everybody and nothing is sent. What is sent too often waits, with every word still in the form.
"""

import time

from allauth.core import ratelimit
from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.models import Entry

QUICKEST = 2  # seconds: nobody reads the form and writes a sentence sooner
_SALT = "feedback.began"
_HIDDEN = ("website", "began")


def stamp() -> str:
    """When the form was drawn, so that nobody can say another time."""
    return signing.dumps(time.time(), salt=_SALT)


class Guarded(forms.Form):
    """`website` is hidden from people; `began` says when the form was drawn."""

    website = forms.CharField(
        label=_("Leave this empty"), required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )
    began = forms.CharField(required=False, initial=stamp, widget=forms.HiddenInput)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """What people see."""
        return [self[name] for name in self.fields if name not in _HIDDEN]

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website")) or not self._took_time()

    def _took_time(self) -> bool:
        try:
            return time.time() - signing.loads(self.data.get("began", ""), salt=_SALT) >= QUICKEST
        except signing.BadSignature:
            return False


def may_send(request: HttpRequest, entry: Entry) -> bool:
    """Counts what is about to be sent, by visitor, record and account (ACCOUNT_RATE_LIMITS); False if it is too much."""
    counted = ratelimit.consume(request, action="feedback", key=str(entry.uid))
    if counted and request.user.is_authenticated:
        counted = ratelimit.consume(request, action="feedback_by_account")
    return bool(counted)
