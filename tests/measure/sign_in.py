"""Whether the time of an answer tells who has an account.

    python -m tests.measure.sign_in [TRIES]

Signing up, signing in and asking for a new password, with addresses that have an account and with such as have none, in
turns, on SQLite and on PostgreSQL, with the real password hasher: medians of the whole request in milliseconds, by the
clock on the wall and by that of the processor, which other work on the machine disturbs less. Texts and statuses are
compared, too. The figures stand in docs/measurements.md.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from itertools import count
from statistics import median

PASSWORD = "correct horse battery staple"
numbers = count()


def main() -> None:
    from tools import servers

    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        for url in (f"sqlite:///{place}/measured.sqlite3", addresses["DATABASE_URL"]):
            environment = os.environ | {"DATABASE_URL": url, "MER_VAR_DIR": place, "LOG_LEVEL": "ERROR"}
            command = [sys.executable, "-m", "tests.measure.sign_in", "here", *sys.argv[1:]]
            subprocess.run(command, env=environment, check=True)


def measure_here(tries: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    from tests import services

    settings.ACCOUNT_RATE_LIMITS = False
    if settings.EMAIL_BACKEND.startswith("django."):
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.ALLOWED_HOSTS = ["testserver"]
    with services.database():
        for name, ask in (("sign up", sign_up), ("sign in", sign_in), ("new password", new_password)):
            people = [make_user() for _ in range(tries)]
            times, alike = in_turns(ask, people)
            for clock, (known, unknown) in times.items():
                print(
                    f"{connection.vendor:<10} {name:<12} {clock:<9}  known {known:7.2f} ms  unknown {unknown:7.2f} ms  "
                    f"apart {abs(known - unknown):5.2f} ms  {'alike' if alike else 'TOLD APART'}",
                    flush=True,
                )


def make_user() -> str:
    """An account with a password as the portal stores it; hashed once, for it takes a while."""
    from accounts.models import User

    email = f"known{next(numbers)}@example.org"
    user = User.objects.create_user(email)
    User.objects.filter(pk=user.pk).update(password=hashed())
    return email


def hashed(made=[]) -> str:  # noqa: B006  made once
    from django.contrib.auth.hashers import make_password

    if not made:
        made.append(make_password(PASSWORD))
    return made[0]


def in_turns(ask, people: list[str]) -> tuple[dict[str, tuple[float, float]], bool]:
    """Medians for known and unknown addresses by each clock, and whether all answers were the same but for the address."""
    clocks = {"wall": time.perf_counter, "processor": time.process_time}
    times = {(clock, is_known): [] for clock in clocks for is_known in (True, False)}
    answers = set()
    for turn, email in enumerate(people):
        for is_known in (True, False) if turn % 2 else (False, True):
            address = email if is_known else f"nobody{next(numbers)}@example.org"
            began = {clock: tell() for clock, tell in clocks.items()}
            answer = ask(address)
            for clock, tell in clocks.items():
                times[clock, is_known].append((tell() - began[clock]) * 1000)
            answers.add(told(answer, address))
    medians = {clock: (median(times[clock, True]), median(times[clock, False])) for clock in clocks}
    return medians, len(answers) == 1


def told(answer, address: str) -> tuple:
    body = answer.content.decode().replace(address, "ADDRESS")
    return answer.status_code, answer.get("Location"), re.sub(r'value="[\w-]{64}"', "", body)


def post(path: str, **typed):
    from django.test import Client

    return Client().post(path, typed)


def sign_up(email: str):
    return post("/accounts/signup/", first_name="Maja", email=email, password1=PASSWORD, password2=PASSWORD, terms="on")


def sign_in(email: str):
    return post("/accounts/login/", login=email, password="a wrong one")


def new_password(email: str):
    return post("/accounts/password/reset/", email=email)


if __name__ == "__main__":
    if sys.argv[1:2] == ["here"]:
        measure_here(int(sys.argv[2]) if sys.argv[2:] else 500)
    else:
        main()
