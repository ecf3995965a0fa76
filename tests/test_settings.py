"""The settings: what server mode refuses, what .env.example tells, what stands in no file."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.factories import PASSWORD, UserFactory
from tools.check_tree import project_files

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "MER_MODE": "server",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "PUBLIC_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://mer:mer@127.0.0.1:9/mer",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DEFAULT_FROM_EMAIL": "portal@portal.example.org",
}
NEEDED = sorted(set(COMPLETE) - {"MER_MODE"})


def python(*command: str, folder: Path, **changes: str | None) -> subprocess.CompletedProcess:
    """Python with a complete server's environment and these changes (None takes a variable away), and no other."""
    known = {"PATH": os.environ["PATH"], "MER_VAR_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    given = {name: value for name, value in (known | COMPLETE | changes).items() if value is not None}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60)


def settings_read(folder: Path, **changes: str | None) -> subprocess.CompletedProcess:
    """The settings module alone, which decides whether anything starts."""
    return python("-c", "import mer_portal.settings", folder=folder, **changes)


# Server mode


@pytest.mark.parametrize("name", NEEDED)
def test_server_mode_starts_not_without_what_it_needs(name, tmp_path):
    refused = settings_read(tmp_path, **{name: None})

    assert refused.returncode != 0
    assert name in refused.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", NEEDED)
def test_an_empty_value_is_none(name, tmp_path):
    refused = settings_read(tmp_path, **{name: ""})

    assert refused.returncode != 0
    assert name in refused.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "change",
    [
        {"DEBUG": "1"},
        {"MER_DEMO": "1"},
        {"WEBHOOKS_TO_THIS_MACHINE": "1"},
        {"PUBLIC_URL": "http://portal.example.org"},
        {"MER_MODE": "production"},
        {"ALLOWED_HOSTS": "*"},
        {"ALLOWED_HOSTS": "portal.example.org, *"},
        {"SECRET_KEY": "x"},
        {"SECRET_KEY": "abcdefgh" * 10},
        {"SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM"},
    ],
    ids=lambda change: "=".join(*change.items()),
)
def test_server_mode_refuses_what_would_be_unsafe(change, tmp_path):
    refused = settings_read(tmp_path, **change)

    assert refused.returncode != 0
    assert "ImproperlyConfigured" in refused.stderr
    assert next(iter(change)) in refused.stderr.splitlines()[-1]


def test_a_trial_of_server_mode_may_do_without_tls(tmp_path):
    assert settings_read(tmp_path, PUBLIC_URL="http://127.0.0.1", MER_ALLOW_HTTP="1").returncode == 0


def test_djangos_checks_for_production_have_nothing_to_say(tmp_path):
    checked = python("manage.py", "check", "--deploy", "--fail-level=DEBUG", folder=tmp_path)

    assert checked.returncode == 0, checked.stderr
    assert checked.stderr == ""
    assert checked.stdout == "System check identified no issues (0 silenced).\n"


def test_nothing_is_silenced():
    assert settings.SILENCED_SYSTEM_CHECKS == []


def test_the_embedded_mode_makes_a_key_of_its_own_that_nobody_else_can_read(tmp_path):
    for _start in (1, 2):
        assert settings_read(tmp_path, **dict.fromkeys(COMPLETE)).returncode == 0
        key = tmp_path / "secret-key"
        seen = key.read_text()
        assert len(seen) > 60
        assert key.stat().st_mode & 0o077 == 0
    assert key.read_text() == seen


def modes(*paths: Path) -> list[str]:
    return [oct(path.stat().st_mode & 0o777) for path in paths]


def test_what_the_embedded_mode_keeps_is_for_its_owner_alone(tmp_path):
    folder = tmp_path / "var"
    embedded = dict.fromkeys(COMPLETE)

    assert settings_read(folder, **embedded).returncode == 0
    assert modes(folder, folder / "portal.sqlite3") == ["0o700", "0o600"]

    folder.chmod(0o755)
    (folder / "portal.sqlite3").chmod(0o644)  # as it was made once
    assert (
        python("manage.py", "migrate", "accounts", "0001", "--verbosity=0", folder=folder, **embedded).returncode == 0
    )
    assert modes(folder, *folder.glob("*sqlite3*")) == ["0o700", *["0o600"] * len(list(folder.glob("*sqlite3*")))]


def test_a_folder_that_many_write_to_stays_as_it_is(tmp_path):
    tmp_path.chmod(0o1777)

    assert settings_read(tmp_path, **dict.fromkeys(COMPLETE)).returncode == 0
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777


def test_behind_a_proxy_it_is_visitors_who_are_counted(tmp_path):
    told = "from mer_portal import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"

    assert python("-c", told, folder=tmp_path).stdout == "0\n"
    assert python("-c", told, folder=tmp_path, BEHIND_PROXY="1").stdout == "1\n"


# Demo users


@pytest.mark.django_db
def test_a_demo_user_signs_in_where_the_demo_is_on_and_nowhere_else(client, settings):
    user = UserFactory(is_demo=True)
    credentials = {"login": user.email, "password": PASSWORD}

    settings.DEMO = False
    client.post("/accounts/login/", credentials)
    assert "_auth_user_id" not in client.session

    settings.DEMO = True
    client.post("/accounts/login/", credentials)
    assert client.session["_auth_user_id"] == str(user.pk)

    settings.DEMO = False
    assert client.get("/en/my/").status_code == 302  # a session that was begun before does not help


# .env.example


def test_the_example_of_an_environment_names_every_setting_and_no_other():
    code = "".join((ROOT / "mer_portal" / name).read_text() for name in ("settings.py", "exchange.py"))
    compose = (ROOT / "docker-compose.yml").read_text()
    read = set(re.findall(r"(?:\benv\.\w+|\bneeded)\(\s*\"(\w+)\"", code)) | set(
        re.findall(r"^[^#\n]*\$\{(\w+):", compose, re.MULTILINE)
    )
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", example, re.MULTILINE))

    assert named == read


def test_the_example_marks_what_server_mode_needs():
    example = (ROOT / ".env.example").read_text()
    paragraphs = re.findall(r"^# \*.*\n((?:[A-Z_]+=.*\n)+)", example, re.MULTILINE)
    marked = {line.partition("=")[0] for paragraph in paragraphs for line in paragraph.splitlines()}

    assert marked == set(NEEDED)


# Files


def test_no_key_and_no_password_stands_in_the_repository():
    secret = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:AKIA|ghp_|glpat-|xox[bp]-)\w{8,}|SECRET_KEY\s*=\s*[\"'][^\"']{12,}"
        r"|://[\w.-]+:(?!password@|mer@|secret@|\$\{|\{)[^\s@/\"'{}$]{6,}@"
    )
    found = []
    for file in project_files():
        if file.parts[0] != "tests" and not file.name.endswith((".txt", ".svg")):
            text = file.read_bytes().decode(errors="replace")
            found += [f"{file}: {match[0]}" for match in secret.finditer(text)]

    assert found == []
    assert not [file for file in project_files() if file.name in (".env", "secret-key", "demo-users.txt")]


def test_what_is_kept_beside_the_code_never_gets_into_git_or_into_the_image():
    ignored = subprocess.run(
        ["git", "check-ignore", ".env", "var/secret-key", "var/demo-users.txt", "var/portal.sqlite3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout.split()
    kept_out = (ROOT / ".dockerignore").read_text().split()

    assert len(ignored) == 4
    assert {".env", "var", ".git"} <= set(kept_out)


def test_files_of_records_have_no_address(settings):
    assert settings.STORAGES["records"]["OPTIONS"]["base_url"] is None
    records, media = Path(settings.STORAGES["records"]["OPTIONS"]["location"]), Path(settings.MEDIA_ROOT)
    assert not records.is_relative_to(media)


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
