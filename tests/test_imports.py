"""The rooms of the house, and who may import whom."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

CONFIGURATION = settings.BASE_DIR / "pyproject.toml"
LAYERS = [
    *("mer_portal", "seeds", "bench", "exchange", "actionplans", "events | library", "practices", "projects"),
    *("reviews | translations",),
    *("partners", "feedback", "catalogue", "pages", "notices", "accounts", "operations"),
]
ROOMS = [room for layer in LAYERS for room in layer.split(" | ")]


def contract():
    return tomllib.loads(CONFIGURATION.read_text())["tool"]["importlinter"]


def test_the_contract_names_every_room_from_the_top_down():
    own = {folder.name for folder in settings.BASE_DIR.iterdir() if (folder / "__init__.py").exists()}

    [layers] = contract()["contracts"]
    assert layers["layers"] == LAYERS
    assert contract()["root_packages"] == ROOMS
    assert own - {"tests", "tools"} == set(ROOMS)
    assert "ignore_imports" not in layers


def test_every_room_but_the_wiring_is_installed():
    assert set(ROOMS) - {"mer_portal"} <= set(settings.INSTALLED_APPS)


def test_upper_rooms_import_lower_ones_and_never_the_other_way():
    """In a process of its own: import-linter turns off every logger that is there before it."""
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"

    run = subprocess.run([sys.executable, "-c", linter, "--no-cache"], cwd=settings.BASE_DIR, capture_output=True)

    assert (run.returncode, run.stderr) == (0, b""), run.stdout.decode()


SIGNALS = {"receiver", "Signal"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_has_signals_of_its_own_or_listens_to_wagtails_publication(room):
    found = [
        f"{file.relative_to(settings.BASE_DIR)}:{node.lineno}"
        for file in (settings.BASE_DIR / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if _is_signal(node)
    ]

    assert found == []


def _is_signal(node) -> bool:
    if not isinstance(node, ast.ImportFrom) or node.module is None:
        return False
    names = {alias.name for alias in node.names}
    return (node.module == "django.dispatch" and bool(names & SIGNALS)) or (
        node.module == "wagtail.signals" and bool(names & {"published", "unpublished"})
    )


def test_the_tests_repeat_the_rooms_names():
    folders = {folder.name for folder in Path(__file__).parent.iterdir() if folder.is_dir()} - {"__pycache__"}

    assert folders - set(ROOMS) <= {"measure", "browser", "data"}
