"""How long a receiver wants to be left alone: `Retry-After` (RFC 9110, 10.2.3), in seconds or as a date."""

import re
from datetime import timedelta
from http import HTTPStatus

from django.utils import timezone
from django.utils.http import parse_http_date_safe

from operations.fetching import Answer

WITH_A_WORD = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
ABSURD = timedelta(days=31)  # nobody means it who asks for more
NONE = timedelta()


def asked_for(answer: Answer) -> timedelta:
    """Nothing where it says nothing, says nonsense, or names a time that is over."""
    if answer.status not in WITH_A_WORD:
        return NONE
    word = answer.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,10}", word):
        seconds = int(word)
    else:
        date = parse_http_date_safe(word)
        seconds = 0 if date is None else date - timezone.now().timestamp()
    return timedelta(seconds=seconds) if 0 < seconds <= ABSURD.total_seconds() else NONE
