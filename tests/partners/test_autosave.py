"""Organisations, areas and parts in projects are kept while they are typed, as practices are."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import WorkingCopy
from partners.models import IndustrialArea
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    UserFactory,
    publish,
)
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]
NEW_AREA = "/en/my/areas/new/"


@pytest.fixture
def organisation():
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def nina(organisation):
    return MembershipFactory(user=UserFactory(), organisation=organisation, role="coordinator").user


@pytest.fixture
def as_nina(client, nina):
    client.force_login(nina)
    return client


@pytest.fixture
def project(organisation):
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    return publish(project)


def sent(client, form_address, record, **typed):
    page = client.get(form_address).context
    shown = {name: page["form"][name].value() for name in page["form"].fields if name != page["form"].picture}
    shown = {name: value for name, value in shown.items() if value not in (None, False)}
    revision = str(record.latest_revision_id or "") if record else ""
    return shown | {"revision": revision, "stamp": "a", "uid": str(page["new_uid"] or "")} | typed


def test_the_page_of_the_organisation(as_nina, organisation):
    address = reverse("pages_of_partners:organisation_edit", args=[organisation.uid])

    answer = as_nina.post(f"{address}autosave/", sent(as_nina, address, organisation, street="Half a str"))

    assert answer.json()["state"] == "kept"
    assert as_nina.get(address).context["form"]["street"].value() == "Half a str"
    as_nina.post(address, sent(as_nina, address, organisation, street="Osojnikova 9", action="save"))
    assert not WorkingCopy.objects.exists()


def test_an_area_that_nobody_has_saved_is_on_my_work_as_long_as_she_may_write_it(as_nina, nina, organisation):
    address = f"{NEW_AREA}?organisation={organisation.uid}"
    typed = sent(as_nina, address, None, name_sl="Cona vzh")

    kept = as_nina.post(f"{NEW_AREA}autosave/?organisation={organisation.uid}", typed)
    [item] = [
        each for group in as_nina.get("/en/my/").context["groups"] for each in group.items if each.symbol == "area"
    ]

    assert kept.json()["state"] == "kept"
    assert (item.title, item.language) == ("Cona vzh", "sl")
    assert as_nina.get(item.url).context["form"]["name_sl"].value() == "Cona vzh"
    as_nina.post(address, typed | {"name_sl": "Cona vzhod", "action": "save"})
    assert not WorkingCopy.objects.exists()
    assert str(IndustrialArea.objects.get().uid) == typed["uid"]

    as_nina.post(f"{NEW_AREA}autosave/?organisation={organisation.uid}", typed | {"uid": str(uuid4())})
    nina.memberships.all().delete()
    assert "Cona vzh" not in as_nina.get("/en/my/").content.decode()


def test_a_part_is_kept_by_organisation(as_nina, nina, organisation, project):
    other = MembershipFactory(user=nina, organisation=publish(OrganisationFactory()), role="coordinator").organisation
    address = reverse("parts:edit", args=[organisation.uid, project.uid])
    theirs = reverse("parts:autosave", args=[other.uid, project.uid])

    answer = as_nina.post(f"{address}autosave/", sent(as_nina, address, project, contribution_en="We did"))

    assert answer.json()["state"] == "kept"
    assert WorkingCopy.objects.get().place == str(organisation.uid)
    assert as_nina.get(address).context["form"]["contribution_en"].value() == "We did"
    assert as_nina.post(theirs, {"contribution_en": "Not there"}).status_code == 404


def test_while_somebody_is_at_work_on_the_project_she_sees_what_she_had_typed(as_nina, organisation, project):
    address = reverse("parts:edit", args=[organisation.uid, project.uid])
    as_nina.post(f"{address}autosave/", sent(as_nina, address, project, contribution_en="We did"))
    draft = project.latest_draft()
    draft.title = {"en": "An editor is at work"}
    draft.save_revision()

    page = as_nina.get(address)

    assert page.context["sent"] == [("en", "We did")]


def test_none_costs_more_than_five_queries(as_nina, organisation, project):
    area = publish(IndustrialAreaFactory(manager=organisation))
    addresses = {
        reverse("pages_of_partners:organisation_edit", args=[organisation.uid]): organisation,
        reverse("pages_of_partners:area_edit", args=[area.uid]): area,
        reverse("parts:edit", args=[organisation.uid, project.uid]): project,
    }
    for address, record in addresses.items():
        typed = sent(as_nina, address, record)
        for round in range(3):
            with CaptureQueriesContext(connection) as captured:
                answer = as_nina.post(f"{address}autosave/", typed | {"stamp": f"s{round}", "known": [f"s{round - 1}"]})
            assert answer.json()["state"] == "kept", (address, round)
            asked = [query["sql"] for query in captured if not re.match("SAVEPOINT|RELEASE", query["sql"])]
            assert len(asked) <= 5, "\n".join([address, *asked])
