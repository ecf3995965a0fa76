from django.core.management.base import BaseCommand, CommandError

from catalogue import upkeep
from pages.telling import retell


class Command(BaseCommand):
    help = "Compares the catalogue with the records it was made of (check), or brings it up to them (rebuild)."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["check", "rebuild"])

    def handle(self, *, what: str, **options):
        if what == "rebuild":
            self.stdout.write(f"{upkeep.rebuild()} entries changed, {retell()} pages told anew.")
            return
        faults = upkeep.check()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults. `manage.py catalogue rebuild` mends them.")
        self.stdout.write("Every document equals its record.")
