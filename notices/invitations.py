"""The letter of an invitation: in the reader's language where she is known, else in that which was chosen for it, or in that of
who invites.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import letters as account_letters
from accounts.models import User
from notices import outbox


def send(
    template: str, *, email: str, reader: User | None, by: User, link: tuple[str, str], language: str = "", **told
) -> None:
    """`link` is the address's name and the secret; a value of `told` that can be called is asked in the letter's language."""
    name, token = link
    with override(reader.language if reader else language or by.language):
        told = {key: " ".join(str(each()).split()) if callable(each) else each for key, each in told.items()}
        told |= {
            "name": " ".join(by.get_full_name().split()),
            "invitation_url": f"{settings.PUBLIC_URL}{reverse(name, args=[token])}",
        }
        letter = account_letters.write(template, [email], told)
    letter.named = {by.pk}
    letter.extra_headers[outbox.UNASKED] = "auto-generated"
    outbox.put([outbox.row_of(letter)])
