"""What an expert says of a practice, with all that its publication has to know of her."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.fields import TextField

LONGEST_OPINION = 1000  # characters, in each language


class ExpertOpinionQuerySet(models.QuerySet):
    def waiting(self) -> "ExpertOpinionQuerySet":
        """Written beside a review that is not decided: nobody reads them but who wrote them."""
        return self.filter(first_version=None)

    def standing(self) -> "ExpertOpinionQuerySet":
        return self.filter(first_version__isnull=False, last_version=None)


class ExpertOpinion(models.Model):
    """One expert's words, who agreed to be named with them. What stands in public is copied into the practice's ledger.

    It stands in the versions from `first_version` to `last_version`, which is empty while it stands; `version` is the one
    that she had read when she last wrote.
    """

    practice = models.ForeignKey(
        "practices.GoodPractice", verbose_name=_("practice"), on_delete=models.CASCADE, related_name="opinions"
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("expert"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = TextField(_("expert opinion"), limit=LONGEST_OPINION)
    name = models.CharField(_("name as it is shown"), max_length=200)
    network = models.CharField(_("network of the expert"), max_length=200, blank=True)
    written = models.DateField(_("written on"), default=timezone.localdate)
    agreed = models.DateTimeField(_("agreed to be named"), default=timezone.now)
    stays = models.BooleanField(_("stays when the account is erased"), default=False)
    version = models.PositiveIntegerField(_("written of version"), null=True)
    first_version = models.PositiveIntegerField(_("stands since version"), null=True)
    last_version = models.PositiveIntegerField(_("stood until version"), null=True)

    objects = ExpertOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert opinion")
        verbose_name_plural = _("expert opinions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text={}) & ~Q(name=""), name="opinion_says_something_and_who"),
            models.CheckConstraint(
                condition=Q(last_version=None) | Q(first_version__isnull=False), name="opinion_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["practice", "writer"], condition=Q(first_version=None), name="opinion_waits_once"
            ),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(first_version__isnull=False, last_version=None),
                name="opinion_stands_alone",
            ),
        ]

    def __str__(self):
        return self.name
