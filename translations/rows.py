"""Which rows are whose, where translations are asked for and made (`accounts.acts`)."""

from django.db.models import Q

from accounts import access
from accounts.acts import Role
from accounts.models import User
from partners.models import ReviewedQuerySet, ReviewedRecord
from translations.models import TranslationRequest, translated_kinds

EVERY_ROW = ~Q(pk__in=())


def askable_by(model: type[ReviewedRecord], user) -> ReviewedQuerySet:
    """For which records she may ask for a translation: whose drafts she may read, and a translator could write in."""
    records = model.objects.all()
    if model not in [kind.model for kind in translated_kinds()]:
        return records.none()
    hers = Q(pk__in=records.readable_by(user).values("pk"))
    by_role = {role: rows & hers for role, rows in records.relations(user).items()}
    staff = {Role.EDITOR: EVERY_ROW, Role.ADMIN: EVERY_ROW}
    return records.filter(access.rows("translations.ask", user, by_role | staff))


def translatable_by(model: type[ReviewedRecord], user, language: str) -> ReviewedQuerySet:
    """Whose texts in this one language she may write: what she has taken up, for as long as it is hers."""
    taken = TranslationRequest.objects.taken_up_by(user).filter(language=language).values("about_uid")
    return model.objects.filter(access.rows("translations.make", user, {Role.TRANSLATOR: Q(uid__in=taken)}))


def is_translator_of(record: ReviewedRecord, user: User, language: str) -> bool:
    return translatable_by(type(record), user, language).filter(pk=record.pk).exists()
