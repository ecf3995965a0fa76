"""Whatever stands in an address where a name is looked for: it is not found, and no database meets what it cannot take."""

import re
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.factories import GoodPracticeFactory, publish

STRANGE = ["%00", "a%00b", "%ff", "a" * 10_000]
# By the address as the URLconf writes it; each `{}` is what is looked for.
NAMED = {
    "api/v1/<kind>/<str:uid>/": "/api/v1/practices/{}/",
    "api/v1/<kind>/<str:uid>/versions/": "/api/v1/practices/{}/versions/",
    "api/v1/<kind>/<str:uid>/versions/<int:number>/": "/api/v1/practices/{}/versions/1/",
    "api/v1/<kind>/<str:uid>/related/": "/api/v1/practices/{}/related/",
    "api/v1/dumps/<kind>.<str:ending>": "/api/v1/dumps/practices.{}",
    "api/v1/dumps/files/<str:name>": "/api/v1/dumps/files/{}",
    "catalogue.<str:ending>": "/catalogue.{}",
    "feeds/<str:name>.atom": "/feeds/{}.atom",
    "media/images/<str:name>": "/media/images/{}",
    "en/advise/<str:token>/": "/en/advise/{}/",
    "en/invitations/<str:token>/": "/en/invitations/{}/",
    "en/notices/stop/<str:token>/": "/en/notices/stop/{}/",
    "en/still-true/<str:token>/": "/en/still-true/{}/",
    "en/write-with/<str:token>/": "/en/write-with/{}/",
}
OTHERS = [
    "/{}",
    "/api/v1/{}/",
    "/api/v1/practices/{uid}/versions/{}/",
    "/api/v1/dumps/{}",
    "/api/v1/dumps/{}.ndjson",
    "/api/v1/dumps/files/practices-{}.ndjson",
    "/api/v1/interreg/{}",
    "/api/v1/interreg/{}.json",
    "/.well-known/{}",
    "/id/{}/",
    "/id/{}/linkset.json",
    "/id/{uid}/v/{}/",
    "/attachments/{}",
    "/attachments/{}.pdf",
    "/photos/{}.jpg",
    "/logos/{}.png",
    "/sitemap/records-{}.xml",
    "/problems/{}",
    "/feeds/{}",
    "/feeds/{}.ics",
    "/documents/1/{}",
    "/en/practices/{}/",
    "/en/practices/{}/{}.pdf",
    "/en/events/{}.ics",
    "/en/{}/",
]
QUERIES = [
    "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier={}",
    "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:portal.example:{}",
    "/oai?verb=ListMetadataFormats&identifier={}",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&set={}",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=network:{}",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=topic:{}",
    "/oai?verb=ListRecords&resumptionToken={}",
    "/oai?verb={}",
    "/feeds/all.atom?lang={}",
    "/feeds/all.atom?cursor={}",
    "/catalogue.ttl?cursor={}",
    "/api/v1/dumps/practices.ndjson?q={}",
    "/api/v1/interreg/operations.csv?lang={}",
    "/en/network/dumps/?kind={}",
    "/en/network/dumps/?q={}",
]


@pytest.fixture
def visitor(db):
    return Client(raise_request_exception=False)


@pytest.mark.core
@pytest.mark.parametrize("place", [*NAMED.values(), *OTHERS])
def test_what_no_name_can_be_is_not_found(place, visitor):
    uid = publish(GoodPracticeFactory()).uid if "{uid}" in place else ""

    for name in STRANGE:
        path = as_gunicorn_hands_it_on(place.replace("{uid}", str(uid)), name)
        assert (name, visitor.generic("GET", "/", PATH_INFO=path).status_code) == (name, 404)


@pytest.mark.core
@pytest.mark.parametrize("place", QUERIES)
def test_what_no_value_can_be_is_refused(place, visitor):
    for value in STRANGE:
        address, _mark, query = place.replace("{}", value).partition("?")
        answer = visitor.generic("GET", "/", PATH_INFO=address, QUERY_STRING=query)
        assert answer.status_code < 500, value
        b"".join(answer)  # what is made while it is read gives its place back at its end


def test_every_address_that_takes_any_text_is_among_them():
    taking = {re.sub("api/v1/dumps/[a-z-]+[.]<|api/v1/(?!dumps)[a-z-]+/<", _kind, each) for each in addresses()}

    assert {each for each in taking if "<str:" in each or "<path:" in each} == set(NAMED)


def _kind(found: re.Match) -> str:
    return "api/v1/dumps/<kind>.<" if "dumps" in found[0] else "api/v1/<kind>/<"


def addresses(patterns=None, before: str = ""):
    """Of the URLconf, without those of the editors' desk, which are Wagtail's."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, whole)
        elif not whole.startswith("cms/"):
            yield whole


def as_gunicorn_hands_it_on(place: str, name: str) -> str:
    """Octets of the path, unquoted, as latin-1."""
    return unquote_to_bytes(place.replace("{}", name)).decode("latin-1")
