"""The form in which somebody asks for a translation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftText
from pages.languages import language_label

MOST_NOTED = 500  # characters


class AskForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Into which language"),
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Nobody can be asked for this language here."),
        },
    )
    note = DraftText(
        label=_("A word to the translator"),
        help_text=_("Until when you would like it, or whom it is for. Everybody who speaks the language can read it."),
        limit=MOST_NOTED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, languages: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Choose …")), *((code, language_label(code)) for code in languages)]

    def clean_note(self) -> str:
        note = self.cleaned_data["note"]
        if len(note) > MOST_NOTED:
            raise forms.ValidationError(
                _("The note has %(length)s characters; %(most)s are allowed."),
                params={"length": len(note), "most": MOST_NOTED},
            )
        return note
