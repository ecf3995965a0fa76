"""Every address × role × method, against the rules of `tests/sweep_rules.py`."""

import logging
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from types import SimpleNamespace
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponseForbidden
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.regex_helper import normalize
from django.utils.timezone import now
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, Page, Workflow

from accounts.acts import TABLE
from operations.models import Heartbeat
from pages.models import Menu
from tests import services
from tests.factories import NetworkFactory
from tests.sweep_rules import (
    AWAY,
    NO_SUCH_METHOD,
    ROLES,
    TO_ADMIN_DOOR,
    TO_ADMIN_HOME,
    TO_SIGN_IN,
    WITHOUT_ACCOUNT,
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

LIKE_STRANGERS = {
    "network",
    "newcomer",
    "author",
    "co_author",
    "outside",
    "translator",
    "member",
}  # to the editors’ desk
EVERY_METHOD = {"anonymous", "partner", "superuser"}  # in a short run; views tell methods apart, not people by method
OTHER_KINDS = r"cms/snippets/(choose/)?(?!choose/|practices/|$)"
READING, WRITING = ("GET", "HEAD", "OPTIONS"), ("POST", "PUT", "PATCH", "DELETE")


class Route(NamedTuple):
    """One address, as the parts that the includes of the URLconf add up to, and its view."""

    parts: tuple
    view: Callable

    def __str__(self):
        return "".join(str(part) for part in self.parts)

    def address(self, world: SimpleNamespace) -> str:
        """With sample arguments in it."""
        whole = "".join(
            getattr(part, "regex", None) and part.regex.pattern.lstrip("^") or str(part) for part in self.parts
        )
        template, names = normalize(whole.replace(r"\Z", "$"))[0]
        samples = arguments(world, str(self))
        return "/" + template % {name: samples[name] for name in names}


def routes(patterns=None, before=()) -> Iterator[Route]:
    """The whole URLconf; addresses in English."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        parts = (*before, pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, parts)
        else:
            yield Route(parts, pattern.callback)


@pytest.fixture
def world(furnished, db):
    return swept(furnished)


def swept(world: SimpleNamespace) -> SimpleNamespace:
    """The furnished catalogue, with what the editors' desk has addresses for. Its background work ran a moment ago."""
    Heartbeat.objects.update(began=now())
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

    def ask(role: str, method: str, url: str, *, body: str = "", token: bool = True, whole: bool = False):
        if (role, token) not in browsers:
            browser = Client(raise_request_exception=False, enforce_csrf_checks=not token)
            if role not in WITHOUT_ACCOUNT:
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
        return f"{answer.status_code} {masked(answer.content.decode())}" if whole else seen(answer)

    return ask


def masked(page: str) -> str:
    """Without what is new in every answer: a form's token."""
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


def seen(answer):
    if answer.status_code not in (301, 302):
        return answer.status_code
    place = answer["Location"].partition("?")[0]
    return {"/accounts/login/": TO_SIGN_IN, "/cms/login/": TO_ADMIN_DOOR, "/cms/": TO_ADMIN_HOME}.get(place, AWAY)


def expected(rule: Rule, role: str, method: str) -> set:
    """What the rule lets the role see. A form's view may take PUT for POST; a method may be refused before the person."""
    if not rule.lets_in(role):
        return rule.refusal(role) | {NO_SUCH_METHOD}
    if method in ("GET", "HEAD"):
        return set(rule.get)
    if method == "POST":
        return set(rule.post)
    return {200, 204, NO_SUCH_METHOD, *rule.get} if method == "OPTIONS" else {NO_SUCH_METHOD, *rule.post}


def test_every_address_has_its_rule():
    with override("en"):
        without = [str(route) for route in routes() if rule_for(str(route)) is None]

    assert without == []


def test_every_view_does_the_act_that_its_rule_names():
    """Who has no act of her own is only read by everybody, or Wagtail's."""
    with override("en"):
        acts = {str(route): (getattr(route.view, "act", None), rule_for(str(route)).act) for route in routes()}

    others = {route: act for route, act in acts.items() if act[0] != act[1]}
    assert {route: act for route, act in others.items() if act[0]} == {}
    assert [
        route for route, (_own, act) in others.items() if act != "catalogue.read" and not route.startswith("cms/")
    ] == []


def test_every_act_has_an_address():
    """But those that are only a permission in the editors' desk."""
    with override("en"):
        done = {rule_for(str(route)).act for route in routes()}
        done |= {act for route in routes() for act in getattr(route.view, "others", ())}

    assert [act.name for act in TABLE if act.name not in done and not act.permissions] == []


def methods(route: str, role: str = "") -> tuple:
    """Of Wagtail's own views a short run asks for less: they are many, they are slow, and they are not ours.

    Nothing is refused to a superuser; she opens the views of one kind of record, and an editor those of all.
    """
    is_theirs = route.startswith("cms/")
    if is_theirs and role == "superuser" and not services.LONG and re.match(OTHER_KINDS, route):
        return ()
    if services.LONG or (role in EVERY_METHOD and not is_theirs):
        return READING + WRITING
    return ("GET", "POST") if not (is_theirs and role in LIKE_STRANGERS) else ()


@pytest.mark.parametrize("role", ROLES)
def test_who_gets_in_where(role, world, ask):
    surprises = []
    with override("en"):
        for each in routes():
            route, url = str(each), each.address(world)
            for method in methods(route, role):
                answer = ask(role, method, url, body=body_for(route) if method in WRITING else "")
                if answer not in expected(rule_for(route), role, method):
                    surprises.append(f"{method} {url} ({route}): {answer}")

    assert not surprises, "\n".join(surprises)


def test_what_is_not_yours_answers_like_what_is_not_there(world, ask):
    """To the letter: neither status nor page tells that somebody else has something there."""
    differing, asked = [], 0
    with override("en"):
        for each in routes():
            rule, unknown = rule_for(str(each)), str(uuid4())
            if "<uuid:" not in str(each) or rule.lets_in("stranger"):
                continue
            url = each.address(world)
            uid = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", url)[0]
            for method in ("GET", "POST"):
                asked += 1
                theirs, nobodys = (
                    ask("stranger", method, where, whole=True) for where in (url, url.replace(uid, unknown))
                )
                if theirs.replace(uid, "") != nobodys.replace(unknown, ""):
                    differing.append(f"{method} {each}")

    assert asked and differing == []


def test_nothing_is_done_for_a_page_of_another_site(world, ask, settings):
    """Without its form's token a request is refused before anything is asked; the API does nothing for anybody."""
    settings.CSRF_FAILURE_VIEW = "tests.test_sweep.refused"
    surprises = []
    with override("en"):
        for each in routes():
            route, url = str(each), each.address(world)
            for method in () if rule_for(route).is_harmless else WRITING:
                found = ask("superuser", method, url, token=False)
                if found not in ({403, NO_SUCH_METHOD} if rule_for(route).checks_token else {NO_SUCH_METHOD}):
                    surprises.append(f"{method} {url} ({route}): {found}")

    assert not surprises, "\n".join(surprises)


def refused(request, reason=""):
    return HttpResponseForbidden()


def test_the_sweep_goes_over_thousands_of_cases():
    with override("en"):
        assert sum(len(methods(str(route), role)) for route in routes() for role in ROLES) > 5_000
