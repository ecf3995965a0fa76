"""What the accounts put into the Wagtail admin."""

from wagtail.admin.views.account import LocaleSettingsPanel

from accounts.admin_forms import LanguageAndZoneForm

LocaleSettingsPanel.form_class = LanguageAndZoneForm  # there is no setting for it
