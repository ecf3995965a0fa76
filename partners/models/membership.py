"""Who belongs to which organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import consents

NAMED = "named-by-organisation"  # the purpose of `partners.purposes`


class MembershipQuerySet(models.QuerySet):
    def of(self, user) -> "MembershipQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def coordinating(self) -> "MembershipQuerySet":
        """Coordinators who can act: an account that was closed coordinates nothing."""
        return self.filter(role=Membership.Role.COORDINATOR, user__is_active=True)

    def named(self) -> "MembershipQuerySet":
        """Those who want everybody to read whom they act for, as far as they have a name."""
        return self.filter(is_named=True, user__is_active=True).exclude(user__first_name="", user__last_name="")


class Membership(models.Model):
    """A person acts for an organisation."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        COORDINATOR = "coordinator", _("coordinator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        "partners.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    is_named = models.BooleanField(
        _("named on the organisation’s page"), default=False, editable=False, help_text=_("She alone decides.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once_per_organisation"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(role="coordinator"), name="membership_one_coordinator"
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.organisation}"

    def delete(self, *args, **kwargs):
        """Her consent to be named ends with it, whoever ends it."""
        consents.withdraw(self.user, NAMED, about=self.organisation.uid)
        return super().delete(*args, **kwargs)

    @property
    def is_coordinator(self) -> bool:
        return self.role == self.Role.COORDINATOR
