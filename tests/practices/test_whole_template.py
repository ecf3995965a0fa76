"""The page and the document of a practice that fills the whole template."""

import re
from datetime import date

import pytest
from django.utils.html import strip_tags

from catalogue import publication
from practices.models import GoodPractice
from practices.templatetags.practice_page import practice_facts
from practices.templatetags.practice_parts import evidence_rows, links_onward, resource_facts
from tests.factories import (
    BuildingBlockFactory,
    EvidenceFactory,
    GoodPracticeFactory,
    PracticeImageFactory,
    PracticeLinkFactory,
    publish,
    republish,
    reread,
    texts,
)
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]

RESOURCES = {
    "resources_setup_amount": "12000.00",
    "resources_setup_year": 2019,
    "resources_setup_text": texts("A desk and a telephone.", "Miza in telefon."),
    "resources_running_fte": "0.50",
}
OPINION = {
    "expert_opinion": texts("It lasts.", "Traja."),
    "expert_opinion_name": "Marko Primer",
    "expert_opinion_network": "MER",
    "expert_opinion_date": date(2026, 3, 18),
}


def whole(**fields) -> GoodPractice:
    practice = GoodPracticeFactory(
        **RESOURCES
        | {
            "evidence_of_success": texts("Forty-one firms called.", "Klicalo je enainštirideset podjetij."),
            "challenges": texts("Winter mornings.", "Zimska jutra."),
            "success_factors": texts("One name on the door.", "Eno ime na vratih."),
            "hampering_factors": texts("Permits.", "Dovoljenja."),
            "preconditions": texts("Fifteen firms.", "Petnajst podjetij."),
            "potential_for_transfer": texts("Any zone can do it.", "Zmore vsaka cona."),
            "sdgs": [17, 9],
            "nace": ["C"],
            "author": "Ana Zgled",
            "contact_name": "Luka Zgled",
            "contact_agreed": True,
            "areas": [publish(IndustrialAreaFactory(name=texts("Old Zone", "Stara cona")))],
        }
        | fields
    )
    BuildingBlockFactory(practice=practice, lessons=texts("Ring on Monday.", "Pokličite v ponedeljek."))
    EvidenceFactory(practice=practice, confidence="high", source_publication="Yearbook 2020")
    PracticeLinkFactory(practice=practice)
    GoodPractice.objects.filter(pk=practice.pk).update_ledger(confirmed_on=date(2026, 5, 14), **OPINION)
    return publish(reread(practice))


def article(client, practice) -> str:
    page = client.get(f"/en/practices/{practice.slug}/").content.decode()
    return page[page.index('<article class="prose">') : page.index("</article>")]


def headings(text: str) -> list[str]:
    return [strip_tags(each) for each in re.findall(r"<h[234][^>]*>(.*?)</h[234]>", text)]


# The document


def test_the_document_tells_resources_blocks_and_evidence():
    document = whole().entry.record

    assert document["resources_setup"] == {
        "amount": "12000.00",
        "currency": "EUR",
        "year": 2019,
        "fte": None,
        "text": texts("A desk and a telephone.", "Miza in telefon."),
    }
    assert document["resources_running"]["fte"] == "0.5"
    [block], [evidence], [link] = document["building_blocks"], document["evidence"], document["links"]
    assert (block["title"]["en"], block["enabling_factors"]) == ("One name on the door", None)
    assert (evidence["value"], evidence["year"], evidence["confidence"]) == ("41", 2020, "high")
    assert evidence["source"]["publication"] == "Yearbook 2020"
    assert link["url"] == "https://handbook.example/"
    assert (document["sdgs"], document["nace"], document["author"]) == ([9, 17], ["C"], "Ana Zgled")


def test_what_nobody_knows_is_absent():
    document = publish(GoodPracticeFactory()).entry.record

    absent = ("resources_setup", "resources_running", "evidence_of_success", "contact", "author", "expert_opinion")
    assert {document[name] for name in (*absent, "confirmed_on")} == {None}
    assert [document[name] for name in ("building_blocks", "evidence", "links", "areas", "sdgs", "nace")] == [[]] * 6
    assert document["entry_type"] == "full"


def test_an_area_that_is_a_draft_is_not_named():
    practice = publish(GoodPracticeFactory(areas=[IndustrialAreaFactory()]))

    assert practice.entry.record["areas"] == []


def test_a_contact_who_has_not_agreed_is_named_nowhere(client):
    practice = publish(GoodPracticeFactory(contact_name="Maja Skrita"))

    assert "Skrita" not in practice.entry.document
    assert "Skrita" not in client.get(f"/en/practices/{practice.slug}/").content.decode()


def test_expert_opinion_and_confirmation_outlast_a_new_version():
    practice = republish(whole(), title=texts("Another", "Druga"))

    opinion = practice.entry.record["expert_opinion"]
    assert opinion == {
        "text": texts("It lasts.", "Traja."),
        "name": "Marko Primer",
        "date": "2026-03-18",
        "network": "MER",
        "version": None,
    }
    assert practice.entry.record["confirmed_on"] == "2026-05-14"


@pytest.mark.parametrize(
    "words", ["telephone", "zimska", "Monday", "petnajst", "predelovalne", "partnerships", "handbook"]
)
def test_practices_are_found_by_their_further_texts(client, words):
    practice = whole()

    found = client.get("/api/v1/practices/", {"q": words}).json()

    assert [record["uid"] for record in found["results"]] == [str(practice.uid)]


def test_practices_of_an_area_are_found_by_it(client):
    practice = whole()
    publish(GoodPracticeFactory())

    found = client.get("/api/v1/practices/", {"area": str(practice.areas.get().uid)}).json()

    assert [record["uid"] for record in found["results"]] == [str(practice.uid)]


# The page


def test_the_page_reads_from_the_problem_to_passing_it_on(client):
    text = article(client, whole())

    assert headings(text) == [
        *("The problem", "How it works", "Who takes part, and who gains"),
        *("Building blocks", "One name on the door", "What was learned"),
        *("What it takes", "To set it up"),
        "What came of it",
        *("What helped, and what hindered", "What helped", "What hindered", "What was hard"),
        *("Passing it on", "What must be there first", "What others can make of it"),
        *("An expert’s opinion", "Read on"),
    ]
    assert re.findall("<figcaption>(.*?)</figcaption>", text) == ["Marko Primer, MER, 18 March 2026"]


def test_a_snapshot_has_no_empty_headings(client):
    guided = dict.fromkeys(("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries"), {})

    assert headings(article(client, publish(GoodPracticeFactory(entry_type="snapshot", **guided)))) == []


def test_the_facts_tell_money_posts_and_people():
    told = {fact["label"]: fact for fact in practice_facts(whole().entry.record)}

    assert [line["text"] for line in told["Setting it up"]["lines"]] == ["€12,000"]
    assert [line["text"] for line in told["Running it"]["lines"]] == ["full-time posts: 0.5"]
    assert [line["text"] for line in told["UN goals"]["lines"]][0] == "9 Industry, innovation and infrastructure"
    values = {label: told[label]["value"] for label in ("Contact", "Written by", "Still true")}
    assert values == {"Contact": "Luka Zgled", "Written by": "Ana Zgled", "Still true": "confirmed on 14 May 2026"}
    assert [line["text"] for line in told["In the area"]["lines"]] == ["Old Zone"]


def test_what_a_year_costs_is_told_as_such():
    record = publish(GoodPracticeFactory(resources_running_amount="1900", resources_running_year=2025)).entry.record

    [fact] = resource_facts(record)

    assert fact["lines"] == [{"text": "€1,900 a year", "note": "in the money of 2025"}]


def test_a_figure_stands_with_its_unit_and_its_source():
    [[measured, value, year, source]] = evidence_rows(whole().entry.record)

    assert (measured["text"], value["text"], value["sub"]) == ("Firms advised", "41 firms", "measured or counted")
    assert (year["text"], source["text"]) == (2020, "Yearbook 2020")


def test_a_link_that_nobody_called_anything_is_called_by_its_site():
    practice = GoodPracticeFactory()
    PracticeLinkFactory(practice=practice, title={}, url="https://www.town.example/guide.pdf")

    [link] = links_onward(publish(reread(practice)).entry.record)

    assert (link["text"], link["site"]) == ("town.example", "")


def test_no_link_runs_a_script():
    record = {"original_language": "en", "links": [{"uid": "1", "title": {"en": "Run"}, "url": "javascript:alert(1)"}]}

    assert links_onward(record) == []


def test_the_first_picture_leads_and_the_others_follow_together(client):
    practice = GoodPracticeFactory()
    PracticeImageFactory.create_batch(3, practice=practice, credit="Ana Zgled")

    first, together = article(client, publish(reread(practice))).split('<ul class="gallery">')

    assert (first.count("<img"), together.count("<img")) == (1, 2)


def test_versions_from_before_the_whole_template_can_be_read(client):
    """Their documents know nothing of the newer fields."""
    practice = publish(GoodPracticeFactory())
    entry = practice.entry
    older = [*list(entry.record)[:16], "status", "start", "end", "geographical_scope", "problem_and_context"]
    older += ["how_it_works", "stakeholders_and_beneficiaries", "organisation_in_charge", "projects", "grew_from"]
    document = {name: entry.record[name] for name in (*older, "images", "keywords", "source_notes")}
    entry.versions.update(document=publication.dumps(document))

    page = client.get(f"/en/practices/{practice.slug}/v/1/")

    assert page.status_code == 200


def test_the_page_asks_no_more_of_the_database_for_the_whole_template(client, django_assert_max_num_queries):
    def queries_for(practice) -> int:
        with django_assert_max_num_queries(100) as counted:
            article(client, practice)
        return len(counted)

    filled, bare = whole(), publish(GoodPracticeFactory())
    article(client, publish(GoodPracticeFactory()))  # what is asked once for the whole site is asked now

    assert queries_for(filled) == queries_for(bare)
