"""What the pages of writing, reviewing and translating are sent beside what they offer: it has no effect, and the log says
that somebody tried. What they offer themselves says nothing there.
"""

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from catalogue import reviewing
from operations import unexpected
from practices.models import GoodPractice
from tests.factories import GoodPracticeFactory
from tests.pages.furnished import page_types
from tests.sent_forms import Sent, forms_of
from tests.services import LONG
from tests.sweep_rules import NO_SUCH_METHOD, NOT_THERE, ROLES, WITHOUT_ACCOUNT, rule_for
from tests.test_sweep import routes, swept

pytestmark = pytest.mark.django_db
# Autosave keeps what is typed as it stands: the form tells when it is saved.
ROOMS = ("practices", "reviews", "translations", "translation_tasks", "pages_of_partners", "parts")
EXTRA = {
    "live": "on",
    "owner": "1",
    "published": "true",
    "pk": "1",
    "first_published_at": "9999-12-31",
    "reviewer": "1",
    "reply-999": "An answer to nobody",
    "settle-999": "on",
    "comment-live": "Said of a field that there is not",
    "scores-value-999": "4",
    "a\nline of its own": "x",
}
SHOWN = [name if "\n" not in name else "(no name)" for name in EXTRA]


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.WARNING, logger=unexpected.__name__)

    def told() -> list[str]:
        """Since it was last asked."""
        found = [record.getMessage() for record in caplog.records if record.name == unexpected.__name__]
        caplog.clear()
        return found

    return told


@pytest.fixture
def world(furnished, db):
    return furnished


@pytest.fixture
def send(world):
    """`send(role, form, **extra)`: what comes of it and what it changes, and then it has not happened."""
    clients: dict[str, Client] = {}

    def send(role: str, form: Sent, **extra):
        client = _client(clients, world, role)
        with transaction.atomic():
            answer = client.post(form.address, form.fields | extra)
            found = answer.status_code, answer.get("Location"), _ledger(world)
            transaction.set_rollback(True)
        return found

    return send


def _client(clients: dict[str, Client], world: SimpleNamespace, role: str) -> Client:
    if role not in clients:
        clients[role] = Client(raise_request_exception=False)
        if role and role not in WITHOUT_ACCOUNT:
            clients[role].force_login(getattr(world, role))
    return clients[role]


def _ledger(world: SimpleNamespace) -> list[tuple]:
    practices = GoodPractice.objects.order_by("pk")
    return list(practices.values_list("uid", "owner", "live", "first_published_at", "organisation_in_charge", "slug"))


def forms(world: SimpleNamespace) -> Iterator[tuple[str, Sent]]:
    """Of every page of these rooms that is furnished: by whom, and what."""
    clients: dict[str, Client] = {}
    for page in page_types(world):
        if page.status == 200 and resolve(urlsplit(page.url("en")).path).namespace in ROOMS:
            answer = _client(clients, world, page.role).get(page.url("en"))
            for form in forms_of(answer.content.decode(), page.url("en")):
                if resolve(urlsplit(form.address).path).namespace in ROOMS:
                    yield page.role, form


def test_what_a_browser_sends_is_not_told(world, send, told):
    sent = 0
    for role, form in forms(world):
        sent += 1
        status = send(role, form)[0]
        assert (status < 500, told()) == (True, []), f"{role}: {form.address} {form.button}"

    assert sent > 60


def in_turn(number: int) -> list[tuple[str, str]]:
    """A third of the names, at the next form the next third; at each form all of them in the long run."""
    return [*zip(EXTRA, SHOWN, strict=True)][number % 3 :: 3]


def test_what_no_form_offers_is_told_and_changes_nothing(world, send, told):
    """By one button of each page that saves something: groups that are added or moved save nothing."""
    seen, surprises = set(), []
    for role, form in forms(world):
        if form.address in seen or "change" in form.fields or form.address.endswith("/autosave/"):
            continue
        seen.add(form.address)
        plain = send(role, form)
        told()
        for name, shown in zip(EXTRA, SHOWN, strict=True) if LONG else in_turn(len(seen)):
            found = send(role, form, **{name: EXTRA[name]})
            lines = told()
            if found != plain or [f"unknown names {shown};" in line for line in lines] != [True]:
                surprises.append(f"{role}: {form.address}, {name}: {found} for {plain}; {lines}")

    assert len(seen) > 15
    assert not surprises, "\n".join(surprises)


def revision_of_another(world) -> str:
    return str(world.practice.latest_revision_id)


def step_of_another(world) -> str:
    other = GoodPracticeFactory(owner=world.author, organisation_in_charge=world.organisation)
    other.save_revision(user=world.partner)
    reviewing.submit(record=other, by=world.partner)
    return str(other.current_workflow_task_state.pk)


REVIEW, ADVICE = "my/reviews/{submitted.uid}/", "my/advice/{advice.pk}/"
DRAFT, TRANSLATION = "my/practices/{draft.uid}/", "my/translate/{draft.uid}/it/"
FOREIGN = [
    ("reviewer", REVIEW, "revision", revision_of_another),
    ("reviewer", REVIEW, "step", step_of_another),
    ("reviewer", REVIEW, "action", "comment:live"),
    ("reviewer", REVIEW, "action", "publish"),
    ("reviewer", REVIEW, "language-title", "xx"),
    ("reviewer", REVIEW, "scores-recommendation", "bribe"),
    ("reviewer", "my/reviews/{submitted.uid}/outside/{advice_asked.pk}/", "action", "accept"),
    ("outside", ADVICE, "revision", revision_of_another),
    ("outside", ADVICE, "action", "approve"),
    ("outside", ADVICE, "action", "comment:live"),
    ("newcomer", "my/advice/{advice_asked.pk}/invitation/", "action", "approve"),
    ("author", "my/co-authors/{co_author_invitation.pk}/", "action", "approve"),
    ("partner", DRAFT + "people/{co_author_invitation.pk}/", "action", "accept"),
    ("partner", DRAFT, "revision", revision_of_another),
    ("partner", "my/practices/{practice.uid}/withdraw/", "reason", "spite"),
    ("partner", "my/translations/of/{draft.uid}/", "language", "xx"),
    ("partner", TRANSLATION, "fits", "live"),
]


def test_what_is_somebody_elses_or_nothings_is_told_and_changes_nothing(world, send, told):
    surprises = []
    for role, path, name, value in FOREIGN:
        extra = {name: value(world) if callable(value) else value}
        before = _ledger(world)
        after = send(role, Sent(f"/en/{path.format(**vars(world))}", _own(world, path, name), ""), **extra)[2]
        lines = told()
        if after != before or [f"not offered in {name}" in line for line in lines] != [True]:
            surprises.append(f"{role}: {path}, {name}: {lines}")

    assert not surprises, "\n".join(surprises)


def _own(world: SimpleNamespace, path: str, name: str) -> dict:
    """What the page would send rightly."""
    if path not in (REVIEW, ADVICE):
        return {}
    step = world.submitted.current_workflow_task_state
    pressed = {"action": "send_back", "message": "Who pays?"} if name == "step" else {"action": "scores", "scores": "1"}
    return {"revision": str(step.revision_id), "step": str(step.pk)} | pressed


def test_every_view_of_these_rooms_tells(told, world):
    """Also those that come later."""
    world, silent = swept(world), []
    with override("en"):
        for each in routes():
            url, rule = each.address(world), rule_for(str(each))
            room = resolve(url).namespace
            if room not in ROOMS or str(each).endswith("autosave/") or not {*rule.post} - {NO_SUCH_METHOD, NOT_THERE}:
                continue
            if not any(_tells(world, role, url, told) for role in ROLES):
                silent.append(str(each))

    assert silent == []


def _tells(world: SimpleNamespace, role: str, url: str, told) -> bool:
    with transaction.atomic():
        _client({}, world, role).post(url, {"live": "on", "action": "comment"})
        transaction.set_rollback(True)
    return any("unknown names live" in line for line in told())


def test_the_secret_of_a_link_is_not_told(world, told, client):
    client.post("/en/still-true/the-secret/", {"live": "on"})

    assert told() == [
        "Sent by person None to practices:asked, and without effect: unknown names live; values that are not offered in none"
    ]
