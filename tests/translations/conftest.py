import pytest
from django.utils import translation

from tests.translations.translating_server import TranslatingServer


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def server(settings):
    with TranslatingServer() as server:
        server.use(settings)
        yield server
