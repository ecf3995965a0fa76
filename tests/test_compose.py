"""docker-compose.yml: what it promises, and that its own commands make a portal that works."""

import json
import re
from datetime import timedelta

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from operations.models import Heartbeat
from tests import compose
from tests.compose import FILE, GIVEN, ROOT
from tests.factories import GoodPracticeFactory, publish

OURS = {"migrate", "web", "worker", "beat"}


def environment(name):
    return FILE["services"][name]["environment"]


# The file


def test_one_server_is_a_database_a_redis_and_the_portal_in_four_roles():
    assert set(FILE["services"]) == OURS | {"db", "redis"}
    assert FILE["services"]["db"]["image"].startswith("postgres:")
    assert FILE["services"]["redis"]["image"].startswith("redis:")
    assert {FILE["services"][name]["image"] for name in OURS} == {FILE["services"]["web"]["image"]}
    assert {environment(name)["MER_MODE"] for name in OURS} == {"server"}


def test_each_service_waits_for_what_it_needs():
    migrated = {"migrate": {"condition": "service_completed_successfully"}, "redis": {"condition": "service_healthy"}}

    assert FILE["services"]["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    for name in OURS - {"migrate"}:
        assert FILE["services"][name]["depends_on"] == migrated


def test_each_service_tells_its_health_and_is_started_again_and_the_migration_runs_once():
    lasting = set(FILE["services"]) - {"migrate"}

    assert all(FILE["services"][name]["healthcheck"]["test"] for name in lasting)
    assert {FILE["services"][name]["restart"] for name in lasting} == {"unless-stopped"}
    assert FILE["services"]["migrate"]["restart"] == "no"
    assert FILE["services"]["migrate"]["healthcheck"] == {"disable": True}


def test_nothing_but_the_web_server_can_be_reached_and_by_default_from_this_machine_alone():
    published = {name: service["ports"] for name, service in FILE["services"].items() if service.get("ports")}

    assert compose.filled(published, {}) == {"web": ["127.0.0.1:8000:8000"]}
    assert not any({"network_mode", "privileged", "cap_add"} & set(service) for service in FILE["services"].values())


def test_what_must_outlive_a_container_lies_in_named_volumes():
    mounted = {
        name: [each.split(":") for each in service.get("volumes", ())] for name, service in FILE["services"].items()
    }

    assert {volume for mounts in mounted.values() for volume, _place in mounts} == set(FILE["volumes"])
    assert [volume for volume, _place in mounted["db"]] == ["database"]
    written = {
        str(settings.VAR_DIR / "media"),
        str(settings.VAR_DIR / "dumps"),
        str(settings.STORAGES["records"]["OPTIONS"]["location"].parent / "records"),
    }
    assert {place.rpartition("/")[2] for _volume, place in mounted["web"]} == {
        path.rpartition("/")[2] for path in written
    }
    assert all(mounted[name] == mounted["web"] for name in OURS)


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_without_a_secret_or_an_address_nothing_starts(name):
    with pytest.raises(compose.Missing, match=name):
        compose.filled(FILE, GIVEN | {name: ""})


def test_no_secret_stands_in_the_file():
    assert compose.filled(FILE, GIVEN)  # and no other variable is asked for
    variable = re.compile(r"\$\{[^}]*\}")
    secret = re.compile(r"SECRET|PASSWORD|TOKEN|_KEY|CREDENTIAL")
    for service in FILE["services"].values():
        for name, value in service.get("environment", {}).items():
            if secret.search(name):
                assert re.fullmatch(r"\$\{\w+:(\?[^}]+|-)\}", value), name  # given, or left empty
            assert not re.search(r"//[^/@]*:[^/@]+@", variable.sub("", str(value))), f"{name} carries a password"


def test_commands_hang_on_no_place_inside_a_container():
    for name, service in FILE["services"].items():
        for part in [*service.get("command", []), *service["healthcheck"].get("test", [])]:
            assert not str(part).startswith("/") and "/srv/" not in str(part), f"{name}: {part}"


def test_the_image_by_itself_does_what_the_file_makes_of_it():
    dockerfile = (ROOT / "Dockerfile").read_text()
    command = json.loads(re.search(r"^CMD (\[.*\])$", dockerfile, re.MULTILINE)[1])
    health = json.loads(re.search(r"^HEALTHCHECK .*CMD (\[.*\])$", dockerfile, re.MULTILINE)[1])

    assert command == FILE["services"]["web"]["command"]
    assert ["CMD", *health] == FILE["services"]["web"]["healthcheck"]["test"]
    assert re.search(r"^USER (?!root)\w+$", dockerfile, re.MULTILINE)


# The services


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup):
    """Redis, a database made by the file's own migration, the static files of the image, web and worker."""
    if connection.vendor != "postgresql":
        pytest.skip("the file's database is PostgreSQL, which make test brings")
    with compose.services(tmp_path_factory.mktemp("compose")) as portal:
        portal.start("redis")
        portal.wait_healthy("redis", "db", patience=20)
        for made in (portal.run("migrate"), portal.run("web", ["python", "manage.py", "collectstatic", "--noinput"])):
            assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-3000:]
        portal.start("web", "worker")
        portal.wait_healthy("web", "worker")
        yield portal


@pytest.fixture
def on_its_database(portal, django_db_blocker):
    with compose.database_of(portal, django_db_blocker):
        yield


def test_what_is_published_stands_on_the_page_and_in_the_api(portal, on_its_database):
    seen = portal.json("/api/v1/changes/")["next_cursor"]

    practice = publish(GoodPracticeFactory(title={"en": "Čisto new"}))

    page = portal.get(f"/en/practices/{practice.slug}/")
    assert page.status == 200
    assert "<h1>Čisto new</h1>" in page.body
    assert portal.json(f"/api/v1/practices/{practice.uid}/")["title"] == {"en": "Čisto new"}
    changes = portal.json(f"/api/v1/changes/?since={seen}")
    assert [change["uid"] for change in changes["results"]] == [str(practice.uid)]


def test_the_worker_does_what_it_is_sent(portal, on_its_database):
    Heartbeat.objects.all().delete()

    send_tick(portal)

    compose.wait(Heartbeat.objects.exclude(succeeded=None).exists, "No work was done", portal.log("worker"))


def test_beat_has_the_work_done_that_is_due_again_and_again(portal, on_its_database):
    Heartbeat.objects.all().delete()
    portal.start("beat")
    try:
        compose.wait(Heartbeat.objects.exclude(succeeded=None).exists, "Nothing was due", portal.log("beat"), 60)
        assert portal.is_healthy("beat")
        long_ago = timezone.now() - timedelta(days=2)  # all work is due again after that
        Heartbeat.objects.update(began=long_ago, succeeded=long_ago)

        late = Heartbeat.objects.filter(succeeded__lte=long_ago)
        compose.wait(lambda: not late.exists(), "No second time", portal.log("beat"), 60)
        assert portal.is_healthy("beat")
    finally:
        portal.stop("beat")


def test_what_is_forgotten_by_redis_is_done_all_the_same(portal, on_its_database):
    portal.stop("redis")
    portal.start("redis")
    portal.wait_healthy("redis")
    Heartbeat.objects.all().delete()

    def done():
        send_tick(portal)
        return Heartbeat.objects.exclude(succeeded=None).exists()

    compose.wait(done, "The worker has not come back", portal.log("worker"), 60)
    portal.wait_healthy("worker")


def test_a_service_that_stopped_is_seen_to_be_ill(portal):
    assert portal.is_healthy("web") and portal.is_healthy("worker") and portal.is_healthy("db")

    portal.stop("web", "worker")
    try:
        assert not portal.is_healthy("web")
        assert not portal.is_healthy("worker")
    finally:
        portal.start("web", "worker")
        portal.wait_healthy("web")


def send_tick(portal):
    with Celery(broker=portal.redis) as sender:
        sender.send_task("operations.tasks.tick")


# What the proxy's visitors get


def test_without_redis_pages_and_api_stay_up(portal):
    portal.stop("redis")
    try:
        answers = {
            path: portal.get(path).status for path in ("/en/", "/sl/search/?q=a", "/api/v1/", "/accounts/login/")
        }
    finally:
        portal.start("redis")
        portal.wait_healthy("redis")

    assert answers == dict.fromkeys(answers, 200)


def test_over_https_browsers_are_told_to_stay_with_it(portal):
    page = portal.get("/en/")

    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "X-Forwarded-Proto" not in page.headers
    plain = portal.get("/en/", X_Forwarded_Proto="http")
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{compose.HOST}/en/")
    for path in ("/healthz", "/readyz"):
        assert portal.get(path, X_Forwarded_Proto="http").status in (200, 503)  # health is asked for without TLS


def test_cookies_travel_over_https_alone_and_scripts_do_not_see_them(portal):
    cookies = portal.get("/accounts/login/").headers.get_all("Set-Cookie")

    assert [cookie.partition("=")[0] for cookie in cookies] == ["csrftoken"]
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)


def test_another_host_name_is_not_answered(portal):
    assert portal.get("/en/", Host="elsewhere.example").status == 400


def test_style_sheets_bear_their_content_in_their_names_and_are_kept_for_ever(portal):
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', portal.get("/en/").body)

    assert sheets and all(re.fullmatch(r"/static/css/[\w/]+\.[0-9a-f]{12}\.css", sheet) for sheet in sheets)
    for sheet in sheets:
        answer = portal.get(sheet)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_page_for_a_bad_request_finds_its_style_sheets_too(portal):
    page = portal.get("/en/", Host="elsewhere.example").body

    for sheet in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page):
        assert portal.get(sheet).status == 200


# Logs


def test_the_log_of_the_web_server_is_one_json_object_a_line(portal):
    portal.get("/en/practices/none-such/")

    for line in portal.log_lines("web"):
        assert json.loads(line)["level"]


def test_an_answer_can_be_found_in_the_log(portal):
    number = portal.get("/en/practices/none-such/").headers["X-Request-ID"]
    assert number

    lines = [json.loads(line) for line in portal.log_lines("web") if number in line]
    events = [line["event"] for line in lines if line["event"].startswith("request_")]
    assert events == ["request_started", "request_finished"]
    assert lines[-1]["code"] == 404


def test_the_worker_logs_in_the_same_way(portal, on_its_database):
    send_tick(portal)
    compose.wait(lambda: tick_lines(portal), "No task in the log", portal.log("worker"))

    for line in tick_lines(portal):
        assert json.loads(line)["level"]


def tick_lines(portal) -> list[str]:
    return [line for line in portal.log_lines("worker") if "Task operations.tasks.tick[" in line]
