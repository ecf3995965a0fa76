"""Forms by which people say who they are."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import consents, daily_letters, purposes, speaking
from accounts.models import User
from accounts.names import NameField


class Names(forms.Form):
    """What signing up asks for beside an address and a password; allauth builds its own forms on it."""

    first_name = NameField(label=_("First name"), widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = NameField(label=_("Last name"), required=False, widget=forms.TextInput({"autocomplete": "family-name"}))
    terms = forms.BooleanField(label=purposes.TERMS.text)
    field_order = ["first_name", "last_name", "email", "password1", "password2", "terms"]

    def signup(self, request, user: User) -> None:
        """Called by allauth when there is an account; it has taken the names already."""
        consents.give(user, purposes.TERMS.name)


class ErasureForm(forms.Form):
    sure = forms.BooleanField(label=_("Erase my account for ever."))


class PreferencesForm(forms.ModelForm):
    first_name = NameField(label=_("First name"), required=False)
    last_name = NameField(label=_("Last name"), required=False)

    languages = forms.MultipleChoiceField(
        label=_("Languages that you speak"),
        help_text=_("Only you see them. They say what you may be asked to translate."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language", "mail", "translates"]
        widgets = {"mail": forms.RadioSelect}
        labels = {
            "mail": _("What the portal writes to you"),
            "language": _("Language of the portal’s letters"),
            "translates": _("I may be asked to translate texts of the portal into these languages."),
        }
        help_texts = {"mail": _("Letters about your account itself always come.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        spoken = {*settings.INTERFACE_LANGUAGES, self.instance.language}
        self.fields["language"].choices = [choice for choice in settings.LANGUAGES if choice[0] in spoken]
        self.fields["languages"].choices = speaking.choices()
        self.initial["languages"] = speaking.of(self.instance)
        self.order_fields(["first_name", "last_name", "language", "mail", "languages", "translates"])

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("translates") and not cleaned.get("languages") and "languages" not in self.errors:
            self.add_error("languages", _("Tick the languages into which you may be asked to translate."))
        return cleaned

    def save(self, commit=True) -> User:
        """Who takes letters up again is not stopped by a link in one of the former letters."""
        if "mail" in self.changed_data and self.initial["mail"] == User.Mail.NONE:
            self.instance.letters_taken_up += 1
        left_daily = "mail" in self.changed_data and self.initial["mail"] == User.Mail.DIGEST
        user = super().save(commit)
        speaking.keep(by=user, languages=self.cleaned_data["languages"])
        if left_daily and user.mail in (User.Mail.ALL, User.Mail.WAITING):
            daily_letters.are_left_by(user)
        return user
