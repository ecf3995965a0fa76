"""What those who registered a network are told (`notices`)."""

from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.kinds import Kind
from operations import audit

KEY_ENDS = Kind(
    "key-ends",
    what=_("Key ends soon"),
    subject=_("A key ends soon: %(title)s"),
    sentence=_("the key of “%(title)s” ends within two weeks. Make a new one beside it; then nothing is interrupted."),
    lead=_("Your network and its keys:"),
    waits=True,
)


def register() -> None:
    kinds.register(KEY_ENDS)
    for word, label in (
        ("network.registered", _("Network registered to read")),
        ("network.changed", _("Registration of a network changed")),
        ("network.ended", _("Registration of a network ended")),
        ("key.made", _("Key made")),
        ("key.rotated", _("New key made beside the old one")),
        ("key.revoked", _("Key revoked")),
    ):
        audit.register(word, label)
