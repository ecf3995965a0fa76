"""What somebody types who registers a network, or makes a key."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from exchange.models import Client, Scope

LASTS = (30, 90, 180, 365)  # days


class ClientForm(forms.ModelForm):
    class Meta:
        model = Client
        fields = ("name", "contact", "purpose", "home_page")
        widgets = {"purpose": forms.Textarea({"rows": 3})}

    home_page = forms.URLField(
        label=_("Home page"), required=False, assume_scheme="https", help_text=_("Of the network, if it has one.")
    )


class KeyForm(forms.Form):
    """`after` is the key that was the latest when the form was drawn."""

    scopes = forms.MultipleChoiceField(
        label=_("What the key is for"),
        choices=Scope.choices,
        initial=list(Scope),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(
        label=_("How long it is good"),
        coerce=int,
        initial=365,
        choices=[(days, ngettext_lazy("%(count)s day", "%(count)s days", days) % {"count": days}) for days in LASTS],
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])
