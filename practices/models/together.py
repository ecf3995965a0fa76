"""Who writes a practice with the person who began it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.invited import Invited, constraints


class CoAuthor(models.Model):
    """She writes this one practice, whatever organisation she belongs to. No draft brings or takes her."""

    practice = models.ForeignKey(
        "practices.GoodPractice", verbose_name=_("practice"), on_delete=models.CASCADE, related_name="co_authors"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="co_authorships"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["practice", "user"], name="co_author_once")]

    def __str__(self):
        return f"{self.user}"


class CoAuthorInvitation(Invited):
    """Somebody has written to a colleague that she may write the practice with her."""

    practice = models.ForeignKey(
        "practices.GoodPractice",
        verbose_name=_("practice"),
        on_delete=models.CASCADE,
        related_name="co_author_invitations",
    )

    class Meta:
        verbose_name = _("invitation to write a practice")
        verbose_name_plural = _("invitations to write practices")
        ordering = ["created", "pk"]
        constraints = constraints("co_author_invitation", "practice")
        indexes = [models.Index(fields=["email"], name="co_author_invitation_address")]

    def __str__(self):
        return f"{self.email} → {self.practice_id}"
