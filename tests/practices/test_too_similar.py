"""Who writes what is published already is told so: which practice it is, and how much alike the two are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.models import GoodPractice
from practices.too_similar import too_similar
from tests.factories import GoodPracticeFactory, publish, texts, withdraw
from tests.practices.writing import begun, filled

pytestmark = [pytest.mark.core, pytest.mark.django_db]

TITLE = texts("Open gates for schools and neighbours", "Odprta vrata za šole in sosede")
SUMMARY = texts(
    "Once a year all firms of the zone open their gates and show visitors what they make.",
    "Enkrat na leto vsa podjetja v coni odprejo vrata in pokažejo obiskovalcem, kaj izdelujejo.",
)
STORY = (
    "Nobody in town knew what happened behind the long fence beside the railway. Young people looked for work elsewhere, "
    "parents warned their children of noise and lorries, and the council received complaints every single week. Managers "
    "complained that apprentices never applied, though wages were decent and training came with a certificate."
)


@pytest.fixture
def gates():
    return publish(GoodPracticeFactory(title=TITLE, summary=SUMMARY, problem_and_context=texts(STORY, "")))


def told(**fields) -> list[tuple[str, str, str]]:
    known = {"title": texts("Another thing", "Nekaj drugega"), "summary": texts("Nothing of it.", "Nič od tega.")}
    draft = GoodPracticeFactory.build(**known | fields)
    return [(each.field, each.language, _how(each.message)) for each in too_similar(draft)]


def _how(message: str) -> str:
    begins = "Much like “Open gates for schools and neighbours”, which is published: "
    ends = ". If it is the same, write there; else say what differs."
    assert message.startswith(begins) and message.endswith(ends)
    return message[len(begins) : -len(ends)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"title": TITLE}, [("title", "en", "the title is the same")]),
        ({"title": {"sl": "ODPRTA VRATA, za sole in sosede!"}}, [("title", "sl", "the title is the same")]),
        (
            {"title": texts("Open gates for the schools and the neighbour", "Vrata")},
            [("title", "en", "the title has almost the same words")],
        ),
        ({"title": texts("Open gates", "Vrata")}, []),
        (
            {"title": texts("Gates", "Vrata"), "summary": SUMMARY},
            [("summary", "en", "all or nearly all of the summary’s words are the same")],
        ),
        (
            {
                "title": {"sl": "Dan podjetij"},
                "summary": {
                    "sl": "Vsa podjetja v conah enkrat letno odpirajo vrata; obiskovalcem pokažejo, kaj izdelujejo."
                },
                "original_language": "sl",
            },
            [("summary", "sl", "four fifths of the summary’s words are the same")],
        ),
        (
            {
                "title": texts("Gates", "Vrata"),
                "summary": texts("All firms of the zone open.", ""),
                "how_it_works": texts(STORY, ""),
            },
            [
                (
                    "summary",
                    "en",
                    "all or nearly all of the summary’s words are the same, "
                    "all or nearly all of the description’s words stand there, too",
                )
            ],
        ),
        ({"title": {"it": "Cancelli aperti"}, "summary": {"it": "Una volta all'anno."}, "original_language": "it"}, []),
    ],
)
def test_how_much_alike(gates, fields, expected):
    assert told(**fields) == expected


def test_the_message_leads_there(gates):
    [similar] = too_similar(GoodPracticeFactory.build(title=TITLE))

    path = reverse("catalogue:record", args=["practices", gates.slug])
    assert similar.links == (("Read “Open gates for schools and neighbours”", path),)
    assert similar.is_advice


def test_it_is_not_like_itself(gates):
    assert list(too_similar(gates)) == []
    assert list(too_similar(gates.latest_draft())) == []


def test_what_is_withdrawn_or_merged_is_compared_with_nothing(gates):
    other = publish(GoodPracticeFactory(title=texts("Green roofs", "Zelene strehe")))
    withdraw(gates, reason="merged", merged_into=other.uid)

    assert told(title=TITLE, summary=SUMMARY) == []


def test_drafts_of_others_stay_theirs(janez):
    begun(janez, edit=lambda draft: [setattr(draft, "title", TITLE), setattr(draft, "summary", SUMMARY)])

    assert told(title=TITLE, summary=SUMMARY) == []


def test_neither_a_draft_of_what_is_published_is_compared(gates, nina):
    """Only what everybody reads."""
    gates.title = texts("What nobody knows yet", "Česar še nihče ne ve")
    gates.save_revision(clean=False)

    assert told(title=gates.title) == []


@pytest.mark.parametrize("title", ["", "a", "'", '"', "AND OR NOT", "x' | '", "⁠", "NEAR(open gates)", "🙂🙂", "& | !"])
def test_any_title_can_be_looked_for(gates, title):
    assert [each.message for each in too_similar(GoodPracticeFactory.build(title={"en": title}, summary={}))] == []


def test_one_query_whatever_there_is(gates):
    draft = GoodPracticeFactory.build(title=TITLE, summary=SUMMARY)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            found = list(too_similar(draft))
        counts.append((len(asked), len(found)))
        for _each in range(3):
            publish(GoodPracticeFactory(title=TITLE, summary=SUMMARY))

    assert counts == [(1, 1), (1, 3)]


# Where it is said


def test_the_check_says_it_and_so_does_the_first_save(as_nina, gates):
    link = f'href="{reverse("catalogue:record", args=["practices", gates.slug])}"'
    saved = as_nina.post(reverse("practices:new"), filled(title_en=TITLE["en"]))
    form = reverse("practices:edit", args=[GoodPractice.objects.exclude(pk=gates.pk).get().uid])

    pages = [as_nina.get(address).content.decode() for address in (saved.url, f"{form}?check", form)]

    assert saved.url == f"{form}?begun"
    assert [link in page for page in pages] == [True, True, False]


def test_what_is_like_nothing_else_is_saved_without_a_word(as_nina, gates):
    saved = as_nina.post(reverse("practices:new"), filled(summary_en="Apprentices mend bicycles for their neighbours."))

    assert saved.url == reverse("practices:edit", args=[GoodPractice.objects.exclude(pk=gates.pk).get().uid])
