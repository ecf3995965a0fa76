"""What it costs to find the published practices that are too much like a draft, among 10,000.

    python -m tests.measure.similar

Milliseconds by the clock on the wall, database and all, the best of five, on SQLite and on PostgreSQL; drafts are made of
the same invented words as the entries, the frequent ones as frequent and short as in a real text. The figures stand in
docs/measurements.md.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from statistics import median

ENTRIES = 10_000
ROUNDS = 40


def main() -> None:
    from tools import servers

    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        for url in (f"sqlite:///{place}/measured.sqlite3", addresses["DATABASE_URL"]):
            environment = os.environ | {"DATABASE_URL": url, "MER_VAR_DIR": place, "LOG_LEVEL": "ERROR"}
            subprocess.run([sys.executable, "-m", "tests.measure.similar", "here"], env=environment, check=True)


def measure_here() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()
    from django.db import connection

    from tests import services
    from tests.factories import GoodPracticeFactory

    chance = random.Random(7)
    words = [_word(chance, number) for number in range(1, 8_001)]
    often = [word for number, word in enumerate(words, start=1) for _times in range(max(1, 4_000 // number))]
    with services.database():
        fill(chance, often)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        costs = []
        for _number in range(ROUNDS):
            texts = {name: {"en": _text(chance, often, long)} for name, long in LONG.items()}
            draft = GoodPracticeFactory.build(**texts)
            costs.append(min(_cost(draft) for _time in range(5)))
        found = sorted(costs)
        print(
            f"{connection.vendor:<10} median {median(found):.1f} ms, slowest of {ROUNDS} {found[-1]:.1f} ms", flush=True
        )


def _cost(draft) -> float:
    """With no word looked up yet in the dictionaries."""
    from catalogue import search
    from practices.too_similar import too_similar

    search._lemma.cache_clear()
    begun = time.perf_counter()
    list(too_similar(draft))
    return (time.perf_counter() - begun) * 1_000


LONG = {
    "title": 7,
    "summary": 22,
    "problem_and_context": 70,
    "how_it_works": 80,
    "stakeholders_and_beneficiaries": 60,
}


def fill(chance: random.Random, often: list[str]) -> None:
    from catalogue.models import Entry, EntryWords
    from tests.factories import bare_entries

    told = [(_text(chance, often, 7), _text(chance, often, 22)) for _entry in range(ENTRIES)]

    def card(index: int) -> str:
        title, summary = told[index]
        return json.dumps({"title": {"en": title}, "summary": {"en": summary}, **SHORT})

    bare_entries(ENTRIES, card=card)
    rows = zip(Entry.objects.order_by("position"), told, strict=True)
    EntryWords.objects.bulk_create(
        (
            EntryWords(entry=entry, title=title, body=f"{summary} {_text(chance, often, 250)}")
            for entry, (title, summary) in rows
        ),
        batch_size=500,
    )


SHORT = {
    "kind": "practices",
    "original_language": "en",
    "pages": {"en": "/en/practices/any/"},
    "topics": [],
    "places": [],
    "example": False,
    "uid": "any",
    "status": "running",
    "organisation_in_charge": None,
}


def _word(chance: random.Random, rank: int) -> str:
    """What is said often is short, in every language."""
    longest = 4 + min(rank.bit_length(), 9)
    return "".join(chance.choice("aeioubcdfghklmnprstvz") for _letter in range(chance.randint(2, longest)))


def _text(chance: random.Random, often: list[str], long: int) -> str:
    return " ".join(chance.choice(often) for _word in range(long))


if __name__ == "__main__":
    measure_here() if "here" in sys.argv else main()
