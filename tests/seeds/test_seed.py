"""`manage.py seed`: what it loads, that it may run at every start, and that it never takes anything from people."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from accounts.models import User
from catalogue import upkeep
from catalogue.models import CatalogueState, Entry, EntryVersion, Reference
from catalogue.surroundings import Surroundings
from events.models import Event
from partners.models import IndustrialArea, Membership, Organisation
from practices.models import GoodPractice
from practices.readiness import GUIDED_PARTS, GUIDED_PARTS_LIMIT
from projects.models import Participation, Programme, Project, Result
from seeds import contents, loading, reading
from tests.factories import UserFactory
from tests.seeds.conftest import seed

pytestmark = [pytest.mark.django_db, pytest.mark.core, pytest.mark.usefixtures("seeded")]

SEEDED = {
    "programmes": 5,
    "partners": 33,
    "projects": 12,
    "areas": 3,
    "practices": 12,
    "library": 6,
    "events": 7,
    "action-plans": 2,
}
EXAMPLES = {"partners": 1, "projects": 1, "practices": 12, "areas": 3, "library": 4, "events": 7, "action-plans": 1}
CAPITALISED = ["COBRAMAN", "ECOMARK", "ENERSCAPES", "KnowIng", "MEDTECHNOPOLIS", "MEID", "SEPA"]
WRITES = ("INSERT", "UPDATE", "DELETE")


def project(acronym: str) -> Project:
    return Project.objects.with_parts().get(acronym=acronym)


def document(record) -> dict:
    return Entry.objects.visible().get(uid=record.uid).record


def texts_in(value):
    """Every text map in a document."""
    if isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, dict):
        if value and value.keys() <= {"en", "sl", "it", "de", "fr"} and all(isinstance(t, str) for t in value.values()):
            yield value
        else:
            yield from texts_in(list(value.values()))


# What is loaded


def test_everything_is_published_and_the_catalogue_agrees():
    kinds = Entry.objects.visible().values_list("kind", flat=True)

    assert {kind: list(kinds).count(kind) for kind in SEEDED} == SEEDED
    assert upkeep.check() == []


def test_examples_say_that_they_are():
    marked = Entry.objects.filter(example=True)

    assert Counter(marked.values_list("kind", flat=True)) == EXAMPLES
    assert all(entry.record["example"] is True for entry in marked)


def test_every_list_of_an_organisation_a_project_and_an_area_is_seen_filled():
    def lists_of(kind: str, key: str) -> set[str]:
        around = Surroundings(Entry.objects.get(uid=contents.uid_of(kind, key)).record)
        return {group.kind.name for group in around.groups()}

    assert lists_of("partners", "zgled") >= {"projects", "practices", "events", "areas", "action-plans"}
    assert lists_of("projects", "zgled") >= {"practices", "events", "action-plans"}
    assert lists_of("areas", "old-sawmill-zone") >= {"events", "action-plans"}


def test_nothing_invented_is_said_of_whom_or_what_exists():
    assert not Event.objects.filter(Q(host__example=False) | Q(project__example=False)).exists()
    assert not IndustrialArea.objects.filter(manager__example=False).exists()
    assert not Participation.objects.filter(Q(organisation__example=True) ^ Q(project__example=True)).exists()


def test_smart_region_has_its_fifteen_partners_as_printed():
    rows = list(project("Sm@rt Region").participations.all())

    assert len(rows) == 15
    assert [(str(row.organisation.name_original), row.role) for row in rows if row.role != "partner"] == [
        ("ZRS Bistra Ptuj", "lead_partner")
    ]
    varazdin, vojvodina = (next(row for row in rows if row.source_line == line) for line in (28, 29))
    assert (varazdin.country, varazdin.country_as_printed) == ("HR", "")
    assert (vojvodina.country, vojvodina.country_as_printed) == ("CSXX", "Srbija, Črna gora")
    gera = next(row for row in rows if row.source_line == 21)
    assert gera.name_as_printed == "irtschaftsverband Gera – Ronneburg 2007 e.V."
    assert gera.organisation.name_original == "Wirtschaftsverband Gera – Ronneburg 2007 e.V."


def test_smart_regions_document_says_the_same():
    record = document(project("Sm@rt Region"))

    assert record["pages"] == {"en": "/en/projects/smart-region/", "sl": "/sl/projects/smart-region/"}
    assert [each["organisation"]["title"].get("sl") for each in record["participations"]][0] == "ZRS Bistra Ptuj"
    line_28 = next(each for each in record["participations"] if each["source"]["line"] == 28)
    assert (line_28["country"], line_28["country_as_printed"]) == ("HR", None)
    assert "CSXX" in [each["country"] for each in record["participations"]]


def test_ecole_keeps_the_two_budgets_apart():
    record = document(project("ECOLE"))

    assert (record["total_budget"], record["cofinancing_rate"]) == ("2591200.00", None)
    (sora,) = record["participations"]
    assert sora["organisation"]["title"]["sl"] == "Razvojna agencija Sora d. o. o."
    assert (sora["total_eligible_budget"], sora["cofinancing_amount"]) == ("180000.00", "135000.00")
    assert sora["cofinancing_rate"] == "75.00"


def test_tcm_aims_at_twenty_in_each_of_two_years():
    (yearly,) = [each for each in project("TCM").indicators.all() if each.target_per_year]

    assert (yearly.target, yearly.target_is_minimum, yearly.target_years) == (Decimal(20), True, [2016, 2017])
    assert [each["target"] for each in document(project("TCM"))["indicators"]] == ["20", None]


def test_mer_builds_on_seven_projects_each_with_its_public_source():
    mer = project("MER")

    assert sorted(each.acronym for each in mer.capitalises.all()) == CAPITALISED
    assert len(document(mer)["capitalises"]) == 7
    for each in mer.capitalises.all():
        assert all(note["publication"] for note in each.source_notes), each
        assert all(result.source_publication for result in each.results.all()), each


def test_the_first_version_of_mer_already_names_what_it_builds_on():
    version = EntryVersion.objects.get(entry__uid=project("MER").uid)

    assert (version.number, len(version.record["capitalises"])) == (1, 7)


def test_every_project_has_a_complete_document():
    for each in Project.objects.filter(example=False):
        record = document(each)
        assert record["summary"] and record["topics"] and record["results"] and record["source_notes"], each
        if each.acronym != "TCM":  # which is itself a national programme
            assert record["programme"] and record["funding_statement"], each


@pytest.mark.parametrize("acronym", ["MER", "Sm@rt Region", "ECOLE", "TCM"])
def test_a_seed_project_has_partners_objectives_and_dates(acronym):
    record = document(project(acronym))

    assert record["participations"] and record["objectives"] and record["start"] and record["end"]


def test_texts_stand_in_both_languages_everywhere():
    # A name is no text: it stands in its own language, and in English where it has an English form.
    names = [organisation.title_map.data for organisation in Organisation.objects.all()]

    one_sided = [
        (entry.slug, text)
        for entry in Entry.objects.visible()
        for text in texts_in(entry.record | {"pages": None, "translations": None})
        if text not in names and text.keys() < {"en", "sl"}
    ]

    assert one_sided == []


def test_an_english_name_is_what_english_readers_see():
    differing = [
        (each.name_english, each.title_map.data.get("en"))
        for each in Organisation.objects.exclude(name_english="")
        if each.title_map.data.get("en") != each.name_english
    ]

    assert differing == []


def test_practices_keep_the_limits_of_the_form():
    for practice in GoodPractice.objects.all():
        for language in ("en", "sl"):
            assert len(practice.title.data[language]) <= 100
            assert len(practice.summary.data[language]) <= 160
            assert sum(len(getattr(practice, name).data[language]) for name in GUIDED_PARTS) <= GUIDED_PARTS_LIMIT


def test_practices_grow_from_results_of_their_projects_and_belong_to_nobody():
    for practice in GoodPractice.objects.all():
        roots = Result.objects.filter(uid__in=practice.grew_from)
        assert 0 < len(practice.grew_from) == roots.count()
        assert {root.project for root in roots} <= set(practice.projects.all())
        assert practice.organisation_in_charge is not None
        assert practice.owner is None


def test_programmes_tell_their_sources():
    cadses = Programme.objects.get(acronym="CADSES")

    assert {(note["document"], note["line"]) for note in cadses.source_notes if note["field"] == "name"} == {
        ("002_acd9985b290395b8.txt", 11),
        ("002_acd9985b290395b8.txt", 33),
        (None, None),
    }


# The second run


def everything() -> tuple:
    return (
        CatalogueState.objects.current().position,
        list(Entry.objects.order_by("pk").values_list("pk", "version", "etag", "position")),
        EntryVersion.objects.count(),
        Reference.objects.count(),
        Revision.objects.count(),
        Result.objects.count(),
    )


def test_a_second_run_writes_nothing():
    before = everything()

    with CaptureQueriesContext(connection) as queries:
        said = seed()

    assert everything() == before
    assert [each["sql"] for each in queries if each["sql"].lstrip().upper().startswith(WRITES)] == []
    records = [f"{kind}: 0 published, {number} unchanged" for kind, number in SEEDED.items()]
    assert said == [*records, "pages: 0 made"]


def test_a_second_run_asks_the_same_however_much_there_is():
    files = reading.read()

    with CaptureQueriesContext(connection) as queries:
        list(loading.load(files))

    assert len(queries) <= 5 * len(SEEDED)  # savepoint, lock, records, what was loaded, release


def test_identities_follow_from_the_keys_alone():
    smart_region = project("Sm@rt Region")

    assert str(smart_region.uid) == "3a531839-62f9-5feb-a77c-374c1e28e4c3"
    assert [str(each.uid) for each in smart_region.results.all()] == [
        contents.uid_of("projects", "smart-region", "results", n) for n in range(4)
    ]


# What people have changed


def test_an_edited_record_stays_as_people_left_it():
    ecole = project("ECOLE")
    ecole.summary = {"en": "Edited by hand.", "sl": "Urejeno na roko."}
    ecole.save_revision(user=UserFactory()).publish()
    before = everything()

    said = seed()

    assert everything() == before
    assert project("ECOLE").summary.data["en"] == "Edited by hand."
    assert said[2] == "projects: 0 published, 11 unchanged, 1 left as people changed them (ecole)"


def test_a_draft_of_somebodys_is_not_overwritten():
    practice = GoodPractice.objects.first()
    practice.title = {"en": "A better title", "sl": "Boljši naslov"}
    draft = practice.save_revision(user=UserFactory())

    seed_with_changed_practices()

    practice.refresh_from_db()
    assert practice.latest_revision_id == draft.pk
    assert "Boljši" not in str(practice.title.data)


def test_a_withdrawn_record_stays_withdrawn():
    partner = Organisation.objects.get(name_original="ReFIT r.s.")
    partner.unpublish()

    said = seed()

    partner.refresh_from_db()
    assert not partner.live
    assert "(refit)" in said[1]


def test_what_the_files_say_anew_is_published_over_what_they_said():
    practice = GoodPractice.objects.get(uid=contents.uid_of("practices", "shade-first"))
    somebody = UserFactory()
    GoodPractice.objects.filter(pk=practice.pk).update_ledger(owner=somebody, organisation_in_charge=None)

    outcomes = seed_with_changed_practices()

    practice.refresh_from_db()
    assert (outcomes["practices"].published, outcomes["projects"].unchanged) == (12, 12)
    assert practice.title.data["en"].startswith("Changed: ")
    assert document(practice)["version"] == 2
    assert (practice.owner, practice.organisation_in_charge) == (somebody, None)
    assert seed_with_changed_practices()["practices"].unchanged == 12


def test_links_to_results_survive_a_change_of_their_project():
    roots = list(GoodPractice.objects.order_by("pk").values_list("grew_from", flat=True))
    files = reading.read()
    for each in files["projects"].values():
        each["keywords"] = ["changed"]

    list(loading.load(files))

    found = set(map(str, Result.objects.values_list("uid", flat=True)))
    assert all(uid in found for uids in roots for uid in uids)
    assert upkeep.check() == []


def seed_with_changed_practices() -> dict[str, loading.Outcome]:
    files = reading.read()
    for item in files["practices"].values():
        item["title"] = {language: f"Changed: {text}" for language, text in item["title"].items()}
    return {outcome.kind: outcome for outcome in loading.load(files)}


# Demo users


def test_without_the_demo_there_are_no_users(settings):
    settings.DEMO = False

    said = seed()

    assert User.objects.count() == 0
    assert len(said) == len([*SEEDED, "pages"])


def test_demo_users_act_for_their_organisations(settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path

    said = seed()

    assert said[-1] == f"demo users: 6 made; passwords in {tmp_path / 'demo-users.txt'}"
    belonging = Membership.objects.order_by("user__email")
    assert list(belonging.values_list("user__email", "organisation__name_original", "role")) == [
        ("partner-elsewhere@example.org", "Razvojna agencija Sora d. o. o.", "coordinator"),
        ("partner2@example.org", "ZRS Bistra Ptuj", "member"),
        ("partner@example.org", "ZRS Bistra Ptuj", "coordinator"),
    ]


def test_a_membership_that_was_ended_is_not_renewed(settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    seed()
    Membership.objects.get(user__email="partner@example.org").delete()

    seed()

    assert Membership.objects.count() == 2
