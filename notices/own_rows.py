"""What the portal has told a person, and told of her (`accounts.personal_data`)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import FormerAddress, User
from accounts.personal_data import PersonalData
from notices import outbox
from notices.links import without_secrets
from notices.models import Digest, Notification, Undeliverable


def register() -> None:
    personal_data.register(
        PersonalData(
            "notices",
            what=_("What the portal told you: notices, and the letters that it wrote to you"),
            stays=_(
                "what others were told, without you; somebody’s own words in a letter, for two weeks after it was sent"
            ),
            kept=_("notices half a year after you read them, at most a year; letters two weeks after they were sent"),
            export=_export,
            erase=_erase,
            relations=("notices.Notification.recipient", "notices.Notification.by", "notices.Digest.recipient"),
        )
    )


def _export(user: User) -> dict:
    notices = Notification.objects.filter(recipient=user).order_by("pk")
    told = ("kind", "about_kind", "about_uid", "titles", "actor", "path", "created", "read_at", "told_at")
    return {
        "notices": list(notices.values(*told)),
        "letters_of_the_day": list(Digest.objects.filter(recipient=user).order_by("day").values_list("day", flat=True)),
        "letters": [
            {
                "to": letter.to,
                "subject": letter.subject,
                "created": letter.created,
                "text": without_secrets(letter.message),
            }
            for letter in _letters_to_her_account(user)
        ],
    }


def _letters_to_her_account(user: User) -> Iterator[Email]:
    """Sent while she had the account and the address was its own: what went there before or after was for somebody else."""
    spans = _spans(user)
    for letter in Email.objects.filter(_to(set(spans))).order_by("pk"):
        if _is_to(letter, {address for address, (since, until) in spans.items() if since <= letter.created < until}):
            yield letter


def _spans(user: User) -> dict[str, tuple[datetime, datetime]]:
    """Since when and until when each of her addresses was that of her account."""
    never = timezone.now() + timedelta(days=1)
    until = {each.email.lower(): each.until for each in user.former_addresses.order_by("until")}
    now_hers = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    until |= dict.fromkeys(map(str.lower, now_hers), never)
    others = FormerAddress.objects.exclude(user=user).filter(email__in=until).order_by("until")
    since = dict(others.values_list("email", "until"))
    return {
        address: (max(user.date_joined, since.get(address, user.date_joined)), until[address])
        for address in addresses_of(user) & until.keys()
    }


def _erase(user: User) -> None:
    addresses = addresses_of(user)
    for letter in Email.objects.select_for_update().filter(_to(addresses)):
        if _is_to(letter, addresses):
            _take_from(letter, addresses)
    for address in addresses:
        Undeliverable.objects.forgive(address)
    Notification.objects.filter(by=user).update(actor="")
    outbox.forget_naming(user.pk)


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
