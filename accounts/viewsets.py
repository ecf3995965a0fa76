"""People in the Wagtail admin."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users

from accounts.admin_forms import PersonCreationForm, PersonEditForm


class UserIndexView(users.IndexView):
    @cached_property
    def columns(self):
        columns = [column for column in super().columns if column.name != "email"]
        columns.insert(2, Column("email", label=_("E-mail address"), sort_key="email"))
        return columns


class UserViewSet(users.UserViewSet):
    index_view_class = UserIndexView
    create_template_name = "wagtailadmin/people/create.html"
    edit_template_name = "wagtailadmin/people/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
