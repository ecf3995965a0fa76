"""Choosing among many projects: what is chosen stays in sight, the others are looked for."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from catalogue.drafting.fields import FEW_RECORDS
from practices.forms import PracticeForm
from practices.models import GoodPractice
from tests.factories import ProjectFactory, publish, reread, texts
from tests.practices.writing import begun, sent_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def many():
    for number in range(FEW_RECORDS):
        ProjectFactory(acronym=f"P{number}", live=True)
    return publish(ProjectFactory(acronym="ECOLE", title=texts("Old mills, new crafts", "Stari mlini")))


def form_with(nina, **typed) -> PracticeForm:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return PracticeForm(data if typed else None, draft=GoodPractice(), user=nina)


def offered(form) -> list[str]:
    return [label.split(":")[0] for _uid, label in form.fields["projects"].choices]


def test_a_few_are_all_there(nina):
    ProjectFactory(acronym="ECOLE", live=True)

    assert (offered(form_with(nina)), form_with(nina).fields["projects"].is_long) == (["ECOLE"], False)


def test_of_many_only_the_chosen_ones_are_there(nina, many):
    assert offered(form_with(nina)) == []
    assert offered(form_with(nina, projects=[str(many.uid), "x", ""])) == ["ECOLE"]


@pytest.mark.parametrize("typed", ["ecole", "MILLS", "mlini", "old crafts"])
def test_others_are_found_by_their_words(nina, many, typed):
    form = form_with(nina, change="find:projects", projects_find=typed)

    assert (offered(form), form.said) == (["ECOLE"], "1 found.")


@pytest.mark.parametrize("typed", ["", "nobody", "\x00", "x" * 5000, "'; DROP"])
def test_what_is_not_there_is_not_found(nina, many, typed):
    form = form_with(nina, change="find:projects", projects_find=typed)

    assert (offered(form), form.said) == ([], "0 found.")


def test_what_was_found_is_chosen_and_kept_through_the_next_search(as_nina, nina, many):
    practice = begun(nina)
    address = f"/en/my/practices/{practice.uid}/"

    found = as_nina.post(address, sent_from(practice, projects_find="mills", change="find:projects", title_en="Typed"))
    page = found.content.decode()
    assert ("ECOLE" in page, found.context["form"]["title_en"].value(), 'value="mills"' in page) == (
        True,
        "Typed",
        True,
    )
    again = sent_from(practice, projects_find="nobody", change="find:projects", projects=[str(many.uid)])
    assert offered(as_nina.post(address, again).context["form"]) == ["ECOLE"]
    as_nina.post(address, sent_from(practice, projects_find="mills", projects=[str(many.uid)]))

    assert list(reread(practice).latest_draft().projects.all()) == [many]


def test_what_is_not_published_cannot_be_chosen_among_many_either(nina, many):
    form = form_with(nina, projects=[str(ProjectFactory().uid)])

    assert dict(form.errors)["projects"] == ["One of the projects is not published here."]


def test_words_to_search_for_are_nothing_that_was_typed_of_the_draft(as_nina, nina, many):
    practice = begun(nina)
    address = f"/en/my/practices/{practice.uid}/"
    as_nina.post(f"{address}autosave/", sent_from(practice, projects_find="mills"))

    assert as_nina.get(address).context.get("copy") is None


def test_many_cost_three_queries(nina, many):
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            form_with(nina, change="find:projects", projects_find="mills", projects=[str(many.uid)])
        return len([each for each in made if "projects_project" in each["sql"] or "catalogue_entry" in each["sql"]])

    assert queries() == 3 + 1  # and the results of the chosen project
