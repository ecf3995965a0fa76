"""Mail goes out when what it tells has happened: after the transaction, and under no lock of the database."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction


class AfterCommit(BaseEmailBackend):
    """Hands messages to the backend named by MAIL_BACKEND once the transaction at hand has committed.

    Wagtail writes its letters about a workflow inside the approval, which holds the catalogue's lock. A mail server that
    does not answer must neither hold the lock nor undo the approval: failures are logged.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        messages = list(email_messages)
        transaction.on_commit(lambda: get_connection(settings.MAIL_BACKEND).send_messages(messages), robust=True)
        return len(messages)
