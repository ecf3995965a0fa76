"""A link that leads nowhere is told to who writes the practice and who reviews it, with the day and why."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.addresses import advice_on_links, named_now
from operations.models import LinkCheck
from practices.dead_links import of
from practices.models import Evidence, PracticeLink
from tests.factories import (
    EvidenceFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    PracticeLinkFactory,
    publish,
    texts,
)
from tests.practices.writing import begun, save

pytestmark = [pytest.mark.core, pytest.mark.django_db]

PAGE = "https://site.example/page"
DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def known(address=PAGE, state="dead", reason="gone", **more):
    return LinkCheck.objects.create(address=address, state=state, reason=reason, checked=DAY, **more)


def with_links(*addresses):
    practice = GoodPracticeFactory.build()
    practice.links = [PracticeLinkFactory.build(practice=None, url=address) for address in addresses]
    practice.evidence = []
    return practice


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (
            {},
            "The link led nowhere on 20 November 2026: the page is not there any more."
            " Put in where the page is now, or take it out.",
        ),
        (
            {"reason": "no_name"},
            "The link led nowhere on 20 November 2026: there is no such site."
            " Put in where the page is now, or take it out.",
        ),
        ({"state": "unsure", "reason": "slow"}, None),
        ({"state": "unsure", "reason": "answer", "status": 403}, None),
        ({"state": "fine", "reason": ""}, None),
        (
            {"state": "fine", "reason": "", "moved_to": "https://other.example/"},
            "The page has moved to https://other.example/ for good: write that instead.",
        ),
    ],
)
def test_what_is_said_of_a_link(check, told):
    known(**check)
    practice = with_links(PAGE)

    field = f"links-{practice.links.all()[0].uid}-url"
    assert [(each.field, each.message) for each in advice_on_links(practice)] == ([(field, told)] if told else [])


def test_the_same_page_with_https():
    known("http://site.example/", "fine", "", moved_to="https://site.example/")

    [hint] = advice_on_links(with_links("http://site.example/"))

    assert hint.message == (
        "The page is there with https, too: write https:// instead of http://, and nobody can read along."
    )


def test_a_source_of_a_figure_and_the_page_of_an_organisation_are_links_too():
    known()
    practice = GoodPracticeFactory.build()
    practice.evidence = [EvidenceFactory.build(practice=None, source_url=PAGE)]

    assert [each.field for each in advice_on_links(practice)] == [
        f"evidence-{practice.evidence.all()[0].uid}-source_url"
    ]
    assert [each.field for each in OrganisationFactory.build(website=PAGE).advice()] == ["website"]


def test_one_query_for_all_links():
    costs = []
    for number in (1, 3):
        practice = with_links(*(f"https://site.example/{each}" for each in range(number)))
        with CaptureQueriesContext(connection) as asked:
            list(advice_on_links(practice))
        costs.append(len(asked))
    assert costs == [1, 1]


def test_who_names_no_page_asks_nothing():
    with CaptureQueriesContext(connection) as asked:
        assert list(advice_on_links(with_links())) == []
    assert len(asked) == 0


def test_what_is_looked_at_is_what_is_published_and_what_is_drafted(nina):
    practice = GoodPracticeFactory()
    PracticeLinkFactory(practice=practice, url="https://published.example/")
    publish(practice)
    link = PracticeLink(title={"en": "More"}, url="https://drafted.example/")
    figure = Evidence(indicator={"en": "Visitors"}, value=900, source_url="https://source.example/")
    save(begun(nina), nina, links=[link], evidence=[figure])
    publish(OrganisationFactory(website="https://partner.example/"))

    assert sorted(set(named_now())) == [
        "https://drafted.example/",
        "https://partner.example/",
        "https://published.example/",
        "https://source.example/",
    ]


def test_the_check_of_the_form_shows_it(as_nina, nina):
    known()
    practice = save(begun(nina), nina, links=[PracticeLink(title={"en": "More"}, url=PAGE)])

    shown = as_nina.get(reverse("practices:edit", args=[practice.uid]) + "?check").content.decode()

    assert "The link led nowhere on 20 November 2026" in shown
    assert "Link 1: Address" in shown


# What is published


def published(organisation, number=1):
    practice = GoodPracticeFactory(title=texts("Open gates", "Odprta vrata"), organisation_in_charge=organisation)
    for _link in range(number):
        PracticeLinkFactory(practice=practice, url=PAGE)
    EvidenceFactory(practice=practice, source_url=PAGE)
    return publish(practice)


def test_my_work_tells_of_links_that_died_after_publication(as_nina, organisation, luka):
    known()
    practice = published(organisation)

    shown = as_nina.get(reverse("notices:my_work")).content.decode()

    assert "2 links lead nowhere" in shown
    assert f'href="{reverse("practices:edit", args=[practice.uid])}?check"' in shown
    as_nina.force_login(luka)
    assert "lead nowhere" not in as_nina.get(reverse("notices:my_work")).content.decode()


def test_who_is_at_it_already_is_not_told_again(as_nina, nina, organisation):
    known()
    practice = published(organisation)
    save(practice, nina, links=[])

    assert "lead nowhere" not in as_nina.get(reverse("notices:my_work")).content.decode()


def test_what_was_not_sure_is_not_told(as_nina, organisation):
    known(state="unsure", reason="slow")
    published(organisation)

    assert "lead nowhere" not in as_nina.get(reverse("notices:my_work")).content.decode()


def test_one_query_for_one_practice_and_for_three(nina, organisation):
    known()
    costs = []
    for _more in range(2):
        published(organisation, number=2)
        with CaptureQueriesContext(connection) as asked:
            found = list(of(nina))
        costs.append((len(asked), len(found)))
        published(organisation)

    assert [cost for cost, _found in costs] == [1, 1]
    assert [found for _cost, found in costs] == [1, 3]
