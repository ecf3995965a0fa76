"""One record, its versions, and what points to it."""

from uuid import uuid4

import pytest

from catalogue.models import EntryVersion
from catalogue.publication import etag_of
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    harvested_entry,
    publish,
    republish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def address(record) -> str:
    return f"{record.entry.kind}/{record.uid}/"


def test_a_record_is_its_stored_document_byte_for_byte(api):
    one = publish(GoodPracticeFactory())

    body = api(address(one)).content

    assert body.decode() == one.entry.document
    assert etag_of(body.decode()) == one.entry.etag


def test_a_uid_may_be_written_in_capitals(api):
    one = publish(GoodPracticeFactory())

    assert api(f"practices/{str(one.uid).upper()}/").content.decode() == one.entry.document


def test_a_harvested_record_is_given_to_who_asks_for_it(read):
    harvested = harvested_entry(NetworkFactory())

    assert read(f"practices/{harvested.uid}/")["uid"] == str(harvested.uid)


def test_a_draft_is_not_there(problem):
    draft = GoodPracticeFactory()

    told = problem(f"practices/{draft.uid}/", 404)

    assert told["name"] == "not-found"
    assert str(draft.uid) in told["detail"]


@pytest.mark.parametrize(
    "uid", ["1", "abc", "smart-region", "0" * 32 + "0", "%00", "%ED%A0%80", "%2e%2e", "x" * 3000, "-"]
)
def test_what_is_no_uid_is_not_there(problem, uid):
    for path in (f"practices/{uid}/", f"practices/{uid}/versions/", f"practices/{uid}/related/"):
        assert problem(path, 404)["name"] == "not-found"


def test_a_record_of_another_kind_is_not_there(problem):
    one = publish(GoodPracticeFactory())

    assert problem(f"projects/{one.uid}/", 404)["name"] == "not-found"


def test_a_withdrawn_record_answers_with_its_tombstone(problem):
    one = withdraw(publish(GoodPracticeFactory()), reason="personal_data")

    for below in ("", "versions/", "versions/1/", "related/"):
        told = problem(f"practices/{one.uid}/{below}", 410)
        assert told["name"] == "withdrawn"
        assert {name: told[name] for name in ("uid", "kind", "reason", "merged_into")} == {
            "uid": str(one.uid),
            "kind": "practices",
            "reason": "personal_data",
            "merged_into": None,
        }
        assert told["withdrawn"].endswith("Z")


def test_a_merged_record_names_its_successor(problem):
    successor = publish(OrganisationFactory())
    one = withdraw(publish(OrganisationFactory()), reason="merged", merged_into=successor.uid)

    told = problem(f"partners/{one.uid}/", 410)

    assert (told["reason"], told["merged_into"]) == ("merged", str(successor.uid))


# Versions


def test_each_publication_by_a_person_is_a_version(read, api):
    one = publish(GoodPracticeFactory(title=texts("First", "Prvi")))
    first = one.entry.document
    republish(one, title=texts("Second", "Drugi"))

    page = read(f"practices/{one.uid}/versions/")

    assert list(page) == ["base", "next", "previous", "results"]
    assert [list(version) for version in page["results"]] == [["version", "published", "etag", "url"]] * 2
    assert [version["version"] for version in page["results"]] == [1, 2]
    assert page["results"][0]["url"] == f"/api/v1/practices/{one.uid}/versions/1/"
    assert page["results"][0]["etag"] == etag_of(first)
    assert api(f"practices/{one.uid}/versions/1/").content.decode() == first
    assert api(f"practices/{one.uid}/versions/2/").content.decode() == one.entry.document


def test_versions_come_in_pages(walk):
    one = publish(GoodPracticeFactory())
    for number in range(4):
        republish(one, title=texts(f"Title {number}", f"Naslov {number}"))

    assert [each["version"] for each in walk(f"practices/{one.uid}/versions/?page_size=2")] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("number", ["0", "2", "9" * 30, "9" * 5000, "-1", "one", "1.0"])
def test_a_version_that_never_was_is_not_there(problem, number):
    one = publish(GoodPracticeFactory())

    assert problem(f"practices/{one.uid}/versions/{number}/", 404)["name"] == "not-found"


def test_versions_from_before_a_withdrawal_stay_gone(read, problem):
    one = publish(GoodPracticeFactory())
    withdraw(one)
    publish(one)

    numbers = [version["version"] for version in read(f"practices/{one.uid}/versions/")["results"]]

    emptied = EntryVersion.objects.filter(entry=one.entry, document="").values_list("number", flat=True)
    assert list(emptied) == [1]
    assert numbers == [2]
    assert problem(f"practices/{one.uid}/versions/1/", 410)["name"] == "withdrawn"


# What points here


def test_what_points_to_an_organisation_with_the_name_of_the_relation(read, api):
    organisation = publish(OrganisationFactory())
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    publish(project)
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))

    page = read(f"partners/{organisation.uid}/related/")

    assert list(page) == ["base", "next", "previous", "results"]
    assert [(each["relation"], each["record"]["uid"]) for each in page["results"]] == [
        ("participation", str(project.uid)),
        ("organisation_in_charge", str(practice.uid)),
    ]
    assert project.entry.card in api(f"partners/{organisation.uid}/related/").content.decode()


def test_only_visible_records_of_ours_point_anywhere(read):
    programme = publish(ProgrammeFactory())
    ProjectFactory(programme=programme)
    withdraw(publish(ProjectFactory(programme=programme)))
    harvested = harvested_entry(NetworkFactory())
    harvested.references.create(relation="programme", target_uid=programme.uid)
    visible = publish(ProjectFactory(programme=programme))

    found = read(f"programmes/{programme.uid}/related/")["results"]

    assert [each["record"]["uid"] for each in found] == [str(visible.uid)]


def test_related_records_come_in_pages_and_by_kind(walk, read):
    organisation = publish(OrganisationFactory())
    for _number in range(5):
        publish(GoodPracticeFactory(organisation_in_charge=organisation))

    assert len(walk(f"partners/{organisation.uid}/related/?page_size=2")) == 5
    assert len(walk(f"partners/{organisation.uid}/related/?page_size=2&kind=practices&kind=projects")) == 5
    assert read(f"partners/{organisation.uid}/related/?kind=projects")["results"] == []


def test_a_stranger_has_no_relations(problem):
    problem(f"partners/{uuid4()}/related/", 404)
