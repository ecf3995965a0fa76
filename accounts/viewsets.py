"""People in the Wagtail admin."""

from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import DeleteBulkAction

from accounts import audited, erasure, second_factor, told_by_letter
from accounts.admin_forms import PersonCreationForm, PersonEditForm


class UserIndexView(users.IndexView):
    @cached_property
    def columns(self):
        columns = [column for column in super().columns if column.name != "email"]
        columns.insert(2, Column("email", label=_("E-mail address"), sort_key="email"))
        return columns


class UserCreateView(users.CreateView):
    def save_instance(self):
        with transaction.atomic():
            user = super().save_instance()
            audited.note_changes({}, [user.pk], by=self.request.user)
        return user


class UserEditView(users.EditView):
    def save_instance(self):
        """She is told by letter, at her former address, too, if that was changed."""
        person = self.object.pk
        with transaction.atomic():
            before = audited.standings([person])
            user = super().save_instance()
            audited.note_changes(before, [person], by=self.request.user)
            told_by_letter.of_changes(self.request, before[person], user)
        return user

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if second_factor.can_remove(self.object, by=self.request.user):
            address = reverse("remove_second_factor", args=[self.object.pk])
            buttons.append(Button(_("Remove second factor"), url=address, icon_name="lock-open", priority=30))
        return buttons


class UserDeleteView(users.DeleteView):
    def delete_action(self):
        """Nothing is left that Wagtail's own log could be about."""
        erasure.erase(user=self.object, by=self.request.user)


class ErasePeople(DeleteBulkAction):
    """Several at once, wholly or not at all."""

    def get_execution_context(self):
        return super().get_execution_context() | {"by": self.request.user}

    @classmethod
    def execute_action(cls, objects, by=None, **more):
        return sum(erasure.erase(user=user, by=by) for user in objects), 0


class UserViewSet(users.UserViewSet):
    index_view_class = UserIndexView
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView
    create_template_name = "wagtailadmin/people/create.html"
    edit_template_name = "wagtailadmin/people/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
