"""What programs look for at the places that everybody knows."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.exchange.linked.conftest import PORTAL
from tests.pages.factories import standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.core]
HERE = f"{PORTAL}/.well-known/api-catalog"


def fields(answer) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_the_catalogue_of_apis_names_their_descriptions(get):
    answer = get("/.well-known/api-catalog")

    assert answer["Content-Type"] == 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    assert answer["Link"] == f'<{HERE}>; rel="api-catalog"'
    told = {each["anchor"]: each for each in answer.json()["linkset"]}
    assert [each["href"] for each in told[HERE]["item"]] == [f"{PORTAL}/api/v1/", f"{PORTAL}/oai"]
    api = told[f"{PORTAL}/api/v1/"]
    assert {each["type"] for each in api["service-desc"]} == {"application/json", "application/yaml"}
    for targets in api.values():
        for each in targets if isinstance(targets, list) else []:
            answer = get(each["href"])
            assert answer["Content-Type"].partition(";")[0] == each.get("type", "text/plain")


def test_its_headers_can_be_asked_for_alone(get):
    answer = get("/.well-known/api-catalog", method="head")

    assert (answer.content, answer["Link"]) == (b"", f'<{HERE}>; rel="api-catalog"')


def test_it_is_conditional_and_takes_no_parameters(get):
    etag = get("/.well-known/api-catalog")["ETag"]

    get("/.well-known/api-catalog", status=304, **{"if-none-match": etag})
    get("/.well-known/api-catalog?a=1", status=400)
    get("/.well-known/api-catalog", status=406, accept="text/html")


def test_who_finds_a_hole_finds_whom_to_tell(get, settings):
    settings.SECURITY_CONTACT = "security@portal.example"

    answer = get("/.well-known/security.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    told = fields(answer)
    assert list(told) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert told["Contact"] == "mailto:security@portal.example"
    assert told["Canonical"] == f"{PORTAL}/.well-known/security.txt"
    assert told["Preferred-Languages"] == "en, sl"
    left = datetime.fromisoformat(told["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.parametrize("contact", ["https://portal.example/holes", "tel:+38621234567", "mailto:a@b.example"])
def test_an_address_is_told_as_it_is(get, settings, contact):
    settings.SECURITY_CONTACT = contact

    assert fields(get("/.well-known/security.txt"))["Contact"] == contact


def test_without_a_setting_it_leads_to_the_contact_page_of_the_portal(get):
    assert fields(get("/.well-known/security.txt"))["Contact"] == f"{PORTAL}/en/"

    page = standard_page(slug="contact")

    assert fields(get("/.well-known/security.txt"))["Contact"] == PORTAL + page.url_path


def test_what_is_not_there_is_not_found(client):
    assert client.get("/.well-known/nothing").status_code == 404
