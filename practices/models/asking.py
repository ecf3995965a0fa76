"""The yearly question whether a practice is still true."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import GoodPractice

GOOD_FOR = timedelta(days=365)  # the letter's link, and the question


class AskingQuerySet(models.QuerySet):
    def waiting_for(self, user) -> "AskingQuerySet":
        """The last question of each practice that she writes, where nobody has answered since, nor made a new version."""
        quiet = Q(practice__confirmed_on=None) | Q(practice__confirmed_on__lt=TruncDate("asked"))
        later = self.model.objects.filter(practice=OuterRef("practice"), user=OuterRef("user"), pk__gt=OuterRef("pk"))
        hers = GoodPractice.objects.editable_by(user).filter(live=True).exclude(status__in=GoodPractice.OVER)
        asked = self.filter(quiet, ~Exists(later), user=user.pk, answered=None, practice__in=hers.values("pk"))
        return asked.filter(asked__gt=timezone.now() - GOOD_FOR)


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

    objects = AskingQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        ordering = ["asked", "pk"]
        indexes = [models.Index(fields=["practice", "asked"], name="asking_of_a_practice")]

    def __str__(self):
        return f"{self.practice_id} {self.asked:%Y-%m-%d}"
