"""A document names another record only as that record's visible entry shows it, else not at all."""

from uuid import UUID, uuid4

import pytest

from catalogue.embeds import Mentions, embed
from catalogue.models import Entry, EntryVersion
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    bare_entries,
    publish,
    republish,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def shown_by(record):
    return record.entry.record


def as_embedded(record, kind, title):
    return {"uid": str(record.uid), "kind": kind, "title": title, "url": f"/id/{record.uid}/"}


def test_a_published_organisation_is_named_with_uid_kind_title_and_url():
    organisation = publish(OrganisationFactory(name_original="Mestna občina Ptuj", name_english="City of Ptuj"))

    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))

    assert shown_by(practice)["organisation_in_charge"] == as_embedded(
        organisation, "partners", {"en": "City of Ptuj", "sl": "Mestna občina Ptuj"}
    )


def test_a_draft_organisation_never_shows_through_a_published_practice():
    draft = OrganisationFactory(name_original="Skrivna agencija", name_english="Secret Agency")
    draft.save_revision()

    practice = publish(GoodPracticeFactory(organisation_in_charge=draft))

    entry = practice.entry
    assert entry.record["organisation_in_charge"] is None
    kept = [entry.document, entry.card, entry.words.title, entry.words.body, EntryVersion.objects.get().document]
    assert [
        text for text in kept if str(draft.uid) in text or "secret" in text.lower() or "skriv" in text.lower()
    ] == []
    assert not entry.facets.filter(value=str(draft.uid)).exists()


def test_an_organisation_that_is_published_later_appears():
    draft = OrganisationFactory(name_original="Bistra", name_english="")
    practice = publish(GoodPracticeFactory(organisation_in_charge=draft))

    publish(draft)

    assert shown_by(practice)["organisation_in_charge"] == as_embedded(draft, "partners", {"sl": "Bistra"})
    assert practice.entry.facets.filter(name="organisation", value=str(draft.uid)).exists()


def test_a_renamed_organisation_changes_and_old_versions_keep_the_old_name():
    organisation = publish(OrganisationFactory(name_original="Prej", name_english=""))
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    before = EntryVersion.objects.get(entry=practice.entry).document

    republish(organisation, name_original="Potem")

    assert shown_by(practice)["organisation_in_charge"]["title"] == {"sl": "Potem"}
    assert practice.entry.short["organisation_in_charge"]["title"] == {"sl": "Potem"}
    assert EntryVersion.objects.get(entry=practice.entry).document == before


def test_a_draft_of_a_new_name_does_not_show():
    organisation = publish(OrganisationFactory(name_original="Prej", name_english=""))
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    organisation.name_original = "Osnutek"
    organisation.save_revision()

    publish(practice)

    assert shown_by(practice)["organisation_in_charge"]["title"] == {"sl": "Prej"}


def test_a_withdrawn_organisation_goes_and_comes_back_when_published_again():
    organisation = publish(OrganisationFactory())
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    shown = shown_by(practice)["organisation_in_charge"]

    withdraw(organisation)
    assert shown_by(practice)["organisation_in_charge"] is None
    assert not practice.entry.facets.filter(name="organisation").exists()

    publish(organisation)
    assert shown_by(practice)["organisation_in_charge"] == shown


def test_unseen_records_are_left_out_of_lists():
    seen, unseen = publish(ProjectFactory()), ProjectFactory()

    practice = publish(GoodPracticeFactory(projects=[seen, unseen]))

    assert [project["uid"] for project in shown_by(practice)["projects"]] == [str(seen.uid)]


def test_lists_are_empty_rather_than_absent_when_nothing_of_them_is_seen():
    practice = publish(GoodPracticeFactory(projects=[ProjectFactory()]))

    assert shown_by(practice)["projects"] == []


def test_a_part_keeps_what_its_own_record_prints_though_the_organisation_is_unseen():
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=OrganisationFactory(), name_as_printed="ZRS Bistra Ptuj")

    publish(project)

    [participation] = shown_by(project)["participations"]
    assert (participation["organisation"], participation["name_as_printed"]) == (None, "ZRS Bistra Ptuj")


def test_every_kind_of_mention_follows_its_target():
    programme, organisation, earlier = ProgrammeFactory(), OrganisationFactory(), ProjectFactory()
    project = ProjectFactory(programme=programme, capitalises=[earlier])
    ParticipationFactory(project=project, organisation=organisation)
    publish(project)
    assert named_by(project) == (None, [None], [])

    for target in (programme, organisation, earlier):
        publish(target)
    assert named_by(project) == (str(programme.uid), [str(organisation.uid)], [str(earlier.uid)])

    for target in (programme, organisation, earlier):
        withdraw(target)
    assert named_by(project) == (None, [None], [])


def named_by(project):
    document = shown_by(project)
    return (
        document["programme"] and document["programme"]["uid"],
        [part["organisation"] and part["organisation"]["uid"] for part in document["participations"]],
        [other["uid"] for other in document["capitalises"]],
    )


def test_all_mentions_are_looked_up_with_one_query(django_assert_num_queries):
    cards = [{"title": {"en": f"Entry {number}"}, "url": f"/id/{number}/"} for number in range(3)]
    entries = bare_entries(3, card=lambda index: str(cards[index]).replace("'", '"'))
    mentions = Mentions()
    document = {"all": [mentions.add("seen", entry.uid) for entry in entries], "none": mentions.add("seen", uuid4())}

    with django_assert_num_queries(1):
        resolved = mentions.resolve(document)

    assert resolved == {"all": [embed(entry) for entry in entries], "none": None}


def test_a_document_without_mentions_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Mentions().resolve({"title": {"en": "Alone"}, "list": []}) == {"title": {"en": "Alone"}, "list": []}


def test_a_mention_is_noted_once_for_each_relation():
    mentions, uid = Mentions(), UUID("0f0e0d0c-0b0a-4908-8706-050403020100")

    mentions.add("project", uid)
    mentions.add("project", uid)
    mentions.note("grew_from", str(uid))

    assert mentions.references == {("project", uid), ("grew_from", uid)}


def test_a_practice_that_names_a_withdrawn_record_can_still_be_published():
    organisation = publish(OrganisationFactory())
    practice = GoodPracticeFactory(organisation_in_charge=organisation)
    withdraw(organisation)

    publish(practice)

    assert Entry.objects.visible().get().record["organisation_in_charge"] is None
