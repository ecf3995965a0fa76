"""What those who registered a network are told (`notices`)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from accounts import letters as account_letters
from exchange.keys.tokens import BEGINNING
from exchange.models import Client
from notices import kinds, outbox
from notices.actions import can_be_told
from notices.kinds import Kind, Words
from operations import audit, reasons

DAY = timedelta(days=1)
MOST_TO_CONTACT = 3  # letters a day

KEY_ENDS = Kind(
    "key-ends",
    what=_("Key ends soon"),
    subject=_("A key ends soon: %(title)s"),
    sentence=_("the key of “%(title)s” ends within two weeks. Make a new one beside it; then nothing is interrupted."),
    lead=_("Your network and its keys:"),
    waits=True,
)
KEY_REVOKED = Kind(
    "key-revoked",
    what=_("Key revoked"),
    subject=_("A key was revoked: %(title)s"),
    sentence=_("the portal’s staff has revoked a key of “%(title)s”. It opens nothing any more."),
    lead=_("Your network and its keys:"),
    waits=True,
)


def to_contact(client: Client, kind: str, more: Words = "") -> None:
    """Unless the contact is she who registered it. Nobody has confirmed that address, so it has a few letters a day at most."""
    if client.contact.lower() == client.owner.email.lower() or not can_be_told(client.owner):
        return
    lately = Email.objects.filter(to__iexact=client.contact, context__contact=True, created__gt=timezone.now() - DAY)
    if lately.count() >= MOST_TO_CONTACT:
        return
    told = kinds.named(kind)
    with override(client.owner.language):
        words = {"network": client.name, "sentence": told.tells(client.name), "more": more}
        words["letter_subject"] = str(told.subject) % {"title": client.name}
        letter = account_letters.write("exchange/email/contact", [client.contact], words)
    letter.extra_headers[outbox.UNASKED] = "auto-generated"
    row = outbox.row_of(letter)
    row.context = (row.context or {}) | {"contact": True}
    outbox.put([row])


def which_and_why(prefix: str, reason: str) -> Promise:
    """For a letter, in its language."""
    return lazy(_which_and_why, str)(prefix, reason)


def _which_and_why(prefix: str, reason: str) -> str:
    which = gettext("The key begins with %(beginning)s.") % {"beginning": f"{BEGINNING}{prefix}"}
    return f"{which} {reasons.told(reason)}"


def register() -> None:
    kinds.register(KEY_ENDS)
    kinds.register(KEY_REVOKED)
    for word, label in (
        ("network.registered", _("Network registered to read")),
        ("network.changed", _("Registration of a network changed")),
        ("network.ended", _("Registration of a network ended")),
        ("key.made", _("Key made")),
        ("key.rotated", _("New key made beside the old one")),
        ("key.revoked", _("Key revoked")),
    ):
        audit.register(word, label)
