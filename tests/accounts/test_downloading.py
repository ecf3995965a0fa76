"""All that the portal has of a person, in one file that she takes along."""

import io
import json
import zipfile

import pytest

from accounts import personal_data
from notices.actions import notify
from notices.models import Notification
from practices import actions, photos
from reviews import letters
from tests.accounts.one_life import EMAIL, FORMER, is_it_you
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    UserFactory,
)
from tests.practices.writing import picture, setting, upload, whole

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("through_the_outbox")]


@pytest.fixture
def nina(client):
    nina = UserFactory(email="nina@example.org")
    client.force_login(nina)
    return nina


def taken(client) -> zipfile.ZipFile:
    is_it_you(client)
    answer = client.post("/en/my/data/download/")
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    content = answer.getvalue()
    answer.close()
    return zipfile.ZipFile(io.BytesIO(content))


def test_everything_of_hers_is_in_and_nothing_of_others(client, world, organisation, marta):
    other = UserFactory(email="other@example.org", member_of=organisation)
    actions.create_draft(by=other, edit=setting(title={"en": "Not hers"}), organisation=organisation)
    photos.keep(upload(picture(color="tomato")), by=other)
    archive = taken(client)
    told = json.loads(archive.read("data.json"))

    assert set(told) == {kept.name for kept in personal_data.all_kept()}
    account = told["account"]
    assert (account["email"], account["first_name"], account["roles"]) == (EMAIL, "Zlata", [])
    assert [each["email"] for each in account["former_addresses"]] == [FORMER]
    assert {each["purpose"] for each in account["consents"]} == {"terms", "named-by-organisation"}
    assert told["signing_in"]["sessions"] and told["signing_in"]["has_password"]
    assert [each["organisation"] for each in told["memberships"]] == ["Bistra Ptuj"]
    assert len(told["practices"]["practices"]) == 3
    assert len(told["notices"]["notices"]) == Notification.objects.filter(recipient=world["user"]).count()
    assert told["writing"]["comments"][0]["text"] == f"Is {EMAIL} right?"
    files = {f"photos/{world[name].digest}.jpg" for name in ("photo", "shared_photo")}
    assert {*archive.namelist()} == {"data.json", *files}
    assert archive.read(f"photos/{world['photo'].digest}.jpg") == world["photo"].content()
    text = archive.read("data.json").decode()
    for others in ("other@example.org", marta.email, "Not hers", PASSWORD, world["user"].password):
        assert others not in text


def test_many_drafts_cost_no_more_queries_than_one(nina, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from accounts import export

    def queries():
        with CaptureQueriesContext(connection) as told:
            "".join(export.json_of(nina))
        return len(told)

    def one_more():
        practice = actions.create_draft(by=nina, edit=whole)
        photos.keep(upload(), by=nina)
        notify([nina], letters.PUBLISHED.name, titles={"en": "x"}, path="/")
        MembershipFactory(user=nina)
        return practice

    one_more()
    queries()
    one = queries()
    one_more(), one_more()
    assert queries() == one


def test_it_is_taken_along_five_times_an_hour(client, nina):
    is_it_you(client)

    statuses = []
    for _time in range(6):
        answer = client.post("/en/my/data/download/")
        statuses.append(answer.status_code)
        answer.close()
    assert statuses == [200] * 5 + [429]


def test_it_is_not_given_without_her_password(client, nina):
    assert client.post("/en/my/data/download/").url == "/accounts/reauthenticate/?next=%2Fen%2Fmy%2Fdata%2Fdownload%2F"
