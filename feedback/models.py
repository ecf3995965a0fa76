"""What readers suggest to change."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import rows
from accounts.acts import Role
from accounts.models import User
from catalogue.models.entry import KindName
from feedback import people

LONGEST_TEXT, LONGEST_SOURCE, LONGEST_ANSWER = 3000, 500, 2000


class SuggestionQuerySet(models.QuerySet):
    def answerable_by(self, user: User) -> "SuggestionQuerySet":
        """Those about records that she answers for; staff may answer all."""
        every = Q(pk__isnull=False)
        relations = {Role.AUTHOR: people.has_people(user), Role.EDITOR: every, Role.ADMIN: every}
        return self.filter(rows("feedback.answer", user, relations))

    def waiting_for(self, user: User) -> "SuggestionQuerySet":
        """What she should answer: staff only where nobody else can."""
        if not user.is_authenticated:
            return self.none()
        hers = people.has_people(user)
        if people.is_staff(user):
            hers |= ~people.has_people()
        return self.filter(hers, state=Suggestion.State.NEW)


class Suggestion(models.Model):
    """One reader's suggestion to change a record, and what became of it.

    `part` names the document's field that it is about; "" is the whole. A sender with an account is known by it; another
    may say her name and address. Both are forgotten after a while (`feedback.retention`).
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        DONE = "done", _("done")
        DECLINED = "declined", _("declined")

    about_kind = models.CharField(_("kind of record"), max_length=20, choices=KindName)
    about_uid = models.UUIDField(_("record"))
    version = models.PositiveIntegerField(_("version"), help_text=_("What the reader had before her eyes."))
    part = models.CharField(_("part"), max_length=60, blank=True)
    text = models.TextField(_("what should be changed"), max_length=LONGEST_TEXT)
    source = models.TextField(_("where it is known from"), max_length=LONGEST_SOURCE, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sender"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sender_name = models.CharField(_("name"), max_length=150, blank=True)
    sender_email = models.EmailField(_("e-mail address"), blank=True)
    created = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered = models.DateTimeField(_("answered"), null=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["created", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="suggestion_says_something"),
            models.CheckConstraint(
                condition=Q(sender=None) | Q(sender_name="", sender_email=""), name="suggestion_sender_is_known_once"
            ),
            models.CheckConstraint(
                condition=Q(state="new", answered=None, answered_by=None, answer="")
                | Q(state="done", answered__isnull=False)
                | Q(state="declined", answered__isnull=False) & ~Q(answer=""),
                name="suggestion_is_new_or_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["about_uid"], condition=Q(state="new"), name="suggestion_to_answer"),
            models.Index(fields=["created"], name="suggestion_age"),
        ]

    def __str__(self):
        return f"{self.about_kind} {self.about_uid}"

    @property
    def sender_in_words(self) -> str:
        """As those who answer see her; never by the address of an account."""
        return (self.sender.get_full_name() if self.sender else self.sender_name) or str(_("a reader"))

    @property
    def can_be_told(self) -> bool:
        """Whether an answer reaches anybody."""
        return bool(self.sender_id or self.sender_email)
