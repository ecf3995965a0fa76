"""A fault in the files under `seeds/` is told by file, record and key, and nothing of that kind is loaded."""

import shutil
from itertools import chain

import pytest
import yaml
from django.core.management import CommandError, call_command

from projects.models import Programme, Project
from seeds import loading, reading
from seeds.management.commands import seed
from seeds.reading import FaultyContent


@pytest.fixture
def folder(tmp_path):
    """A copy of the files, to be spoilt."""
    for name in chain.from_iterable(reading.FILES.values()):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(reading.FOLDER / name, tmp_path / name)
    return tmp_path


def spoil(folder, kind: str, right: str, wrong: str) -> None:
    """In the first of the kind's files that has it."""
    files = {folder / name: (folder / name).read_text(encoding="utf-8") for name in reading.FILES[kind]}
    file = next(file for file, text in files.items() if right in text)
    file.write_text(files[file].replace(right, wrong, 1), encoding="utf-8")


def test_every_record_has_every_key_of_its_kind():
    for kind, items in reading.read().items():
        for item in items.values():
            assert item.keys() == reading.SHAPES[kind].keys()


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "fault"),
    [
        ("projects", "  acronym: MER\n", "  akronym: MER\n", "mer: there is no key 'akronym'"),
        (
            "projects",
            "programme: med-2007-2013",
            "programme: med",
            "mer.programme: 'med' is not in facts/programmes.yaml",
        ),
        (
            "projects",
            "    - ecomark",
            "    - ecomarc",
            "mer.capitalises[0]: 'ecomarc' is not in examples/projects.yaml or",
        ),
        ("projects", "duration_months: 18", "duration_months: long", "mer.duration_months: 'long' is not int"),
        ("projects", 'priority: "2"', 'priority: "9"', "ecole.priority: its programme has no '9'"),
        ("programmes", "- key: med-2007-2013\n", "- name: x\n", "record 2: it has no key"),
        (
            "partners",
            "- key: gea-college",
            "- key: zrs-bistra-ptuj",
            "record 3: the key 'zrs-bistra-ptuj' stands there twice",
        ),
        ("partners", "    en: College in Slovenia", "    en: 3 #", "gea-college.description: a text for each language"),
        ("partners", "    en: College in Slovenia", "    - en: x", "line "),
        ("practices", "result: 1\n", "result: 4\n", "one-phone-number.grew_from: smart-region has no result 4"),
        ("practices", "  topics:\n", "  topics: 3\n  places:\n", "one-phone-number.topics: a list is needed"),
        (
            "library",
            "- key: first-year-of-an-area-manager",
            "- key: ecole-guidelines",
            "record 3: the key 'ecole-guidelines' stands there twice",
        ),
        (
            "library",
            "    - zone-breakfast",
            "    - zone-brunch",
            "first-year-of-an-area-manager.practices[0]: 'zone-brunch'",
        ),
        (
            "areas",
            "manager: null",
            "manager: nobody",
            "four-chimneys-park.manager: 'nobody' is not in examples/partners.yaml or facts/partners.yaml",
        ),
    ],
)
def test_a_fault_is_told_by_file_record_and_key(folder, kind, right, wrong, fault):
    spoil(folder, kind, right, wrong)

    with pytest.raises(FaultyContent) as told:
        reading.read(folder)

    assert str(told.value).startswith(f"seeds/{reading.files_of(kind)}: {fault}")


def test_what_stands_among_the_examples_is_one_and_nothing_else_is():
    read = reading.read()
    said = {
        name: [
            read[kind][item["key"]].get("example") is True
            for item in yaml.safe_load((reading.FOLDER / name).read_text())
        ]
        for kind, names in reading.FILES.items()
        for name in names
    }

    assert [name for name, examples in said.items() if set(examples) != {name.startswith("examples/")}] == []


@pytest.mark.django_db
def test_a_value_that_its_field_refuses_loads_nothing_of_its_kind(folder):
    spoil(folder, "programmes", "strand: B", "strand: X")

    with pytest.raises(FaultyContent) as told:
        list(loading.load(reading.read(folder)))

    fault = "interreg-iii-b-cadses: {'strand': [\"Value 'X' is not a valid choice.\"]}"
    assert str(told.value) == f"seeds/facts/programmes.yaml: {fault}"
    assert Programme.objects.count() == 0


@pytest.mark.django_db
def test_a_value_in_a_part_is_told_with_its_place(folder):
    spoil(folder, "projects", "role: lead_partner", "role: leader")

    with pytest.raises(FaultyContent, match=r"zgled: \{'participations\[0\]\.role'") as told:
        list(loading.load(reading.read(folder)))

    assert "leader" in str(told.value)
    assert (Programme.objects.count(), Project.objects.count()) == (5, 0)


def test_projects_that_build_on_each_other_are_told(folder):
    spoil(folder, "projects", "  capitalises: []\n", "  capitalises:\n    - mer\n")
    files = reading.read(folder)
    files["projects"]["mer"]["capitalises"].append("smart-region")

    with pytest.raises(FaultyContent, match="they build on each other"):
        loading.contents_of("projects", files)


def test_the_command_ends_with_the_fault(folder, monkeypatch):
    spoil(folder, "programmes", "acronym: CADSES", "akronym: CADSES")
    monkeypatch.setattr(seed, "read", lambda: reading.read(folder))

    with pytest.raises(CommandError, match="there is no key 'akronym'"):
        call_command("seed")
