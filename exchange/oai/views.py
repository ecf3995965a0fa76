"""`/oai`: the Open Archives Initiative's Protocol for Metadata Harvesting, version 2.0 (14 June 2002, rev. 2015)."""

from email.utils import parseaddr

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from catalogue.models import Entry
from catalogue.serializers import utc
from exchange import problems
from exchange.doors import for_everyone
from exchange.oai import dublin_core, records, sets
from exchange.oai.arguments import asked
from exchange.oai.clock import BEFORE_ALL, Clock
from exchange.oai.faults import UNREADABLE, Code, Fault, Faults
from exchange.oai.lists import listed
from exchange.oai.xml import attribute, element, escaped
from operations.lines import InPieces

CONTENT_TYPE = "text/xml; charset=utf-8"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PREFIX = "oai_dc"
_NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_OPENING = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{_NAMESPACE}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{_NAMESPACE} {_NAMESPACE}OAI-PMH.xsd">'
)


@csrf_exempt
def oai(request: HttpRequest) -> HttpResponse:
    """The six verbs. A fault is told within an answer of status 200."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response["Access-Control-Allow-Headers"] = "Authorization"
        response["Access-Control-Max-Age"] = "86400"
    elif request.method not in METHODS:
        told = f"{request.method} is none of {', '.join(METHODS)}.\n"
        response = HttpResponse(told, "text/plain; charset=utf-8", status=405)
    else:
        try:
            response = InPieces(_answer(request), content_type=CONTENT_TYPE)
        except (OperationalError, InterfaceError) as error:
            response = problems.answer(request, error)
    response["Allow"] = ", ".join(METHODS)
    response["Cache-Control"] = "no-store"
    return for_everyone(request, response)


def _answer(request: HttpRequest) -> str:
    clock = Clock.read()
    arguments: dict[str, str] = {}
    responded = clock.now
    try:
        verb, sent = asked(request)
        arguments = {"verb": verb, **sent}
        if sent.get("metadataPrefix", PREFIX) != PREFIX:
            raise Fault(Code.CANNOT_DISSEMINATE_FORMAT, f"{PREFIX} is the one format.")
        if verb in ("ListIdentifiers", "ListRecords"):
            place, told = listed(verb, sent, clock)
            responded = place.began
        else:
            told = _VERBS[verb](sent)
        told = f"<{verb}>{told}</{verb}>"
    except Faults as error:
        if any(code in UNREADABLE for code, _text in error.faults):
            arguments = {}
        told = "".join(element("error", text, code=code) for code, text in error.faults)
    repeated = "".join(f' {name}="{attribute(value)}"' for name, value in arguments.items())
    address = f"<request{repeated}>{escaped(base())}</request>"
    return f"{_OPENING}<responseDate>{utc(responded)}</responseDate>{address}{told}</OAI-PMH>\n"


def base() -> str:
    return f"{settings.PUBLIC_URL}/oai"


def _identify(sent: dict[str, str]) -> str:
    first = Entry.objects.aggregate(first=Min("modified"))["first"]
    told = {
        "repositoryName": f"{settings.SITE_NAME} portal",
        "baseURL": base(),
        "protocolVersion": "2.0",
        "adminEmail": admin_email(),
        "earliestDatestamp": utc(first or BEFORE_ALL),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    return "".join(element(name, text) for name, text in told.items()) + records.described()


def admin_email() -> str:
    """The portal's own sender. The standard wants a dot in it, which a portal on one's own machine has not."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address if "." in address.rpartition("@")[2] else f"{address}.invalid"


def _metadata_formats(sent: dict[str, str]) -> str:
    if "identifier" in sent:
        _known(sent["identifier"])
    parts = {"metadataPrefix": PREFIX, "schema": dublin_core.SCHEMA, "metadataNamespace": dublin_core.NAMESPACE}
    return f"<metadataFormat>{''.join(element(name, text) for name, text in parts.items())}</metadataFormat>"


def _sets(sent: dict[str, str]) -> str:
    if "resumptionToken" in sent:
        raise Fault(Code.BAD_RESUMPTION, "All sets stand on one page.")
    return "".join(f"<set>{element('setSpec', spec)}{element('setName', name)}</set>" for spec, name in sets.all_sets())


def _record(sent: dict[str, str]) -> str:
    return records.written([_known(sent["identifier"])], whole=True)


def _known(identifier: str) -> records.Row:
    """Of ours, or harvested: an identifier that we gave leads to its record. Raises Fault."""
    found = records.rows(Entry.objects.filter(uid=records.uid_of(identifier)), whole=True)
    if not found:
        raise Fault(Code.ID_DOES_NOT_EXIST, "There is no such record, and there never was.")
    return found[0]


_VERBS = {"Identify": _identify, "ListMetadataFormats": _metadata_formats, "ListSets": _sets, "GetRecord": _record}
