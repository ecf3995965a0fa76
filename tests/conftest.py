"""What every test stands on: its own database, Redis and files, and no way out to the network.

**Databases.** Every worker has its own copy of a database that was migrated once (`tests.services`). A test marked
`django_db` runs in a transaction that is rolled back. One that must commit (`django_db(transaction=True)`,
`transactional_db`, `live_server`; threads, child processes, browsers) throws its copy away, and the next test has a new
one. Django would empty every table instead, and with them what migrations made: the catalogue's state, Wagtail's root
page, locale and workflow, the groups; what it can restore from a serialised copy knows nothing of full-text tables.

**SQLite.** `DATABASE_URL` chooses the database; tests marked `core` are run on both.

**The network.** Only loopback may be spoken to, by Python (`--allow-hosts` in pyproject.toml) and by the browser alike.
"""

import functools
import gc
import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as portal_settings
from django.core.cache import caches
from django.db import connection, connections
from django.template import Template
from django.test import TransactionTestCase
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import remembered, services

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CI = os.environ.get("CI") == "true"


# Invented input: the same in every run of the small suite, new and more of it in the long one.
HYPOTHESIS = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.function_scoped_fixture]}
hypothesis.settings.register_profile("small", max_examples=30, derandomize=True, database=None, **HYPOTHESIS)
hypothesis.settings.register_profile("long", max_examples=1000, **HYPOTHESIS)
hypothesis.settings.load_profile("long" if services.LONG else "small")


def pytest_configure(config):
    # Passwords that cost nothing; those of the real settings are slow on purpose.
    portal_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A test asks more in a minute than anybody; those about limits set their own.
    portal_settings.EXCHANGE |= {"READS_A_MINUTE": 0, "DUMPS_A_MINUTE": 0, "USE_WRITTEN_AFTER": 0}
    if portal_settings.REDIS_URL:
        portal_settings.REDIS_URL = os.environ["REDIS_URL"] = services.redis_url()
        portal_settings.CACHES["default"]["LOCATION"] = portal_settings.REDIS_URL
        with suppress(AttributeError):  # packages open the cache when they are imported, at the address of all workers
            del caches["default"]
        portal_settings.CELERY_BROKER_URL = portal_settings.REDIS_URL


def pytest_collection_modifyitems(config, items):
    services.choose(config, items)


def pytest_collection_finish(session):
    """What was imported stays to the end: the garbage collector need not go over it, nor look for cycles so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_report_header(config):
    return f"database: {connection.vendor}; Redis: {'yes' if portal_settings.REDIS_URL else 'no, local memory'}"


# Databases


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """This worker's copy of the migrated database; a test that committed is followed by a new copy."""
    with django_db_blocker.unblock(), services.database() as copy, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test_case: copy.renew())
        yield copy


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test reads what another left in the cache, in a process's memory, or as the language."""
    from exchange import memory  # after the settings are ready
    from exchange.keys import known, limits, use

    for each in caches.all():
        each.clear()
    for each in (memory, known, limits, use):
        each.forget()
    with translation.override("en"):
        yield


@pytest.fixture
def together(transactional_db):
    """Runs functions at the same time, each in a thread with a connection of its own; returns what they return."""

    def with_own_connection(function):
        try:
            return function()
        finally:
            connections.close_all()

    def run(*functions):
        with ThreadPoolExecutor(len(functions)) as threads:
            running = [threads.submit(with_own_connection, function) for function in functions]
        return [each.result() for each in running]

    return run


@pytest.fixture
def postgresql(transactional_db):
    """For tests that speak of row locks, which SQLite does not have: it lets one writer in at a time."""
    if connection.vendor != "postgresql":
        pytest.skip("speaks of row locks, which SQLite does not have")


# Pages and files


@pytest.fixture(scope="session", autouse=True)
def _no_parts_remembered(django_test_environment):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", remembered.render)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_read_once():
    """Every test's client makes WhiteNoise anew, which would look at all static files each time."""
    read = {}

    def share(middleware, look=WhiteNoiseMiddleware.add_files_from_finders):
        if not read:
            look(middleware)
            read.update(middleware.files)
        middleware.files = dict(read)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", share)
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads and the files of records go into a folder of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DUMPS_DIR = tmp_path / "dumps"
    records = settings.STORAGES["records"]
    records = records | {"OPTIONS": records["OPTIONS"] | {"location": tmp_path / "records"}}
    settings.STORAGES = settings.STORAGES | {"records": records}


@pytest.fixture(scope="module")
def furnished_portal(django_db_setup, django_db_blocker):
    from tests import furnishing  # after the settings are ready

    with django_db_blocker.unblock(), furnishing.furnished(django_db_setup):
        yield furnishing


@pytest.fixture
def furnished(furnished_portal, _own_files):
    """Something of everything (`tests.pages.furnished`), for a test that asks for `db` or `transactional_db`, too."""
    return furnished_portal.bring()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository with the seed documents and the standards."""
    if SHARED.is_dir():
        return SHARED
    missing = f"THERE IS NO {SHARED}: what the tests read there is not checked."
    pytest.fail(missing) if CI else pytest.skip(missing)


# Browser


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium that knows no host but this machine."""
    from playwright.sync_api import sync_playwright

    program = services.chromium()
    if not program:
        missing = f"NO CHROMIUM. {services.INSTALL_CHROMIUM}"
        pytest.fail(missing) if CI else pytest.skip(missing)
    # Playwright's own loop runs in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    alone = ["--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    _wait_for_pages()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *alone])
        yield browser
        browser.close()


def _wait_for_pages() -> None:
    """Lets a press last until the page that it opens is there as a whole; Playwright goes on when its first bytes are.

    What is asked of a page without waiting would else see half of it, once in some thousand times.
    """
    from playwright.sync_api import Locator, Page

    def whole(press):
        @functools.wraps(press)
        def pressed(where, *args, **options):
            press(where, *args, **options)
            page = where.page if isinstance(where, Locator) else where
            if not page.is_closed():
                page.wait_for_load_state()

        return pressed

    for kind, name in itertools.product((Locator, Page), ("click", "press")):
        setattr(kind, name, whole(getattr(kind, name)))


@pytest.fixture
def context(chromium, live_server):
    """A browser without cookies at the portal's address; a second person gets one by `chromium.new_context(…)`."""
    with chromium.new_context(base_url=live_server.url.replace("localhost", "127.0.0.1"), locale="en-GB") as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture
def page(context):
    """A tab whose scripts must not fail: an error in the console or an uncaught exception fails the test."""
    page = context.new_page()
    mistakes = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda message: message.type == "error" and mistakes.append(message.text))
    yield page
    assert [each for each in mistakes if "status of" not in each] == []


@pytest.fixture
def people(chromium, live_server):
    """Opens a browser for each person and signs her in: `people(nina)`."""
    from tests.factories import PASSWORD  # after the settings are ready

    opened = []

    def sign_in(user, **options):
        base_url = live_server.url.replace("localhost", "127.0.0.1")
        context = chromium.new_context(base_url=base_url, locale="en-GB", **options)
        opened.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("input[name=login]", user.email)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/my/")
        return page

    yield sign_in
    for context in opened:
        context.close()
