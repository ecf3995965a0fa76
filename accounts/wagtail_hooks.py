"""What the accounts put into the Wagtail admin."""

from wagtail import hooks
from wagtail.admin.views.account import LocaleSettingsPanel

from accounts import audited
from accounts.admin_forms import LanguageAndZoneForm
from accounts.models import User
from accounts.viewsets import ErasePeople

LocaleSettingsPanel.form_class = LanguageAndZoneForm  # there is no setting for it


hooks.register("register_bulk_action", ErasePeople, order=1)  # in the place of Wagtail's own


@hooks.register("before_bulk_action")
def remember_accounts(request, action_type, objects, action) -> None:
    """Wagtail runs what comes before and after in one transaction with the action."""
    if action.model is User:
        action.standings = audited.standings(user.pk for user in objects)


@hooks.register("after_bulk_action")
def note_changed_accounts(request, action_type, objects, action) -> None:
    if action.model is User:
        audited.note_changes(action.standings, list(action.standings), by=request.user)
