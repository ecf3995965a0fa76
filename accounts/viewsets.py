"""People in the Wagtail admin."""

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import DeleteBulkAction

from accounts import audited, erasure
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
        with audited.changes([self.object.pk], by=self.request.user):
            return super().save_instance()


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
