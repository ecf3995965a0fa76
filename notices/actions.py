"""Telling people: a notice in the portal, and a letter where the person wants one."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts import letters as account_letters
from accounts.models import User
from notices import kinds, letters, outbox
from notices.models import Notification, Undeliverable
from operations import audit


@transaction.atomic
def notify(
    recipients: Iterable[User],
    kind: str,
    *,
    titles: Mapping[str, str],
    path: str,
    about: tuple[str, UUID] | None = None,
    by: User | None = None,
    message: str = "",
    more: kinds.Words = "",
    letter_paths: Mapping[int, str] | None = None,
) -> list[Notification]:
    """Tells each of the recipients once, never who did it herself.

    `titles`: what it is about, by language. `path`: where it leads, below the language (`my/reviews/…/`), or from the root.
    `message`: somebody's words, for the letter alone; `more`: ours, in the language of each letter.
    The letter is written in the transaction at hand.
    `letter_paths`: where the letters of some lead instead, by the keys of the people.
    """
    told = kinds.named(kind)
    if told is None:
        raise ValueError(f"No app has registered notices of the kind {kind!r}.")
    people = {user.pk: user for user in recipients if can_be_told(user) and user != by}.values()
    actor = (by.get_full_name() if by else "")[:300]
    notices = [
        Notification(
            recipient=user,
            kind=kind,
            about_kind=about[0] if about else "",
            about_uid=about[1] if about else None,
            titles=dict(titles),
            by=by,
            actor=actor,
            path=path,
            told_at=timezone.now() if wants_letter(user, told) else None,
        )
        for user in people
    ]
    Notification.objects.bulk_create(notices, batch_size=500)
    named = {by.pk} if actor else set()
    writer = letters.Writer(told, titles=titles, actor=actor, message=message, more=more, named=named)
    own = letter_paths or {}
    outbox.put([writer.to(each.recipient, own.get(each.recipient_id, path)) for each in notices if each.told_at])
    return notices


def can_be_told(user: User) -> bool:
    return user.is_active and (settings.DEMO or not user.is_demo)


def wants_letter(user: User, kind: kinds.Kind) -> bool:
    return user.mail == User.Mail.ALL or (user.mail == User.Mail.WAITING and kind.waits)


def mark_read(*, by: User, notice: int | None = None) -> int:
    """One of her own notices, or all; those of others are none of hers. Returns how many were unread."""
    unread = Notification.objects.filter(recipient=by).unread()
    if notice is not None:
        unread = unread.filter(pk=notice)
    return unread.update(read_at=timezone.now())


@transaction.atomic
def try_again(*, user: User, by: User) -> bool:
    """Letters to an address from which they came back, at most once a day. One goes there at once, and shows how it is."""
    if not Undeliverable.objects.try_again(user.email):
        return False
    audit.note("letters.tried", by=by, whom=user)
    with override(user.language):
        account_letters.write("notices/email/again", [user.email], {"user": user}).send()
    return True


def stop_letters(*, user: User) -> None:
    """No letters but those about the account; notices in the portal go on."""
    User.objects.filter(pk=user.pk).update(mail=User.Mail.NONE)
