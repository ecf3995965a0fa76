"""The real content in the database, and the documents that it was taken from."""

import os
from io import StringIO

import pytest
from django.core.management import call_command

from tests.seeds import documents


def seed() -> list[str]:
    """Run `manage.py seed`; returns the lines that it says."""
    said = StringIO()
    call_command("seed", stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """Loaded once in a run, and copied for the tests of a module; what a single test does is undone with it."""
    with django_db_blocker.unblock(), django_db_setup.furnished("seeded", seed):
        yield


@pytest.fixture
def seed_documents():
    """The five documents are at hand."""
    if not documents.available():
        missing = f"THE SEED DOCUMENTS ARE NOT IN {documents.folder()}: whether their facts are loaded is not checked."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
