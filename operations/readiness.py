"""Whether the portal can serve: a registry of questions that `/readyz` asks."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.utils import timezone

from operations.models import Heartbeat

SILENCE_ALLOWED = timedelta(minutes=10)

Answer = tuple[bool, str]
_questions: dict[str, Callable[[], Answer]] = {}


def register(name: str, question: Callable[[], Answer]) -> None:
    """`question` returns whether all is well, and a short value to show. Called in `AppConfig.ready()`."""
    _questions[name] = question


def answers() -> dict[str, Answer]:
    """Every question with its answer; without a database the others are not asked."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:
        return {"database": (False, type(error).__name__)}
    found = {"database": (True, "reachable"), "migrations": _migrations()}
    if found["migrations"][0]:
        found["last_beat"] = _last_beat()
        found |= {name: _asked(question) for name, question in _questions.items()}
    return found


def _asked(question: Callable[[], Answer]) -> Answer:
    """A question that fails is a no."""
    try:
        return question()
    except Exception as error:
        return False, type(error).__name__


def _migrations() -> Answer:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not missing, f"{len(missing)} missing" if missing else "complete"


def _last_beat() -> Answer:
    """When work was done last. Before the first time the clock runs from the installation."""
    latest = Heartbeat.objects.order_by("-began").values_list("began", flat=True).first()
    installed = MigrationRecorder.Migration.objects.filter(app="operations").aggregate(Min("applied"))["applied__min"]
    is_well = timezone.now() - (latest or installed) < SILENCE_ALLOWED
    return is_well, latest.isoformat() if latest else "none yet"
