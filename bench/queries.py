"""`python -m bench.queries`: how many statements the doors ask of the database of DATABASE_URL, as JSON.

In a process of its own, as nothing of the database may be known from before.
"""

import json
import os
import subprocess
import sys

import django
from django.conf import settings
from django.core.management import CommandError

from bench.goals import Goal, Outcome, exactly

MOST = {"list": 2, "changes": 1, "record": 3}


def queries(bench) -> Outcome:
    """Of each door, at all records and at a tenth of them."""
    few, many = counted_in(bench.tenth), counted_in(bench.full)
    goals = [
        Goal(f"queries/{door}", f"statements of {door}", exactly(many[door]), at_most=most)
        for door, most in MOST.items()
    ]
    more = sum(abs(many[door] - few[door]) for door in MOST)
    goals.append(Goal("queries/size", "more of them at ten times the records", exactly(more), at_most=0))
    return Outcome("queries", goals)


def counted_in(world) -> dict[str, int]:
    uid = json.loads(world.portal.reader.get(world.page()[0]).body)["results"][0]["uid"]
    command = [sys.executable, "-m", "bench.queries", uid]
    environment = os.environ | world.environment | {"PUBLIC_URL": "http://127.0.0.1", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise CommandError(f"Statements could not be counted:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def main(uid: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mer_portal.settings"
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    reader = Client(headers={"host": "127.0.0.1"})
    doors = {
        "list": "/api/v1/practices/?page_size=100",
        "changes": "/api/v1/changes/?page_size=100",
        "record": f"/api/v1/practices/{uid}/",
    }
    counted = {}
    for door, path in doors.items():
        assert reader.get(path).status_code == 200  # the list is counted once for each version of the catalogue
        with CaptureQueriesContext(connection) as asked:
            reader.get(path)
        counted[door] = len(asked)
    print(json.dumps(counted))


if __name__ == "__main__":
    main(sys.argv[1])
