"""Letters about an account: written once, as text, in the reader's language; the HTML part is made of the text.

A paragraph that is nothing but an address becomes a link. Addresses are built from PUBLIC_URL, never from the Host header
of whoever caused the letter, and lead on to the pages in the letter's language.
"""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from accounts.language import NEXT

LINKS = ("activate_url", "password_reset_url", "signup_url", "second_factor_url")


def write(name: str, to: list[str], context: dict) -> EmailMultiAlternatives:
    """The letter `name` (`account/email/…`), in the language at hand."""
    context = context | {"public_url": settings.PUBLIC_URL}
    context |= {link: _lead_on(context[link]) for link in LINKS if link in context}
    subject = " ".join(render_to_string(f"{name}_subject.txt", context).split())
    text = render_to_string(f"{name}_message.txt", context).strip() + "\n"
    letter = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, to)
    letter.attach_alternative(as_html(subject, text), "text/html")
    return letter


def _lead_on(address: str) -> str:
    """The address on PUBLIC_URL; what comes after it is My work in the language of the letter."""
    parts, portal = urlsplit(address), urlsplit(settings.PUBLIC_URL)
    query = QueryDict(parts.query, mutable=True)
    query[NEXT] = reverse("notices:my_work")
    return urlunsplit((portal.scheme, portal.netloc, parts.path, query.urlencode(safe="/"), ""))


def as_html(subject: str, text: str) -> str:
    """In the frame of our letters, in the language at hand."""
    paragraphs = [
        {"text": paragraph, "is_link": paragraph.startswith(settings.PUBLIC_URL) and not paragraph.count("\n")}
        for paragraph in text.strip().split("\n\n")
    ]
    context = {
        "subject": subject,
        "paragraphs": paragraphs,
        "language": get_language(),
        "public_url": settings.PUBLIC_URL,
    }
    return render_to_string("account/email/letter.html", context)
