from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftText


class SendBackForm(forms.Form):
    """Words to the author, of whoever reads what she submitted."""

    message = DraftText(
        label=_("What should be changed"),
        help_text=_("The author reads this above the form. Say what is missing, and what is good already."),
        needed=True,
        most=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, commented: bool = False, **kwargs):
        """`commented`: what should be changed stands beside the fields already."""
        super().__init__(*args, **kwargs)
        self.commented = commented
        self.fields["message"].needed = not commented

    def clean_message(self) -> str:
        if not self.cleaned_data["message"] and not self.commented:
            raise ValidationError(_("Without a message the author does not know what to change."))
        return self.cleaned_data["message"]
