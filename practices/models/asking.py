"""The yearly question whether a practice is still true."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import GoodPractice


class Asking(models.Model):
    """One person was asked by a letter. The link's secret is kept as a digest alone; it is good until she has answered."""

    practice = models.ForeignKey(
        GoodPractice, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="askings"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked = models.DateTimeField(_("asked"), default=timezone.now)
    answered = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        ordering = ["asked", "pk"]
        indexes = [models.Index(fields=["practice", "asked"], name="asking_of_a_practice")]

    def __str__(self):
        return f"{self.practice_id} {self.asked:%Y-%m-%d}"
