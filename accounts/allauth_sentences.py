"""Sentences of allauth that its Slovenian catalogue says wrongly, told anew in ours; English is said as allauth says it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = (
    _("Bad Token"),
    _(
        "The password reset link was invalid, possibly because it has already been used.  Please request a <a"
        ' href="%(passwd_reset_url)s">new password reset</a>.'
    ),
)
