"""What reviewers are asked who ask somebody else."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftText
from operations.languages import interface_language
from pages.languages import language_in_words
from partners.joining_forms import InviteForm
from reviews.outside import LONGEST_WORDS

SOON, LATEST = timedelta(days=14), timedelta(days=180)


class AskOutsideForm(InviteForm):
    until = forms.DateField(
        label=_("Until when you ask for an answer"),
        help_text=_("After that day one letter reminds, and two weeks later the access ends."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Name a day, so that it is clear until when an answer helps."),
            "invalid": _("Write the day as year, month and day: 2026-05-31."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        help_text=_("Who has an account here gets it in the language of the account."),
        required=False,
        error_messages={"invalid_choice": _("This language is not offered here.")},
    )
    words = DraftText(
        label=_("A few words"),
        help_text=_("What you would like to know, and why you ask this person. They stand in the letter."),
        limit=LONGEST_WORDS,
        most=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data=None, *, by, language: str):
        """`language` is that of the text."""
        super().__init__(data, by=by)
        offered = settings.INTERFACE_LANGUAGES
        self.fields["language"].choices = [(code, capfirst(language_in_words(code))) for code in offered]
        self.fields["language"].initial = language if language in offered else interface_language()
        self.fields["email"].label = _("E-mail address of the expert")
        self.fields["email"].help_text = _("The letter has a link that is good for this address alone.")
        self.fields["until"].initial = timezone.localdate() + SOON

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.fields["language"].initial

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until < today:
            raise ValidationError(_("This day is over."))
        if until > today + LATEST:
            raise ValidationError(_("Name a day within half a year."))
        return until
