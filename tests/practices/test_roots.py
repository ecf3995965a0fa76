"""What a practice grew from is chosen among the results of its projects."""

import pytest
from django.http import QueryDict

from catalogue.differences import differences
from catalogue.publication import render_draft
from practices.forms import PracticeForm
from practices.models import GoodPractice
from tests.factories import ProjectFactory, ResultFactory, publish, reread, texts
from tests.practices.typed import form_of, shown_in, written
from tests.practices.writing import begun, filled, sent_from, setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecole():
    project = ProjectFactory(acronym="ECOLE")
    ResultFactory(project=project, text=texts("A handbook", "Priročnik"))
    return publish(project)


@pytest.fixture
def smart():
    project = ProjectFactory(acronym="Smart")
    ResultFactory(project=project, text=texts("A network", "Mreža"))
    return publish(project)


def result_of(project) -> str:
    return str(project.results.get().uid)


def offered(user, draft=None, **typed) -> list[str]:
    form = form_of(user, filled(**typed), draft) if typed else PracticeForm(draft=draft or GoodPractice(), user=user)
    return [label for _uid, label in form.fields["grew_from"].choices]


def test_the_results_of_the_chosen_projects_are_offered(nina, ecole, smart):
    assert offered(nina) == []
    assert offered(nina, projects=[str(ecole.uid)]) == ["ECOLE: A handbook"]
    assert offered(nina, projects=[str(smart.uid), str(ecole.uid), "x"]) == ["ECOLE: A handbook", "Smart: A network"]


def test_what_is_chosen_is_saved_and_shown_again(nina, ecole, smart):
    uids = [str(ecole.uid), str(smart.uid)]
    draft = written(nina, filled(projects=uids, grew_from=["", result_of(smart)]))

    assert draft.grew_from == [result_of(smart)]
    assert shown_in(draft, nina)["grew_from"] == [result_of(smart)]
    written(nina, filled(projects=uids, grew_from=["", result_of(ecole), result_of(smart)]), draft)
    assert draft.grew_from == [result_of(smart), result_of(ecole)]
    written(nina, filled(projects=uids, grew_from=[""]), draft)
    assert draft.grew_from == []


def test_what_is_unknown_foreign_or_hidden_has_no_effect(nina, ecole, smart):
    hidden = ResultFactory(project=ProjectFactory())
    sent = ["", "x", "\x00", str(hidden.uid), result_of(smart), str(ecole.uid), result_of(ecole)]

    draft = written(nina, filled(projects=[str(ecole.uid)], grew_from=sent))

    assert draft.grew_from == [result_of(ecole)]


def test_the_log_tells_of_what_had_no_effect(as_nina, nina, ecole, smart, caplog):
    practice = begun(nina)
    address = f"/en/my/practices/{practice.uid}/"

    as_nina.post(
        address, sent_from(practice, projects=[str(ecole.uid)], grew_from=["", result_of(ecole)], projects_find="x")
    )
    assert "without effect" not in caplog.text
    practice = reread(practice)
    as_nina.post(address, sent_from(practice, projects=[str(ecole.uid)], grew_from=["", result_of(smart)]))

    assert "values that are not offered in grew_from" in caplog.text
    assert reread(practice).latest_draft().grew_from == []


def test_a_project_that_is_taken_out_takes_its_results_along(nina, ecole, smart):
    uids = [str(ecole.uid), str(smart.uid)]
    draft = written(nina, filled(projects=uids, grew_from=["", result_of(ecole), result_of(smart)]))

    written(nina, filled(projects=uids[1:], grew_from=["", result_of(ecole), result_of(smart)]), draft)

    assert draft.grew_from == [result_of(smart)]


def test_what_is_not_published_yet_stays_unseen(nina, ecole):
    hidden = str(ResultFactory(project=ProjectFactory()).uid)
    draft = GoodPractice(grew_from=[hidden])
    assert offered(nina, draft) == []

    written(nina, filled(projects=[str(ecole.uid)], grew_from=["", result_of(ecole)]), draft)

    assert draft.grew_from == [hidden, result_of(ecole)]


def test_a_form_that_did_not_know_of_it_leaves_it(nina, ecole):
    draft = written(nina, filled(projects=[str(ecole.uid)], grew_from=["", result_of(ecole)]))

    written(nina, filled(projects=[str(ecole.uid)]), draft)

    assert draft.grew_from == [result_of(ecole)]


def test_a_newly_ticked_project_shows_its_results_without_saving(as_nina, nina, ecole):
    practice = begun(nina)
    sent = sent_from(practice, projects=[str(ecole.uid)], title_en="Typed", change="find:grew_from")

    page = as_nina.post(f"/en/my/practices/{practice.uid}/", sent)

    assert (page.status_code, page.context["form"]["title_en"].value()) == (200, "Typed")
    assert "ECOLE: A handbook" in page.content.decode()
    assert not reread(practice).latest_draft().projects.all()


def test_reviewers_and_readers_of_versions_see_the_results_words(nina, ecole):
    practice = begun(nina)
    before = render_draft(practice.latest_draft())
    draft = practice.latest_draft()
    draft.projects.set([ecole])
    draft.grew_from = [result_of(ecole)]

    changes = {change.label: change for change in differences(before, render_draft(draft))}

    assert [inner.after for inner in changes["What it grew from"].inner] == ["ECOLE: A handbook"]


def test_two_who_wrote_at_once_see_the_results_by_their_words(as_nina, nina, ecole, smart):
    uids = [str(ecole.uid), str(smart.uid)]

    def both(draft):
        setting()(draft)
        draft.projects.set([ecole, smart])

    practice = begun(nina, edit=both)
    mine = sent_from(practice, projects=uids, grew_from=["", result_of(ecole)])
    as_nina.post(
        f"/en/my/practices/{practice.uid}/", sent_from(practice, projects=uids, grew_from=["", result_of(smart)])
    )

    response = as_nina.post(f"/en/my/practices/{practice.uid}/", mine)

    [difference] = response.context["differences"]
    assert (difference.label, difference.mine, difference.theirs) == (
        "Grew from",
        "ECOLE: A handbook",
        "Smart: A network",
    )


def test_many_results_cost_no_more_queries(nina, django_assert_num_queries):
    def drawn(count):
        project = ProjectFactory(acronym=f"P{count}")
        for _number in range(count):
            ResultFactory(project=project)
        project = publish(project)
        data = QueryDict(mutable=True)
        data.setlist("projects", [str(project.uid)])
        return lambda: str(PracticeForm(data, draft=GoodPractice(), user=nina)["grew_from"])

    one, three = drawn(1), drawn(3)
    with django_assert_num_queries(4):  # organisations, areas, projects, results
        one()
    with django_assert_num_queries(4):
        three()
