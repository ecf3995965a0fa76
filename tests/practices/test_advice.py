"""What would make a practice better: hints that keep nobody from submitting it, for author and reviewer alike."""

import pytest
from django.urls import reverse

from catalogue import reviewing
from practices.models import Evidence, GoodPractice
from tests.factories import EvidenceFactory, GoodPracticeFactory, OrganisationFactory, texts
from tests.practices.writing import begun, save, submitted, whole

pytestmark = [pytest.mark.core, pytest.mark.django_db]

GUIDED = ("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries")


def practice(**fields) -> GoodPractice:
    return GoodPracticeFactory.build(**{"organisation_in_charge": OrganisationFactory()} | fields)


def hints(practice) -> list[tuple[str, str, str]]:
    return [(hint.field, hint.language, hint.message) for hint in practice.advice()]


SHOUTING = "Capitals throughout read like shouting: write it as in a sentence."
AGAIN = "It says the title again. Say in it what the title leaves out: for whom, how, or what came of it."
CURRENCY = "Say in which currency: the amount says little without it."
PRICES = "Say of which year the prices are: others reckon with it."


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, []),
        ({"title": texts("OPEN day at the NUTS office of Ptuj", "Odprta vrata")}, []),
        ({"title": texts("OPEN GATES EVERY Thursday", "Odprta vrata")}, [("title", "en", SHOUTING)]),
        ({"title": texts("Open gates", "ODPRTA VRATA CONE")}, [("title", "sl", SHOUTING)]),
        ({"title": texts("EU, SME and UK: ABC of LCA", "Odprta vrata")}, []),  # short words are names
        ({"title": texts("What the area did", "Vrata")}, [("summary", "en", AGAIN)]),
        ({"title": texts("Vrata", "KAJ je območje naredilo?")}, [("summary", "sl", AGAIN)]),
        ({"summary": texts("Firms, schools and the town met for a day each year.", "Enkrat na leto se srečajo.")}, []),
        ({"resources_setup_amount": 40, "resources_setup_year": 2020}, []),
        ({"resources_setup_amount": 40}, [("resources_setup_year", "", PRICES)]),
        (
            {"resources_running_amount": 0, "resources_running_currency": "", "resources_running_year": 2020},
            [("resources_running_currency", "", CURRENCY)],
        ),
        ({"resources_running_currency": "", "resources_running_year": None}, []),
    ],
)
def test_what_could_be_better_is_said_at_its_field(fields, told):
    assert hints(practice(**fields)) == told


def test_a_translation_that_is_begun_is_counted():
    begun = practice(**{name: texts("It stands in English alone.", "") for name in GUIDED})

    assert hints(begun) == [
        (
            "problem_and_context",
            "sl",
            "The translation into Slovenian is begun; 3 of 5 texts are not there yet.",
        )
    ]


def test_one_text_more_than_the_translation_is_no_matter():
    assert hints(practice(challenges=texts("Money.", ""))) == []


def with_figure(**fields) -> list[tuple[str, str]]:
    whole = practice()
    whole.evidence = [EvidenceFactory.build(practice=None, **fields)]
    begins = f"evidence-{whole.evidence.all()[0].uid}-"
    return [(field.removeprefix(begins), message) for field, _language, message in hints(whole)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"source_publication": "Yearly report, page 4"}, []),
        ({"source_document": "S02", "source_line": 7}, []),
        ({"source_url": "https://report.example/"}, []),
        ({"source_publication": "Yearly report", "year": None}, [("year", "Say of which year the figure is.")]),
        (
            {},
            [
                (
                    "source_publication",
                    "Say where the figure can be read, or who counted: it is believed more easily then.",
                )
            ],
        ),
        ({"value": None, "year": None}, []),  # that is missing altogether, and asked for
    ],
)
def test_a_figure_says_of_when_it_is_and_where_it_stands(fields, told):
    assert with_figure(**fields) == told


def loud(draft: GoodPractice) -> None:
    whole(draft)
    draft.title = {"en": "OPEN GATES EVERY MAY"}


def test_hints_keep_nobody_from_submitting(nina, organisation, marta):
    practice = submitted(nina, organisation, loud)

    assert [hint.is_advice for hint in practice.latest_draft().advice()] == [True]
    assert list(GoodPractice.objects.reviewable_by(marta)) == [practice]


# What author and reviewer read


def lines(response) -> list[tuple[str, str, str, str]]:
    """(section, severity, label, message), as the page shows them."""
    return [
        (group.title, str(line.problem.severity), line.label, line.problem.message)
        for group in response.context["checks"].groups
        for line in group.lines
    ]


def test_author_and_reviewer_read_the_same_in_the_same_order(as_nina, nina, marta, organisation):
    figure = Evidence(indicator={"en": "Visitors"}, value=900, year=2024)
    practice = save(begun(nina, organisation, loud), nina, evidence=[figure])
    author = as_nina.get(reverse("practices:edit", args=[practice.uid]) + "?check")
    as_nina.post(reverse("practices:submit", args=[practice.uid]))
    as_nina.force_login(marta)

    reviewer = as_nina.get(reverse("reviews:review", args=[practice.uid]))

    told = "Say where the figure can be read, or who counted: it is believed more easily then."
    assert lines(author) == [
        ("In short", "advice", "Title (English)", SHOUTING),
        ("What came of it", "advice", "Figure 1: Where it can be read", told),
    ]
    assert lines(reviewer) == lines(author)
    assert [line.url for group in author.context["checks"].groups for line in group.lines] == [
        "#id_title_en",
        f"#id_evidence-{figure.uid}-source_publication",
    ]
    shown = reviewer.content.decode()
    urls = [line.url for group in reviewer.context["checks"].groups for line in group.lines]
    assert urls == ["#field-title", f"#field-evidence-{figure.uid}"]
    assert [f'id="{url[1:]}"' in shown for url in urls] == [True, True]
    assert "2 hints" in shown


def test_the_form_always_says_how_much_there_is_to_do(as_nina, nina):
    practice = save(begun(nina, edit=loud), nina, summary={})

    shown = as_nina.get(reverse("practices:edit", args=[practice.uid])).content.decode()

    assert "2 things to put right, 1 hint" in shown
    assert f'href="{reverse("practices:edit", args=[practice.uid])}?check"' in shown


def test_what_nobody_has_saved_yet_is_not_reproached_with_all_that_it_lacks(as_nina):
    assert as_nina.get(reverse("practices:new")).context["checks"] is None


def test_what_has_come_to_lack_since_it_was_submitted_the_reviewer_reads_too(as_nina, nina, marta, organisation):
    practice = submitted(nina, organisation, loud)
    GoodPractice.objects.filter(pk=practice.pk).update(organisation_in_charge=None)
    as_nina.force_login(marta)

    page = as_nina.get(reverse("reviews:review", args=[practice.uid]))

    assert [line[:2] for line in lines(page)] == [("In short", "advice"), ("Who stands behind it", "must")]
    assert "1 thing to put right, 1 hint" in page.content.decode()


def in_one_language(draft):
    whole(draft)
    draft.title = {"en": "Open-yard day"}


def test_where_there_is_nothing_to_do_it_says_so(as_nina, nina, marta, organisation):
    practice = submitted(nina, organisation, in_one_language)
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)

    shown = as_nina.get(reverse("practices:edit", args=[practice.uid]))

    assert shown.context["checks"].groups == []
    assert "Nothing is missing, and there are no hints." in shown.content.decode()
    assert "0 things" not in shown.content.decode()
