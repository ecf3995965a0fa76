"""A factory for each kind of the catalogue, for the tests that hold every kind to the same promise."""

from catalogue import kinds
from tests.actionplans.factories import LocalActionPlanFactory
from tests.events.factories import EventFactory
from tests.factories import GoodPracticeFactory, OrganisationFactory, ProgrammeFactory, ProjectFactory
from tests.library.factories import LibraryItemFactory
from tests.partners.factories import IndustrialAreaFactory

FACTORIES = {
    "practices": GoodPracticeFactory,
    "projects": ProjectFactory,
    "programmes": ProgrammeFactory,
    "partners": OrganisationFactory,
    "areas": IndustrialAreaFactory,
    "events": EventFactory,
    "action-plans": LocalActionPlanFactory,
    "library": LibraryItemFactory,
}
# No kind is passed by: one that is registered but has no factory fails every such test.
EVERY_FACTORY = [FACTORIES[kind.name] for kind in kinds.all_kinds()]


def name_of(factory) -> str:
    """For the names of tests: `ids=name_of`."""
    return factory._meta.model.__name__
