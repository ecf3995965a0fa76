"""What a letter to 5,000 people costs the process that writes it.

    python -m tests.measure.mail

Processor seconds from `notify` to the commit: a notice and a row of the outbox for each, in two languages, on SQLite and on
PostgreSQL; the median of five. The figures stand in docs/measurements.md.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

PEOPLE, ROUNDS = 5_000, 5


def main() -> None:
    from tools import servers

    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        for url in (f"sqlite:///{place}/measured.sqlite3", addresses["DATABASE_URL"]):
            environment = os.environ | {"DATABASE_URL": url, "MER_VAR_DIR": place, "LOG_LEVEL": "ERROR"}
            subprocess.run([sys.executable, "-m", "tests.measure.mail", "here"], env=environment, check=True)


def measure_here() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()
    from django.db import connection

    from accounts.models import User
    from tests import services

    with services.database():
        User.objects.bulk_create(
            User(
                email=f"person{n}@example.org", first_name="Maja", last_name=f"Novak {n}", language=("en", "sl")[n % 2]
            )
            for n in range(PEOPLE)
        )
        people = list(User.objects.all())
        spent = statistics.median(write(people) for _round in range(ROUNDS))
        print(f"{connection.vendor:<10} {PEOPLE:,} letters: {spent:.2f} s of processor time", flush=True)


def write(people: list) -> float:
    """Seconds; what was written is taken away again."""
    from django.db import transaction
    from post_office.models import Email

    from notices.actions import notify
    from reviews.letters import SUBMITTED

    with transaction.atomic():
        began = time.process_time()
        notify(people, SUBMITTED.name, titles={"en": "Open-yard day", "sl": "Dan odprtih dvorišč"}, path="my/")
        spent = time.process_time() - began
        assert Email.objects.count() == PEOPLE
        transaction.set_rollback(True)
    return spent


if __name__ == "__main__":
    measure_here() if "here" in sys.argv else main()
