"""Questions that nobody would think of, made from the API's own description: each answer keeps to it, and none is a 500.

Schemathesis makes them for every door: what the description allows, at its edges, and what it forbids. Every third record
that is asked for is one that is there, as invented uids would never meet one.
"""

from itertools import cycle

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from catalogue.models import Entry
from exchange.schema import committed
from tests.services import LONG

CASES = 20_000 if LONG else 2_000
SLICES = 4  # for as many workers
UNPACKED = {"Accept-Encoding": "identity"}  # what schemathesis reads from a WSGI application, it does not unpack
UNSAYABLE = [positive_data_acceptance]  # no schema says which cursors are signed, and which days are in the calendar
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:(jsonschema|schemathesis).*"),
]


@pytest.fixture(scope="module")
def described():
    schema = schemathesis.openapi.from_path(committed())
    schema.app = get_wsgi_application()
    schema.config.generation.update(modes=[*GenerationMode], with_security_parameters=False)
    return schema


@pytest.fixture
def known() -> dict[str, cycle]:
    """Kind → the uids of its records, over and over."""
    found: dict[str, list[str]] = {}
    for kind, uid in Entry.objects.values_list("kind", "uid").order_by("pk"):
        found.setdefault(kind, []).append(str(uid))
    return {kind: cycle(uids) for kind, uids in found.items()}


@pytest.fixture(autouse=True)
def _connection_stays_open():
    """As Django's own client for tests has it: a server would close it, and the test's transaction with it."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


def ask(operation, uids, cases: int) -> int:
    """How many questions were asked. Raises what an answer did wrong."""
    turns, asked = cycle((False, False, True)), []

    @settings(max_examples=cases, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def hold(case):
        if uids and "uid" in (case.path_parameters or {}) and next(turns):
            case.path_parameters["uid"] = next(uids)
        asked.append(case)
        case.call_and_validate(headers=UNPACKED, excluded_checks=UNSAYABLE)

    hold()
    return len(asked)


@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.usefixtures("furnished")
def test_every_answer_is_as_the_description_says(described, known, part):
    operations = [each.ok() for each in described.get_all_operations()]
    asked, failures = 0, []
    for operation in operations[part::SLICES]:
        kind = operation.path.removeprefix("/api/v1/").partition("/")[0]
        try:
            asked += ask(operation, known.get(kind), -(-CASES // len(operations)))
        except BaseExceptionGroup as found:
            failures += [f"{operation.label}: {failure}" for failure in found.exceptions]
    assert failures == []
    assert asked >= CASES / SLICES / 2
