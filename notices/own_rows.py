"""What the portal has told a person, and told of her (`accounts.personal_data`)."""

from email.utils import parseaddr

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import User
from accounts.personal_data import PersonalData
from notices import outbox
from notices.models import Digest, Notification, Undeliverable


def register() -> None:
    personal_data.register(
        PersonalData(
            "notices",
            what=_("What the portal told you: notices, and the letters that it wrote to you"),
            kept=_("notices half a year after you read them, at most a year; letters two weeks after they were sent"),
            export=_export,
            erase=_erase,
            relations=("notices.Notification.recipient", "notices.Digest.recipient"),
        )
    )


def _export(user: User) -> dict:
    notices = Notification.objects.filter(recipient=user).order_by("pk")
    addresses = addresses_of(user)
    letters = Email.objects.filter(_to(addresses)).order_by("pk")
    told = ("kind", "about_kind", "about_uid", "titles", "actor", "path", "created", "read_at", "told_at")
    return {
        "notices": list(notices.values(*told)),
        "letters_of_the_day": list(Digest.objects.filter(recipient=user).order_by("day").values_list("day", flat=True)),
        "letters": [
            {"to": letter.to, "subject": letter.subject, "created": letter.created, "text": letter.message}
            for letter in letters
            if _is_to(letter, addresses)
        ],
    }


def _erase(user: User) -> None:
    addresses = addresses_of(user)
    for letter in Email.objects.select_for_update().filter(_to(addresses)):
        if _is_to(letter, addresses):
            _take_from(letter, addresses)
    for address in addresses:
        Undeliverable.objects.forgive(address)
    if name := user.get_full_name():
        Notification.objects.filter(actor=name).update(actor="")
        outbox.forget_naming(name)


def _to(addresses: set[str]) -> Q:
    """Letters that may be to one of them."""
    found = Q(pk__in=())
    for address in addresses:
        found |= Q(to__icontains=address) | Q(cc__icontains=address) | Q(bcc__icontains=address)
    return found


def _is_to(letter: Email, addresses: set[str]) -> bool:
    return any(_is_hers(reader, addresses) for reader in (*letter.to, *letter.cc, *letter.bcc))


def _is_hers(reader: str, addresses: set[str]) -> bool:
    return parseaddr(reader)[1].lower() in addresses


def _take_from(letter: Email, addresses: set[str]) -> None:
    """A letter to others, too, goes on to them."""
    for name in ("to", "cc", "bcc"):
        setattr(letter, name, [reader for reader in getattr(letter, name) if not _is_hers(reader, addresses)])
    if letter.to or letter.cc or letter.bcc:
        Email.objects.filter(pk=letter.pk).update(to=letter.to, cc=letter.cc, bcc=letter.bcc)
    else:
        letter.delete()
