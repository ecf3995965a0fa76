"""The arguments of a request: from the address, or from the form that is posted; each known, once, and readable."""

import re
from datetime import UTC, datetime, time
from typing import NamedTuple

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict

from exchange.oai.faults import Code, Fault, Faults
from exchange.oai.xml import is_sayable

FORM = "application/x-www-form-urlencoded"
LONGEST = 50_000  # bytes of all arguments together


class Known(NamedTuple):
    """The arguments of a verb. `exclusive` stands alone."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    exclusive: str = ""


_LIST = Known(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken")
VERBS = {
    "Identify": Known(),
    "ListMetadataFormats": Known(optional=frozenset({"identifier"})),
    "ListSets": Known(exclusive="resumptionToken"),
    "GetRecord": Known(frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}

# The lexical forms of the standard's schema (OAI-PMH.xsd), and of a URI (RFC 3986) for identifiers.
_WORD = r"[A-Za-z0-9\-_.!~*'()]+"
_URI = (
    r"(?:[A-Za-z][A-Za-z0-9+.\-]*:|(?![^/?]*:))(?://[A-Za-z0-9.\-]*(?::[0-9]{0,5})?(?=[/?]|$)|(?!//))"
    r"(?:[A-Za-z0-9\-._~:@!$&'()*+,;=/?]|%[0-9A-Fa-f]{2})+"
)
_FORMS = {
    "metadataPrefix": re.compile(_WORD),
    "set": re.compile(rf"{_WORD}(?::{_WORD})*"),
    "identifier": re.compile(_URI),
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LAST_OF_DAY = time(23, 59, 59)


def asked(request: HttpRequest) -> tuple[str, dict[str, str]]:
    """The verb and its arguments as given. Raises Faults."""
    sent = _sent(request)
    verbs = sent.pop("verb", [])
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Fault(Code.BAD_VERB, "One verb is needed, and one of these: " + ", ".join(VERBS) + ".")
    verb = verbs[0]
    faults = [*_faults_in_names(verb, sent), *_faults_in_values({name: values[0] for name, values in sent.items()})]
    if faults:
        raise Faults(*((Code.BAD_ARGUMENT, fault) for fault in faults))
    return verb, {name: values[0] for name, values in sent.items()}


def _sent(request: HttpRequest) -> dict[str, list[str]]:
    """Name → values, in the order in which they came."""
    told = request.META.get("QUERY_STRING", "")
    try:
        if request.method == "POST" and request.content_type == FORM:
            told = "&".join(filter(None, (told, request.body.decode("ascii", "replace"))))
        if len(told) > LONGEST:
            raise Fault(Code.BAD_ARGUMENT, f"The arguments are longer than {LONGEST} characters.")
        return {name: list(values) for name, values in QueryDict(told).lists()}
    except (SuspiciousOperation, RequestDataTooBig):
        raise Fault(Code.BAD_ARGUMENT, "There are more arguments than anybody can need.") from None


def _faults_in_names(verb: str, sent: dict[str, list[str]]) -> list[str]:
    known = VERBS[verb]
    names = {name for name in sent if name != known.exclusive}
    faults = [f"{_shown(name)}: it stands more than once." for name, values in sent.items() if len(values) > 1]
    faults += [f"{_shown(name)}: {verb} knows no such argument." for name in names - known.required - known.optional]
    if known.exclusive and known.exclusive in sent:
        return sorted(faults) + ([f"{known.exclusive}: it stands alone."] if names else [])
    return sorted(faults) + [f"{name}: {verb} needs it." for name in sorted(known.required - names)]


def _faults_in_values(sent: dict[str, str]) -> list[str]:
    """Of what could not stand in the answer either."""
    return [
        f"{_shown(name)}: {_shown(value)} cannot be one."
        for name, value in sent.items()
        if (name in _FORMS and not _FORMS[name].fullmatch(value)) or not is_sayable(value)
    ]


def _shown(text: str) -> str:
    """What was sent, short enough for a sentence."""
    return text if len(text) <= 60 else f"{text[:60]}…"


class Span(NamedTuple):
    """From when to when, both included; None where it is open."""

    since: datetime | None
    until: datetime | None


def span_of(arguments: dict[str, str]) -> Span:
    """`from` and `until`, in days or in seconds, but alike. Raises Fault."""
    since, until = arguments.get("from"), arguments.get("until")
    if since is not None and until is not None and bool(_DAY.fullmatch(since)) != bool(_DAY.fullmatch(until)):
        raise Fault(Code.BAD_ARGUMENT, "from, until: one is told in days and the other in seconds.")
    span = Span(
        None if since is None else _moment("from", since, time()),
        None if until is None else _moment("until", until, _LAST_OF_DAY),
    )
    if span.since and span.until and span.since > span.until:
        raise Fault(Code.BAD_ARGUMENT, "from, until: the first is after the second.")
    return span


def _moment(name: str, text: str, of_day: time) -> datetime:
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(datetime.strptime(text, "%Y-%m-%d"), of_day, UTC)
        if _SECOND.fullmatch(text):
            return _second(text)
    except ValueError:
        pass  # no such day or time
    raise Fault(Code.BAD_ARGUMENT, f"{name}: {_shown(text)} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ.")


def _second(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
