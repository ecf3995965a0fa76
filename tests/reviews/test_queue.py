"""What waits for a reviewer stands in one list, oldest first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from wagtail.models import TaskState

from catalogue import reviewing
from tests.factories import publish, reread
from tests.partners.factories import IndustrialAreaFactory
from tests.practices.writing import submitted, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]
QUEUE = "/en/my/reviews/"


def titled(title, language="en"):
    def edit(draft):
        whole(draft)
        draft.original_language = language
        texts = ("summary", "problem_and_context", "how_it_works", "stakeholders_and_beneficiaries")
        for name in texts:
            setattr(draft, name, {language: "Short."})
        draft.title = {language: title}

    return edit


def waiting(practice, days):
    step = practice.current_workflow_task_state
    TaskState.objects.filter(pk=step.pk).update(started_at=now() - timedelta(days=days))
    return practice


def area_of(organisation, by):
    area = publish(IndustrialAreaFactory(manager=organisation))
    reviewing.save_draft(
        record=area,
        by=by,
        edit=lambda draft: setattr(draft, "topics", ["green-marketing"]),
        expected_revision=area.latest_revision_id,
    )
    reviewing.submit(record=area, by=by)
    return reread(area)


def rows(client, **filters):
    return [[cell["text"] for cell in row] for row in client.get(QUEUE, filters).context["rows"]]


def test_the_oldest_comes_first(browser, nina, marta, organisation):
    waiting(submitted(nina, organisation, titled("Younger")), days=1)
    waiting(submitted(nina, organisation, titled("Starejša", "sl")), days=12)
    submitted(nina, organisation, titled("Of today"))

    assert rows(browser(marta)) == [
        ["Starejša", "12 days", "Review", "Slovenian", "Bistra Ptuj", "Good practice"],
        ["Younger", "1 day", "Review", "English", "Bistra Ptuj", "Good practice"],
        ["Of today", "less than a day", "Review", "English", "Bistra Ptuj", "Good practice"],
    ]


def test_it_can_be_narrowed_by_kind_and_language(browser, nina, marta, organisation):
    submitted(nina, organisation, titled("In English"))
    submitted(nina, organisation, titled("Po slovensko", "sl"))
    area = area_of(organisation, nina)
    client = browser(marta)

    assert [row[0] for row in rows(client, language="sl")] == ["Po slovensko"]
    assert [row[0] for row in rows(client, kind="areas")] == [str(area)]
    assert rows(client, kind="areas", language="sl") == []
    assert len(rows(client, kind="nothing", language="xx")) == 3
    page = client.get(QUEUE, {"language": "de"})  # the last of them was decided a moment ago
    assert (page.context["rows"], page.context["filters"].errors) == ([], {})
    assert "Shown here: 0 of 3." in page.content.decode()


def test_each_reads_what_waits_for_her(browser, nina, janez, marta, luka, organisation):
    submitted(janez, organisation, titled("To check"))
    submitted(nina, organisation, titled("To review"))

    assert [row[:3:2] for row in rows(browser(nina))] == [["To check", "Check for your organisation"]]
    assert [row[:3:2] for row in rows(browser(marta))] == [["To review", "Review"]]
    assert rows(browser(luka)) == rows(browser(janez)) == []


def test_my_work_leads_to_it(browser, nina, marta, organisation):
    submitted(nina, organisation)

    assert f'href="{QUEUE}"' in browser(marta).get(reverse("notices:my_work")).content.decode()


def test_a_hundred_cost_as_much_as_three(browser, nina, marta, organisation):
    client = browser(marta)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(QUEUE).status_code == 200
        return len(captured)

    for number in range(3):
        submitted(nina, organisation, titled(f"Practice {number}"))
    cost()
    before = cost()
    for number in range(97):
        submitted(nina, organisation, titled(f"Practice {number} more"))
    assert cost() == before
    assert len(rows(client, page=2)) == 50
