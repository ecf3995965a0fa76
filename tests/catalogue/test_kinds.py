"""The kinds that apps register, and what each promises to lists, filters and pages."""

import pytest

from actionplans.models import LocalActionPlan
from catalogue import kinds
from catalogue.codes import PartnerType, Strand
from catalogue.facets import facets_of, uids, years
from catalogue.filters import EntryFilter
from catalogue.models.entry import KindName
from catalogue.serializers import ENVELOPE
from events.models import Event
from library.models import LibraryItem
from partners.models import IndustrialArea, Organisation
from practices.models import GoodPractice
from practices.models.resources import Resources
from projects.models import Programme, Project
from tests.actionplans.factories import MeasureFactory
from tests.events.factories import AgendaItemFactory, SpeakerFactory
from tests.every_kind import FACTORIES
from tests.factories import (
    AttachmentFactory,
    BuildingBlockFactory,
    EvidenceFactory,
    GoodPracticeFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    ParticipationFactory,
    PracticeImageFactory,
    PracticeLinkFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    UserFactory,
    publish,
)
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]

REGISTERED = kinds.all_kinds()


@pytest.fixture(params=REGISTERED, ids=lambda kind: kind.name)
def kind(request):
    return request.param


def test_kinds_stand_in_the_contracts_order():
    assert [(kind.name, kind.model) for kind in REGISTERED] == [
        ("practices", GoodPractice),
        ("projects", Project),
        ("programmes", Programme),
        ("partners", Organisation),
        ("areas", IndustrialArea),
        ("events", Event),
        ("action-plans", LocalActionPlan),
        ("library", LibraryItem),
    ]


def test_the_contracts_words_for_kinds():
    assert KindName.values == [
        *("practices", "projects", "programmes", "partners", "areas"),
        *("events", "action-plans", "adoptions", "commitments", "library"),
    ]


def test_a_kind_is_found_by_name_and_by_record():
    assert kinds.get("practices") == kinds.find("practices") == kinds.of(GoodPracticeFactory.build())


def test_what_is_no_kind_is_not_found():
    assert kinds.find("unicorns") is None
    with pytest.raises(KeyError):
        kinds.get("unicorns")
    with pytest.raises(KeyError):
        kinds.of(UserFactory.build())


def test_a_documents_fields_begin_with_the_envelope(kind):
    record = publish(FACTORIES[kind.name]())

    assert list(record.entry.record) == kind.serializer.Meta.fields
    assert kind.serializer.Meta.fields[: len(ENVELOPE)] == ENVELOPE


def test_no_field_is_told_twice_and_no_ledger_beside_what_the_contract_names(kind):
    fields = kind.serializer.Meta.fields

    assert len(fields) == len(set(fields))
    assert set(fields) & {"owner", "locked", "locked_by", "created", "saved", "live", "latest_revision"} == set()


def test_every_content_field_is_told(kind):
    """What editors can write, readers can read: under its own name or as the envelope's title, summary and places."""
    resources = ("resources_setup", "resources_running")
    shown_otherwise = {
        "practices": {"contact_name", "contact_agreed"}.union(*map(Resources.fields_of, resources)),
        "programmes": {"places"},
        "partners": {"logo_alt", "country", "nuts", "nuts_version", "street", "postal_code", "town", "lat", "lng"},
        "events": {
            *("starts_on", "starts_at", "ends_on", "ends_at", "venue_name"),
            *("country", "nuts", "nuts_version", "street", "postal_code", "town", "lat", "lng"),
        },
    }.get(kind.name, set())

    assert set(kind.model.content_fields) - shown_otherwise - set(kind.serializer.Meta.fields) == set()


def test_a_card_has_only_what_the_document_has(kind):
    assert set(kind.card_fields) - set(kind.serializer.Meta.fields) == set()


def test_facets_are_named_as_their_filters(kind):
    document = publish(FACTORIES[kind.name]()).entry.record

    assert set(facets_of(document)) - set(EntryFilter.base_filters) == set()


def test_codes_are_those_of_the_status_and_type_filters(kind):
    assert set(kind.codes) <= {"status", "type"}
    assert {choices for choices in kind.codes.values() if not choices.values} == set()


def test_a_document_takes_the_same_number_of_queries_however_much_it_has(kind, django_assert_max_num_queries):
    from catalogue import publication
    from catalogue.serializers import Stamp

    def queries_for(record):
        fresh = kind.model.objects.with_parts().get(pk=record.pk)
        with django_assert_max_num_queries(100) as counted:
            publication.render(fresh, Stamp(1, None, None))
        return len(counted)

    assert queries_for(with_parts(kind, 3)) == queries_for(with_parts(kind, 1))


def with_parts(kind, number):
    record = FACTORIES[kind.name]()
    if kind.name == "projects":
        for _ in range(number):
            ParticipationFactory(project=record)
            ResultFactory(project=record)
            IndicatorValueFactory(indicator__project=record)
        record.capitalises = ProjectFactory.create_batch(number)
    if kind.name == "practices":
        record.organisation_in_charge = OrganisationFactory()
        record.projects = ProjectFactory.create_batch(number)
        record.areas = IndustrialAreaFactory.create_batch(number)
        for part in (
            AttachmentFactory,
            BuildingBlockFactory,
            EvidenceFactory,
            PracticeImageFactory,
            PracticeLinkFactory,
        ):
            part.create_batch(number, practice=record)
    if kind.name == "library":
        record.publisher = OrganisationFactory()
        record.projects = ProjectFactory.create_batch(number)
        record.practices = GoodPracticeFactory.create_batch(number)
    if kind.name == "events":
        for _ in range(number):
            AgendaItemFactory(event=record, practices=[GoodPracticeFactory()])
            SpeakerFactory(event=record, organisation=OrganisationFactory())
    if kind.name == "action-plans":
        for _ in range(number):
            MeasureFactory(plan=record)
    if kind.name == "areas":
        record.manager = OrganisationFactory()
    record.save()
    return record


# Facets


def test_a_practices_facets():
    organisation, project = publish(OrganisationFactory()), publish(ProjectFactory())
    places = [{"country": "SI", "nuts": "SI032", "nuts_version": 2021}, {"country": "IT"}]
    area = publish(IndustrialAreaFactory())
    belongs = {"organisation_in_charge": organisation, "projects": [project], "areas": [area]}
    practice = GoodPracticeFactory(**belongs, places=places, start="2005-05-01", end="2007-01-31")

    assert facets_of(publish(practice).entry.record) == {
        "country": {"SI", "IT"},
        "nuts": {"SI", "SI0", "SI03", "SI032"},
        "topic": {"area-management-and-governance"},
        "language": {"en", "sl"},
        "organisation": {str(organisation.uid)},
        "project": {str(project.uid)},
        "area": {str(area.uid)},
        "status": {"running"},
        "year": {"2005", "2006", "2007"},
    }


def test_a_projects_facets():
    programme, organisation = publish(ProgrammeFactory()), publish(OrganisationFactory())
    project = ProjectFactory(programme=programme, start="2006-10-01", end="2008-03-31")
    ParticipationFactory(project=project, organisation=organisation, country="CSXX")

    assert facets_of(publish(project).entry.record) == {
        "country": {"SI", "CSXX"},
        "nuts": set(),
        "topic": {"circular-economy"},
        "language": {"en", "sl"},
        "organisation": {str(organisation.uid)},
        "programme": {str(programme.uid)},
        "period": {"2007-2013"},
        "project": {str(project.uid)},
        "year": {"2006", "2007", "2008"},
        "status": {"finished"},
        "type": {"international"},
    }


def test_a_programmes_and_a_partners_facets():
    programme, organisation = publish(ProgrammeFactory()), publish(OrganisationFactory())

    found = facets_of(programme.entry.record)
    assert (found["period"], found["type"], found["programme"]) == (
        {"2007-2013"},
        {Strand.TRANSNATIONAL},
        {str(programme.uid)},
    )
    found = facets_of(organisation.entry.record)
    assert (found["country"], found["type"], found["organisation"]) == (
        {"SI"},
        {PartnerType.SECTORAL_AGENCY},
        {str(organisation.uid)},
    )


def test_what_is_not_known_is_under_no_value():
    practice = publish(GoodPracticeFactory(places=[], topics=[]))

    found = facets_of(practice.entry.record)
    stored = set(practice.entry.facets.values_list("name", flat=True))
    assert [found[name] for name in ("country", "nuts", "topic", "organisation", "project", "year")] == [set()] * 6
    assert stored == {"language", "status"}


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        (None, None, set()),
        ("2006-10-01", None, {"2006"}),
        (None, "2008-03-31", {"2008"}),
        ("2006-10-01", "2008-03-31", {"2006", "2007", "2008"}),
        ("2006-01-01", "2006-12-31", {"2006"}),
    ],
)
def test_the_years_that_a_record_covers(start, end, covered):
    assert years(start, end) == covered


def test_only_published_records_are_a_facet():
    assert uids([{"uid": "1"}, None, {"uid": "2"}]) == {"1", "2"}
