"""Every address × role × method, against the rules of `tests/sweep_rules.py`."""

import logging
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponseForbidden
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.regex_helper import normalize
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, Page, Workflow

from pages.models import Menu
from tests import services
from tests.factories import NetworkFactory
from tests.pages.furnished import furnish
from tests.sweep_rules import (
    AWAY,
    NO_SUCH_METHOD,
    ROLES,
    TO_ADMIN_DOOR,
    TO_ADMIN_HOME,
    TO_SIGN_IN,
    Rule,
    arguments,
    body_for,
    rule_for,
)

# Wagtail leaves the files to the garbage collector into which it draws renditions.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

READING, WRITING = ("GET", "HEAD", "OPTIONS"), ("POST", "PUT", "PATCH", "DELETE")


def routes(patterns=None, before=()):
    """Every route of the URLconf, as the parts that its includes add up to; addresses in English."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        parts = (*before, pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, parts)
        else:
            yield parts


def written(parts) -> str:
    return "".join(str(part) for part in parts)


def address(parts, world: SimpleNamespace) -> str:
    """The route with sample arguments in it."""
    whole = "".join(getattr(part, "regex", None) and part.regex.pattern.lstrip("^") or str(part) for part in parts)
    template, names = normalize(whole.replace(r"\Z", "$"))[0]
    samples = arguments(world, written(parts))
    return "/" + template % {name: samples[name] for name in names}


@pytest.fixture
def world(db):
    world = furnish()
    world.page = Page.get_first_root_node().add_child(instance=Page(title="A page", slug="a-page"))
    world.page.save_revision()
    world.page.refresh_from_db()
    world.collection = Collection.get_first_root_node().add_child(name="Some")
    world.workflow = Workflow.objects.first()
    world.network = NetworkFactory()
    world.redirect = Redirect.objects.create(old_path="/a-former-page", redirect_page=world.page)
    world.menu = Menu.objects.create(locale=Locale.get_default())
    world.document = Document.objects.create(title="A text", file=ContentFile("Some words", "words.txt"))
    return world


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals need no line each."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def ask(world):
    """Sends a request as somebody, and takes back what it did: a status, or where the answer leads."""
    browsers = {}

    def ask(role: str, method: str, url: str, *, body: str = "", token: bool = True):
        if (role, token) not in browsers:
            browser = Client(raise_request_exception=False, enforce_csrf_checks=not token)
            if role != "anonymous":
                browser.force_login(getattr(world, role))
            browsers[role, token] = browser, deepcopy(browser.cookies)
        browser, cookies = browsers[role, token]
        browser.cookies = deepcopy(cookies)  # nobody stays signed out
        if url.startswith("/accounts/"):
            cache.clear()  # of the limits on attempts
        with transaction.atomic():
            answer = browser.generic(method, url, body, content_type="application/x-www-form-urlencoded")
            if answer.streaming:
                answer.getvalue()  # a file is closed when it has been read
            transaction.set_rollback(True)
        return seen(answer)

    return ask


def seen(answer):
    if answer.status_code not in (301, 302):
        return answer.status_code
    place = answer["Location"].partition("?")[0]
    return {"/accounts/login/": TO_SIGN_IN, "/cms/login/": TO_ADMIN_DOOR, "/cms/": TO_ADMIN_HOME}.get(place, AWAY)


def expected(rule: Rule, role: str, method: str) -> set:
    """What the rule lets the role see. A form's view may take PUT for POST; a method may be refused before the person."""
    if role not in rule.to:
        return rule.refusal(role) | {NO_SUCH_METHOD}
    if method in ("GET", "HEAD"):
        return set(rule.get)
    if method == "POST":
        return set(rule.post)
    return {200, 204, NO_SUCH_METHOD, *rule.get} if method == "OPTIONS" else {NO_SUCH_METHOD, *rule.post}


def test_every_address_has_its_rule():
    with override("en"):
        without = [written(parts) for parts in routes() if rule_for(written(parts)) is None]

    assert without == []


def methods(route: str) -> tuple:
    """Of Wagtail's own views a short run asks for less: they are many, they are slow, and they are not ours."""
    return READING + WRITING if services.LONG or not route.startswith("cms/") else ("GET", "POST")


@pytest.mark.parametrize("role", ROLES)
def test_who_gets_in_where(role, world, ask):
    surprises = []
    with override("en"):
        for parts in routes():
            route, url = written(parts), address(parts, world)
            for method in methods(route):
                found = ask(role, method, url, body=body_for(route) if method in WRITING else "")
                if found not in expected(rule_for(route), role, method):
                    surprises.append(f"{method} {url} ({route}): {found}")

    assert not surprises, "\n".join(surprises)


def test_nothing_is_done_for_a_page_of_another_site(world, ask, settings):
    """Without its form's token a request is refused before anything is asked; the API does nothing for anybody."""
    settings.CSRF_FAILURE_VIEW = "tests.test_sweep.refused"
    surprises = []
    with override("en"):
        for parts in routes():
            route, url = written(parts), address(parts, world)
            for method in () if rule_for(route).is_harmless else WRITING:
                found = ask("superuser", method, url, token=False)
                if found not in ({403, NO_SUCH_METHOD} if rule_for(route).checks_token else {NO_SUCH_METHOD}):
                    surprises.append(f"{method} {url} ({route}): {found}")

    assert not surprises, "\n".join(surprises)


def refused(request, reason=""):
    return HttpResponseForbidden()


def test_the_sweep_goes_over_thousands_of_cases():
    with override("en"):
        assert sum(len(methods(written(parts))) for parts in routes()) * len(ROLES) > 5_000
