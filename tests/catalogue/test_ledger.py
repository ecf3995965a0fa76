"""Every field is content, which travels in revisions, or ledger, which no revision brings back."""

from itertools import chain

import pytest
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from catalogue import kinds
from catalogue.children import Part
from catalogue.records import RecordsAreWithdrawn
from partners.models import Organisation
from practices.models import GoodPractice
from projects.models import Project
from tests.every_kind import EVERY_FACTORY
from tests.factories import (
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    ResultFactory,
    UserFactory,
    publish,
    reread,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

MODELS = [kind.model for kind in kinds.all_kinds()]
MIXINS = [WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin]
WAGTAILS_OWN = {field.name for mixin in MIXINS for field in mixin._meta.fields} | {"live"}
FACTORIES = {factory._meta.model: factory for factory in EVERY_FACTORY}


def named_fields(model):
    return {field.name for field in chain(model._meta.fields, model._meta.many_to_many)}


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_in_one_of_the_two_lists(model):
    listed = [*model.content_fields, *model.ledger_fields]

    assert named_fields(model) - WAGTAILS_OWN - {"id"} == set(listed)
    assert len(listed) == len(set(listed))


def another_value(field, value):
    """Something else that the field may hold."""
    if isinstance(field, models.ForeignKey):
        factories = {"User": UserFactory, "Organisation": OrganisationFactory, "GoodPractice": GoodPracticeFactory}
        return factories[field.related_model.__name__]()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {"changed": True} if isinstance(value, dict) else ["changed"]
    if isinstance(field, models.IntegerField):
        return 7
    if isinstance(field, models.DateField):
        return "2026-11-22"
    return "changed"


GIVEN_BY_THE_DATABASE = {"uid", "created", "saved"}
LEDGERS = [(model, name) for model in MODELS for name in model.ledger_fields if name not in GIVEN_BY_THE_DATABASE]


@pytest.mark.parametrize(("model", "name"), LEDGERS)
def test_publishing_an_older_draft_never_wipes_the_ledger(model, name):
    record = publish(FACTORIES[model]())
    older_draft = record.save_revision()
    field = model._meta.get_field(name)
    model.objects.filter(pk=record.pk).update_ledger(**{name: another_value(field, field.value_from_object(record))})
    written = model.objects.values_list(name).get(pk=record.pk)

    older_draft.publish()

    assert model.objects.values_list(name).get(pk=record.pk) == written


@pytest.mark.parametrize("model", MODELS)
def test_uid_and_date_of_creation_outlast_every_revision(model):
    record = publish(FACTORIES[model]())
    before = model.objects.values_list("uid", "created").get()

    record.save_revision().publish()

    assert model.objects.values_list("uid", "created").get() == before


@pytest.mark.parametrize("model", MODELS)
def test_a_revision_never_shows_another_ledger_than_the_row(model):
    record = FACTORIES[model]()
    revision = record.save_revision()
    model.objects.filter(pk=record.pk).update_ledger(slug="given-later")

    assert Revision.objects.get(pk=revision.pk).as_object().slug == "given-later"


def test_content_of_an_older_draft_does_come_back():
    practice = publish(GoodPracticeFactory(title=texts("First", "Prva")))
    older_draft = practice.latest_revision
    practice.title = texts("Second", "Druga")
    publish(practice)

    older_draft.publish()

    assert reread(practice).title == texts("First", "Prva")


def test_only_the_ledger_can_be_written_as_ledger():
    GoodPracticeFactory()

    with pytest.raises(ValueError, match="Not in the ledger of GoodPractice: title"):
        GoodPractice.objects.update_ledger(title="Changed")


@pytest.mark.parametrize("values", [{"live": True}, {"live_revision": None}, {"live_revision_id": 1}, {"uid": "1"}])
def test_publication_cannot_be_written_past_the_choke_point(values):
    with pytest.raises(RecordsAreWithdrawn):
        GoodPractice.objects.update(**values)


def test_a_record_that_was_ever_published_is_not_deleted():
    practice = publish(GoodPracticeFactory())

    with pytest.raises(RecordsAreWithdrawn):
        practice.delete()
    with pytest.raises(RecordsAreWithdrawn):
        GoodPractice.objects.all().delete()
    practice.unpublish()
    with pytest.raises(RecordsAreWithdrawn):
        reread(practice).delete()

    assert GoodPractice.objects.count() == 1


def test_a_draft_may_be_deleted():
    GoodPracticeFactory().delete()
    GoodPracticeFactory()
    GoodPractice.objects.all().delete()

    assert GoodPractice.objects.count() == 0


# Parts


def test_parts_keep_their_uid_while_rows_come_and_go():
    project = ProjectFactory()
    result = ResultFactory(project=project)
    participation = ParticipationFactory(project=project)
    indicator = IndicatorFactory(project=project)
    value = IndicatorValueFactory(indicator=indicator)

    for number in range(3):
        project.acronym = f"Again {number}"
        publish(project)

    assert list(project.results.values_list("uid", flat=True)) == [result.uid]
    assert list(project.participations.values_list("uid", flat=True)) == [participation.uid]
    assert list(project.indicators.values_list("uid", flat=True)) == [indicator.uid]
    assert list(project.indicators.get().values.values_list("uid", flat=True)) == [value.uid]


def test_a_part_that_was_removed_comes_back_with_its_uid_from_an_older_draft():
    project = ProjectFactory()
    result = ResultFactory(project=project)
    publish(project)
    older_draft = project.latest_revision
    project.results = []
    publish(project)
    assert project.results.count() == 0

    older_draft.publish()

    assert list(reread(project).results.values_list("uid", flat=True)) == [result.uid]


@pytest.mark.parametrize("model", MODELS)
def test_every_part_can_be_pointed_to(model):
    assert [part for part in parts_of(model) if not issubclass(part, Part)] == []


def parts_of(model):
    """The models of its children, and of theirs."""
    own = [relation.related_model for relation in model._meta.related_objects if is_parental(relation.field)]
    return [*own, *chain.from_iterable(parts_of(part) for part in own)]


def is_parental(field):
    return isinstance(field, ParentalKey)


# Old revisions and rows that are gone


def test_an_old_revision_outlives_the_organisation_that_it_names():
    organisation = OrganisationFactory()
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation, name_as_printed="Kept")
    revision = project.save_revision()

    Organisation.objects.get(pk=organisation.pk).delete()

    [participation] = Revision.objects.get(pk=revision.pk).as_object().participations.all()
    assert (participation.organisation, participation.name_as_printed) == (None, "Kept")
    publish(reread(project))


def test_an_old_revision_outlives_a_project_that_it_lists():
    kept, gone = ProjectFactory(), ProjectFactory()
    practice = GoodPracticeFactory(projects=[kept, gone])
    revision = practice.save_revision()

    Project.objects.get(pk=gone.pk).delete()

    Revision.objects.get(pk=revision.pk).publish()
    assert list(reread(practice).projects.all()) == [kept]


def test_an_old_revision_outlives_the_organisation_in_charge_and_the_owner():
    practice = GoodPracticeFactory(organisation_in_charge=OrganisationFactory(), owner=UserFactory())
    revision = practice.save_revision()

    practice.organisation_in_charge.delete()
    practice.owner.delete()

    Revision.objects.get(pk=revision.pk).publish()
    assert (reread(practice).organisation_in_charge, practice.owner) == (None, None)


@pytest.mark.parametrize("model", MODELS)
def test_foreign_keys_of_revisioned_rows_let_go(model):
    fields = [field for each in (model, *parts_of(model)) for field in each._meta.fields]
    keys = [field for field in fields if isinstance(field, models.ForeignKey) and not is_parental(field)]

    assert [str(key) for key in keys if key.remote_field.on_delete is not models.SET_NULL] == []
