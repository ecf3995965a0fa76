"""What is kept about those who comment on submissions, and who answer (`accounts.personal_data`)."""

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from reviews.models import FieldComment, Reminder


def register() -> None:
    personal_data.register(
        PersonalData(
            "field comments",
            what=_("What you said of single fields while a text was reviewed, and what you answered"),
            kept=_("as long as the record and its reviews"),
            stays=_("The words stay beside the field, without your name: they tell why the text was changed."),
            export=_export,
            relations=("reviews.FieldComment.author", "reviews.FieldComment.resolved_by"),
        )
    )
    personal_data.register(
        PersonalData(
            "reminders",
            what=_("When you were reminded of decisions and changes that wait for you"),
            kept=_("a little more than a year"),
            export=lambda user: list(Reminder.objects.filter(user=user).values("number", "sent")),
            relations=("reviews.Reminder.user",),
        )
    )


def _export(user: User) -> list[dict]:
    told = ("about_kind", "about_uid", "field", "language", "text", "role", "created", "sent_at", "resolved_at")
    return list(FieldComment.objects.filter(author=user).order_by("pk").values(*told))
