import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from bench import report
from bench.running import ROUNDS, ROWS, SIZES, prepared
from tools import processes


class Command(BaseCommand):
    help = (
        "Measures the doors of the catalogue beside other ways to the same answers, in scratch databases that it makes and "
        "throws away. PostgreSQL and Redis are those of DATABASE_URL and REDIS_URL, else some are started."
    )

    def add_arguments(self, parser):
        parser.add_argument("--size", type=int, default=100_000, choices=SIZES, help="How many practices there are.")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="Ratios are medians of so many rounds.")
        parser.add_argument("--json", type=Path, metavar="FILE", help="All figures go there, too.")
        parser.add_argument(
            "--check", action="store_true", help="Exit status 1 if a ratio is not reached; its row is named."
        )
        parser.add_argument("--only", action="append", choices=list(ROWS), metavar="ROW", help=f"Of {', '.join(ROWS)}.")

    def handle(self, *, size, rounds, json, check, only, **options):
        if rounds < 1:
            raise CommandError("At least one round.")
        processes.exit_on_signals()
        outcomes = []
        with prepared(size, rounds, self._say) as bench:
            command = " ".join(["manage.py", *sys.argv[1:]])
            head = report.head(command, size, rounds, bench.postgres.version)
            for outcome in bench.measure(only or list(ROWS)):
                self._say(f"{outcome.row}: measured")
                outcomes.append(outcome)
        parts = [report.in_words(head), report.goals_table(outcomes), report.contenders_table(outcomes)]
        self.stdout.write("\n" + "\n\n".join([*parts, report.notes(outcomes)]))
        if json:
            report.write_json(json, head, outcomes)
        missed = report.not_reached(outcomes)
        if check and missed:
            raise CommandError(f"Not reached: {', '.join(missed)}")

    def _say(self, sentence: str) -> None:
        self.stderr.write(sentence)
