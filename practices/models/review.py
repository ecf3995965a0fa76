"""The step at which experts read a practice."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task


class ExpertReviewTask(Task):
    """A reviewer reads the practice in the portal and approves it or sends it back (`catalogue.reviewing`).

    Wagtail's admin offers nothing for it: its listing of practices would open every organisation's drafts to reviewers.
    """

    class Meta:
        verbose_name = _("expert review")
        verbose_name_plural = _("expert reviews")

    def locked_for_user(self, obj, user) -> bool:
        """What is submitted changes for nobody until it is decided or taken back."""
        return True

    @classmethod
    def get_description(cls) -> str:
        return str(_("Reviewers read the practice in the portal and approve it or send it back with a message."))
