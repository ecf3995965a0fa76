"""What speaks to the mail server, and what its answers mean."""

import logging
import re
import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from post_office.models import Email

logger = logging.getLogger(__name__)

NOBODY_THERE = (551, 553)  # RFC 5321, 4.2.3; 550 alone is also said to senders who are not liked
NO_SUCH_MAILBOX = (
    "5.1.1",
    "5.1.6",
    "5.1.10",
)  # RFC 3463 and 7505; the other words speak of us, of now, or of the letter
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
WHOLE_LETTER = 15  # times EMAIL_TIMEOUT: five minutes, less than a letter's claim


@dataclass(frozen=True)
class Outcome:
    """How it went; as text without any word of the server's, for it likes to repeat the address."""

    error: str = ""
    code: int = 0
    is_sent: bool = False
    is_final: bool = False  # no other try can be better
    nobody_there: bool = False
    is_refused: bool = False  # at this address, whyever
    server_works: bool = True

    def __str__(self):
        return f"{self.error} {self.code}" if self.code else self.error


SENT = Outcome(is_sent=True)


class Office:
    """One connection to MAIL_BACKEND for many letters; a new one after every trouble.

    EMAIL_TIMEOUT ends each silence, and a letter as a whole has fifteen times as long.
    """

    def __init__(self):
        self._connection = None

    def send(self, letter: Email) -> Outcome:
        try:
            in_time(lambda: self._hand_over(message_of(letter)), settings.EMAIL_TIMEOUT * WHOLE_LETTER)
        except smtplib.SMTPRecipientsRefused as error:
            return self._refused(error)
        except smtplib.SMTPDataError as error:
            self.close()
            return Outcome(type(error).__name__, error.smtp_code, is_final=error.smtp_code >= 500)
        except Exception as error:  # down, slow, gone in mid-sentence, or it does not let us in
            self._hang_up()
            return Outcome(type(error).__name__, getattr(error, "smtp_code", 0), server_works=False)
        return SENT

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        if self._connection is None:
            self._connection = get_connection(settings.MAIL_BACKEND)
            self._connection.open()
        self._connection.send_messages([message])

    def _refused(self, error: smtplib.SMTPRecipientsRefused) -> Outcome:
        """At RCPT. The server goes on; only some of its codes say that the address is wrong."""
        self.close()
        code, words = next(iter(error.recipients.values()))
        status = ENHANCED.search(words.decode("ascii", "replace") if isinstance(words, bytes) else str(words))
        is_final = code >= 500
        nobody_there = is_final and (status[0] in NO_SUCH_MAILBOX if status else code in NOBODY_THERE)
        return Outcome(type(error).__name__, code, is_final=is_final, nobody_there=nobody_there, is_refused=is_final)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # it was in trouble already, and what was sent is sent
                in_time(connection.close, settings.EMAIL_TIMEOUT)

    def _hang_up(self) -> None:
        """Without a word. Whoever still waits for the server's, waits no longer."""
        connection, self._connection = self._connection, None
        with suppress(Exception):  # not connected, or no longer, or no server at all
            connection.connection.sock.shutdown(socket.SHUT_RDWR)
            connection.connection.close()


def in_time(work: Callable[[], None], seconds: float) -> None:
    """A server that says a sign now and then breaks no silence of sockets: the whole work is watched from outside."""
    errors = []

    def attempt() -> None:
        try:
            work()
        except Exception as error:
            errors.append(error)

    thread = Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeoutError
    for error in errors:
        raise error


@contextmanager
def office() -> Iterator[Office]:
    opened = Office()
    try:
        yield opened
    finally:
        opened.close()


def message_of(letter: Email) -> EmailMultiAlternatives:
    headers = (letter.headers or {}) | {"Message-ID": letter.message_id}
    message = EmailMultiAlternatives(
        letter.subject, letter.message, letter.from_email, letter.to, letter.bcc, cc=letter.cc, headers=headers
    )
    if letter.html_message:
        message.attach_alternative(letter.html_message, "text/html")
    return message
