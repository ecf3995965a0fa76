"""How people come to belong to an organisation: they ask, or they are invited."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import access
from accounts.acts import Role
from accounts.invited import Invited, InvitedQuerySet, constraints
from partners.models.membership import Membership
from partners.models.organisation import Organisation


class JoinRequestQuerySet(models.QuerySet):
    def open(self) -> "JoinRequestQuerySet":
        return self.filter(outcome="", organisation__isnull=False)

    def of(self, user) -> "JoinRequestQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def for_deciders(self, user) -> "JoinRequestQuerySet":
        """Open or not: who wants to join the organisation that she coordinates, as staff everything; never her own."""
        if not user.is_authenticated:
            return self.none()
        by_role = {Role.COORDINATOR: _to_join_hers(user), Role.EDITOR: EVERY, Role.ADMIN: EVERY}
        return (
            self.exclude(user=user)
            .filter(user__is_active=True)
            .filter(access.rows("organisations.decide", user, by_role))
        )

    def decidable_by(self, user) -> "JoinRequestQuerySet":
        return self.open().for_deciders(user)

    def waiting_for(self, user) -> "JoinRequestQuerySet":
        """Of those, what nobody else would do: to the staff it falls where no coordinator can decide."""
        if not user.is_authenticated:
            return self.none()
        has_coordinator = Exists(Membership.objects.coordinating().filter(organisation=OuterRef("organisation")))
        falls_to_staff = Q(wants=Membership.Role.COORDINATOR) | ~has_coordinator
        return self.decidable_by(user).filter(_to_join_hers(user) | falls_to_staff)


EVERY = ~Q(pk__in=())


def _to_join_hers(user) -> Q:
    coordinated = Membership.objects.coordinating().filter(user=user).values("organisation")
    return Q(wants=Membership.Role.MEMBER, organisation__in=coordinated)


class JoinRequest(models.Model):
    """A person wants to belong to an organisation, or to coordinate it; who registers one wants to coordinate it."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="join_requests"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        on_delete=models.SET_NULL,  # a registration that was declined is told to who registered it
        related_name="join_requests",
    )
    organisation_name = models.CharField(_("name of the organisation"), max_length=250, help_text=_("As it was then."))
    wants = models.CharField(_("wants to be"), max_length=20, choices=Membership.Role, default=Membership.Role.MEMBER)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField(_("answer"), max_length=1000, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["created", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(outcome=""), name="join_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided=None) | (~Q(outcome="") & Q(decided__isnull=False)),
                name="join_request_is_decided_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.user} → {self.organisation_name}"

    @property
    def is_open(self) -> bool:
        return self.outcome == "" and self.organisation_id is not None

    @property
    def is_for_coordinating(self) -> bool:
        return self.wants == Membership.Role.COORDINATOR


class InvitationQuerySet(InvitedQuerySet):
    def open(self) -> "InvitationQuerySet":
        """Who invites belongs to the organisation still; if somebody else coordinates it now, she sees what is open."""
        belongs = Membership.objects.filter(user=OuterRef("invited_by"), organisation=OuterRef("organisation"))
        return super().open().filter(Exists(belongs))


class Invitation(Invited):
    """A coordinator has written to a colleague that she may join."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="invitations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["created", "pk"]
        constraints = constraints("invitation", "organisation")
        indexes = [models.Index(fields=["email"], name="invitation_of_an_address")]

    def __str__(self):
        return f"{self.email} → {self.organisation}"
