"""What is kept about those who comment on submissions and score them, and who answer (`accounts.personal_data`)."""

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from reviews.models import Assessment, FieldComment, Reminder, Score


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
            "scores",
            what=_("How you scored what was submitted, with your notes and recommendations"),
            kept=_("as long as the record and its reviews"),
            stays=_("The scores stay with the review, without your name: they tell why it was decided so."),
            export=_export_scores,
            relations=("reviews.Assessment.reviewer",),
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


def _export_scores(user: User) -> list[dict]:
    given = (
        Assessment.objects.filter(reviewer=user)
        .order_by("pk")
        .with_scores()
        .select_related("review__base_content_type")
    )
    return [
        {
            "of": str(each.review.base_content_type.model),
            "record": each.review.object_id,
            "revision": each.revision_id,
            "as": each.role,
            "recommendation": each.recommendation,
            "remark": each.remark,
            "created": each.created,
            "changed": each.changed,
            "scores": [_told(score) for score in each.scores.all()],
        }
        for each in given
    ]


def _told(score: Score) -> dict:
    return {"criterion": str(score.criterion), "value": score.value, "note": score.note}
