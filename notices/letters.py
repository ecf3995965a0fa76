"""How our letters are written: text and HTML, in the reader's language, with a way to stop them.

A letter to thousands is drawn once in each language; only the greeting and the reader's own link are put into each.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from post_office.models import Email

from accounts.models import User
from notices import outbox
from notices.kinds import Kind, Words

GREETING, STOP, URL = "\ue000", "\ue001", "\ue002"  # gaps, of characters that no text has
_stop = Signer(salt="notices.stop-letters")


@dataclass(frozen=True)
class Sheet:
    """A letter in one language, with its gaps."""

    subject: str
    text: str
    html: str
    named: frozenset[int] = frozenset()  # the accounts of those whom it names

    def to(self, user: User, url: str = "", *, context: dict | None = None) -> Email:
        stop = stop_address(user)
        text = self.text.replace(STOP, stop).replace(GREETING, greeting(user)).replace(URL, url)
        html = self.html.replace(STOP, escape(stop)).replace(GREETING, escape(greeting(user))).replace(URL, escape(url))
        headers = {
            outbox.UNASKED: "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        more = {"headers": headers, "named": self.named, "context": context}
        return outbox.letter(to=[user.email], subject=self.subject, text=text, html=html, **more)


@dataclass
class Writer:
    """Of letters about one thing."""

    kind: Kind
    titles: Mapping[str, str]
    actor: str = ""
    message: str = ""
    more: Words = ""
    named: Collection[int] = ()
    _sheets: dict[str, Sheet] = field(default_factory=dict)

    def to(self, user: User, path: str) -> Email:
        with override(user.language):
            if user.language not in self._sheets:
                self._sheets[user.language] = self._sheet()
            return self._sheets[user.language].to(user, absolute(path))

    def _sheet(self) -> Sheet:
        title = self.titles.get(get_language()) or next(iter(self.titles.values()), "")
        told = {
            "sentence": self.kind.tells(title, self.actor),
            "message": self.message,
            "more": self.more,
            "lead": self.kind.lead,
            "what": self.kind.what,
            "url": URL,
        }
        return draw("notices/letter", str(self.kind.subject) % {"title": title}, told, self.named)


def draw(template: str, subject: str, told: dict, named: Collection[int] = ()) -> Sheet:
    """Both parts, in the language at hand."""
    context = told | {"subject": subject, "language": get_language(), "public_url": settings.PUBLIC_URL}
    context |= {"greeting": GREETING, "stop_url": STOP, "list_url": absolute("my/notices/")}
    text = re.sub(r"\s*\n\s*\n\s*", "\n\n", render_to_string(f"{template}.txt", context).strip())
    return Sheet(subject, f"{text}\n", render_to_string(f"{template}.html", context), frozenset(named))


def greeting(user: User) -> str:
    name = " ".join(user.get_full_name().split())
    return _("Good day, %(name)s,") % {"name": name} if name else _("Good day,")


def absolute(path: str) -> str:
    """On PUBLIC_URL; below the language at hand, unless it begins with a slash."""
    return f"{settings.PUBLIC_URL}{local(path)}"


def local(path: str) -> str:
    return path if path.startswith("/") else f"{reverse('notices:my_work').removesuffix('my/')}{path}"


# Stopping them. Nothing of the link is kept, for every letter has to bear it anew: its secret is a signature that is good for
# this alone. It is revoked when she takes letters up again, for what is signed tells how often she has done so.


class Revoked(Exception):
    """The link was good until she took letters up again."""


def stop_address(user: User) -> str:
    return f"{settings.PUBLIC_URL}{reverse('notices:stop', args=[stop_token(user)])}"


def stop_token(user: User) -> str:
    return _stop.sign(f"{user.pk}.{user.letters_taken_up}")


def who_stops(token: str) -> User | None:
    """Whose letters the link stops; nobody's if it was edited, made for something else, or she is gone."""
    try:
        number, _dot, taken_up = _stop.unsign(token).partition(".")
        user = User.objects.filter(pk=int(number)).first()
        if user and int(taken_up or 0) != user.letters_taken_up:
            raise Revoked
    except (BadSignature, ValueError):
        return None
    return user
