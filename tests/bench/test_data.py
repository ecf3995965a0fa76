"""The invented catalogue: the same at every run, and just what the contract describes."""

import jsonschema
import pytest
import yaml

from bench import data
from catalogue.publication import dumps
from exchange import schema

CATALOGUE = data.Catalogue(1_000)
LONG = data.Catalogue(1_000, data.LONG)


@pytest.fixture(scope="module")
def faults():
    """`faults("Project", record)`: what the published description says against a record."""
    described = yaml.safe_load(schema.committed().read_text(encoding="utf-8"))

    def find(name: str, record: dict) -> list[str]:
        whole = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        validator = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(record)]

    return find


def test_a_record_is_the_same_whenever_it_is_made():
    assert data.practice(77, CATALOGUE) == data.practice(77, CATALOGUE)
    assert data.practice(77, CATALOGUE).document != data.practice(78, CATALOGUE).document


@pytest.mark.parametrize("catalogue", [CATALOGUE, LONG], ids=["short", "long"])
def test_records_are_as_the_contract_describes_them(faults, catalogue):
    assert faults("GoodPractice", data.practice(1, catalogue).document) == []
    assert faults("GoodPracticeSummary", data.practice(1, catalogue).card) == []
    assert faults("Project", data.project(1, catalogue).document) == []
    assert faults("Organisation", data.partner(1, catalogue).document) == []


@pytest.mark.parametrize(("catalogue", "size"), [(CATALOGUE, 2_400), (LONG, 25_000)], ids=["short", "long"])
def test_practices_have_the_size_that_their_name_says(catalogue, size):
    sizes = [len(dumps(data.practice(number, catalogue).document).encode()) for number in range(1, 51)]

    assert sum(sizes) / len(sizes) == pytest.approx(size, rel=0.03)


def test_thirty_thousand_projects_with_eight_partners_stand_beside_a_hundred_thousand_practices():
    assert data.Catalogue(100_000).projects == 30_000
    assert len(data.project(5, data.Catalogue(100_000)).document["participations"]) == 8


@pytest.mark.parametrize("is_sorted", [False, True])
def test_the_place_of_a_practice_in_the_order_of_publication_is_known(is_sorted):
    catalogue = data.Catalogue(70, is_sorted=is_sorted)
    everything = list(data.records(catalogue))

    found = {record.number: place for place, record in enumerate(everything, start=1) if record.kind == "practices"}

    assert found == {number: catalogue.position_of(number) for number in range(1, 71)}
    assert len(everything) == 70 + catalogue.projects + catalogue.partners
    assert [record.kind for record in everything[:40]].count("practices") == (
        0 if is_sorted else pytest.approx(25, abs=3)
    )


def test_whatever_a_record_names_is_in_the_catalogue():
    everything = list(data.records(data.Catalogue(30)))
    uids = {data.uid_of(record.kind, record.number) for record in everything}

    assert len(uids) == len(everything)
    assert {uid for record in everything for _relation, uid in record.references} <= uids
