"""Networks that have registered to read: who they are, their keys, and how much they read."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEYS_AT_ONCE = 2  # the old one and the new one, while a network changes over


class Scope(models.TextChoices):
    """What a key is for: the limits at lists, records and changes, those at dumps, and webhooks."""

    READ = "read", _("reading: lists, records, changes, feeds")
    HARVEST = "harvest", _("dumps")
    WEBHOOKS = "webhooks", _("webhooks")


class ClientQuerySet(models.QuerySet):
    def of(self, user: AbstractBaseUser) -> "ClientQuerySet":
        return self.filter(owner=user)

    def with_a_key_for(self, scope: Scope) -> "ClientQuerySet":
        """Those that have a good one. Which keys are for it is told here, for SQLite cannot ask what a list contains."""
        keys = ClientKey.objects.good().values_list("client", "scopes")
        return self.filter(pk__in={client for client, scopes in keys if scope in scopes})


class Client(models.Model):
    """A network that somebody with an account has registered. It goes with the account."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("registered by"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name of the network"), max_length=100)
    contact = models.EmailField(
        _("contact"),
        help_text=_(
            "Whom we write to, beside you, when a key ends or a webhook is stopped. You and the portal’s administrators see it;"
            " it is kept as long as the registration. If it is somebody else’s, ask her first."
        ),
    )
    purpose = models.TextField(
        _("purpose"), max_length=500, help_text=_("What you do with the catalogue, in a sentence.")
    )
    home_page = models.URLField(_("home page"), blank=True)
    created = models.DateTimeField(_("registered"), default=timezone.now, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered network")
        verbose_name_plural = _("registered networks")
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose=""), name="client_says_who_and_what_for")
        ]

    def __str__(self):
        return self.name


class ClientKeyQuerySet(models.QuerySet):
    def good(self) -> "ClientKeyQuerySet":
        """Those that open doors."""
        return self.filter(ended=None, expires__gt=timezone.now())


class ClientKey(models.Model):
    """One key, of which only a hash is kept. Of a network at most two are good at once: each has its slot."""

    client = models.ForeignKey(Client, verbose_name=_("network"), on_delete=models.CASCADE, related_name="keys")
    slot = models.PositiveSmallIntegerField()
    prefix = models.CharField(_("begins with"), max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(_("what it is for"), default=list)
    made = models.DateTimeField(_("made"), default=timezone.now)
    expires = models.DateTimeField(_("good until"))
    warned = models.DateTimeField(_("end told by letter"), null=True)
    ended = models.DateTimeField(_("ended"), null=True)
    last_used = models.DateField(_("last used"), null=True)

    objects = ClientKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "slot"], condition=Q(ended=None), name="clientkey_has_its_slot"),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=KEYS_AT_ONCE), name="clientkey_two_at_once"),
            models.CheckConstraint(condition=Q(expires__gt=F("made")), name="clientkey_ends_after_it_begins"),
        ]

    def __str__(self):
        return self.prefix

    @property
    def is_good(self) -> bool:
        return self.ended is None and self.expires > timezone.now()

    @property
    def scopes_in_words(self) -> str:
        return "; ".join(str(Scope(scope).label) for scope in self.scopes if scope in Scope.values)


class ClientUse(models.Model):
    """What a network asked of one door on one day."""

    client = models.ForeignKey(Client, verbose_name=_("network"), on_delete=models.CASCADE, related_name="use")
    day = models.DateField(_("day"))
    door = models.CharField(_("door"), max_length=20)
    requests = models.PositiveBigIntegerField(_("requests"), default=0)
    bytes = models.PositiveBigIntegerField(_("bytes"), default=0)
    refused = models.PositiveBigIntegerField(_("refused"), default=0)

    class Meta:
        verbose_name = _("use of a day")
        verbose_name_plural = _("use of a day")
        default_permissions = ()
        ordering = ["-day", "door"]
        constraints = [models.UniqueConstraint(fields=["client", "day", "door"], name="clientuse_once_a_day_and_door")]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.door}"
