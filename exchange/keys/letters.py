"""What those who registered a network are told (`notices`)."""

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.keys.tokens import BEGINNING
from notices import kinds
from notices.kinds import Kind
from operations import audit, reasons

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
