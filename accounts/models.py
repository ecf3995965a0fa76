"""People who sign in."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Makes users who are known by their e-mail address, in lower case, and whose address counts as confirmed."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            user.confirm_address()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=email.strip().lower())

    def with_roles(self) -> models.QuerySet:
        """Every page for people asks for their roles: they come with the row, not with another query."""
        of_person = self.model.groups.through.objects.filter(user=OuterRef("pk"))
        return self.annotate(**{role.in_group: Exists(of_person.filter(group__name=role)) for role in self.model.Role})


class User(AbstractUser):
    """A person with an account; what she may do follows from her groups and memberships."""

    class Role(models.TextChoices):
        """The portal's roles that are Django groups; each group bears the role's value as its name."""

        REVIEWER = "Reviewers", _("Reviewer")
        EDITOR = "Editors", _("Editor")

        @property
        def in_group(self) -> str:
            """How `with_roles` calls it."""
            return f"is_in_{self.value.lower()}"

    class Mail(models.TextChoices):
        """What the portal writes to a person; letters about the account itself always come."""

        NONE = "none", _("nothing")
        WAITING = "waiting", _("what waits for me")
        ALL = "all", _("everything that concerns me")
        DIGEST = "digest", _("one letter a day with what is new")

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    mail = models.CharField(_("letters"), max_length=10, choices=Mail, default=Mail.WAITING)
    letters_taken_up = models.PositiveIntegerField(_("letters taken up again"), default=0, editable=False)
    translates = models.BooleanField(_("may be asked for translations"), default=False)
    is_demo = models.BooleanField(_("demo user"), default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case")]

    def __str__(self):
        """As others see her: never by her address."""
        return self.get_full_name() or str(_("a colleague"))

    @property
    def for_staff(self) -> str:
        """As the admin calls her: by name and address, for names are not unique and not needed."""
        return " · ".join(filter(None, [self.get_full_name(), self.email]))

    def confirm_address(self) -> None:
        """The address that staff wrote down is hers."""
        self.keep_address(is_confirmed=True)

    def keep_address(self, *, is_confirmed: bool) -> None:
        """The address that staff wrote down, and no other: nobody comes in by a former one."""
        others = self.emailaddress_set.exclude(email=self.email)
        former = others.filter(verified=True)  # of the rest nobody knows whose they are
        FormerAddress.objects.bulk_create(FormerAddress(user=self, email=each.email) for each in former)
        others.delete()
        self.emailaddress_set.update_or_create(email=self.email, defaults={"verified": is_confirmed, "primary": True})

    @property
    def group_names(self) -> set[str]:
        if not hasattr(self, "_group_names"):
            if hasattr(self, self.Role.REVIEWER.in_group):
                self._group_names = {role.value for role in self.Role if getattr(self, role.in_group)}
            else:
                self._group_names = set(self.groups.values_list("name", flat=True))
        return self._group_names


class FormerAddress(models.Model):
    """An address that was hers. Nobody comes in by it; it is kept so that her erasure finds it in texts."""

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="former_addresses")
    email = models.EmailField(_("e-mail address"))
    until = models.DateTimeField(_("until"), default=timezone.now)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return str(self.user)


class InvitationLetter(models.Model):
    """A letter of invitation went out, to whatever: it counts for a day (`accounts.invited`). Of the address a code is kept."""

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+")
    address_code = models.CharField(_("code of the address"), max_length=64)
    sent = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("letter of invitation")
        verbose_name_plural = _("letters of invitation")
        indexes = [models.Index(fields=["user", "sent"], name="invitation_letters_of_a_day")]

    def __str__(self):
        return f"{self.user} {self.sent}"


class SpokenLanguage(models.Model):
    """A language that she says she speaks (`accounts.speaking`)."""

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="spoken_languages")
    language = models.CharField(_("language"), max_length=5)

    class Meta:
        verbose_name = _("spoken language")
        verbose_name_plural = _("spoken languages")
        constraints = [
            models.UniqueConstraint(fields=["user", "language"], name="spoken_language_once"),
            models.CheckConstraint(condition=~Q(language=""), name="spoken_language_is_one"),
        ]

    def __str__(self):
        return self.language


class ConsentQuerySet(models.QuerySet):
    def open(self) -> "ConsentQuerySet":
        """Given and not taken back."""
        return self.filter(withdrawn=None)


class Consent(models.Model):
    """A person agreed to something, in words of that version (`accounts.purposes`); written by `accounts.consents`."""

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=40)
    about = models.CharField(_("which one"), max_length=64, blank=True)
    text_version = models.CharField(_("version of the text"), max_length=10)
    language = models.CharField(_("language"), max_length=5)
    given = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "about"], condition=Q(withdrawn=None), name="consent_open_once"
            ),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(text_version=""), name="consent_says_to_what"),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | Q(withdrawn__gte=F("given")), name="consent_withdrawn_after_given"
            ),
        ]

    def __str__(self):
        return f"{self.purpose} {self.text_version}"

    @property
    def version_day(self) -> date:
        return date.fromisoformat(self.text_version)
