"""Forms by which the network's staff gives people accounts, and by which everybody sets up the admin for herself."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.users import forms as wagtail_forms

from accounts.models import User
from accounts.names import NameField

FIELDS = ["email", "first_name", "last_name", "language", "is_superuser", "groups"]


class PersonForm(wagtail_forms.UserForm):
    """Known by her e-mail address, in lower case; a name is welcome and not needed."""

    first_name = NameField(required=False, label=_("First name"))
    last_name = NameField(required=False, label=_("Last name"))
    error_messages = wagtail_forms.UserForm.error_messages | {
        "duplicate_username": _("There is an account with this e-mail address already.")
    }

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class PersonCreationForm(PersonForm):
    password_required = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("Left empty, she chooses one herself by “Forgot your password?”.")

    class Meta:
        model = User
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit=True):
        """An address with which staff opens an account counts as confirmed."""
        if not self.cleaned_data["password1"]:
            self.instance.set_unusable_password()
        user = super().save(commit)
        if commit:
            user.confirm_address()
        return user


class PersonEditForm(PersonForm, wagtail_forms.UserEditForm):
    is_confirmed = forms.BooleanField(
        required=False,
        label=_("I know that this address is hers"),
        help_text=_("Without this, a new address counts when she has followed the link in the letter that goes there."),
    )

    class Meta:
        model = User
        fields = [*FIELDS, "is_active"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit=True):
        user = super().save(commit)
        is_confirmed = self.cleaned_data["is_confirmed"]
        if commit and (is_confirmed or "email" in self.changed_data):
            user.keep_address(is_confirmed=is_confirmed)
        return user


class LanguageAndZoneForm(LocalePreferencesForm):
    """Without a choice the admin follows the portal (`accounts.language`), not the server."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_in_portal = ("", _("As in the portal"))
        self.fields["preferred_language"].choices = [as_in_portal, *settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
