"""Who may take home what editors uploaded."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from accounts.access import has_permissions
from pages.models.told import ToldPage, users_of


def may_be_read(used: AbstractDocument | AbstractImage, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Everybody, once a page that visitors can read shows it; until then those who write pages."""
    if any(page.is_read for page in users_of(used).specific() if isinstance(page, ToldPage)):
        return True
    return has_permissions(user, "wagtailadmin.access_admin")
