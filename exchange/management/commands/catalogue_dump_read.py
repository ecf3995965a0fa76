"""What another network does with a dump: reads the records out of it, whatever the format."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalogue.models import Entry
from exchange.dumps.reading import Unreadable, documents_of


class Command(BaseCommand):
    help = "Reads a dump (NDJSON, CSV or XLSX, also compressed) and writes its records as NDJSON, or compares them with ours."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--compare", action="store_true", help="only say which records differ from the catalogue")

    def handle(self, *, file: Path, compare: bool, **options):
        try:
            if compare:
                self._compare(file)
            else:
                for document in documents_of(file):
                    self.stdout.write(document)
        except (Unreadable, FileNotFoundError) as error:
            raise CommandError(str(error)) from error

    def _compare(self, file: Path) -> None:
        equal = different = 0
        for document in documents_of(file):
            uid = json.loads(document)["uid"]
            if Entry.objects.visible().filter(uid=uid, document=document).exists():
                equal += 1
            else:
                different += 1
                self.stdout.write(f"{uid} is otherwise in the catalogue, or not there.")
        self.stdout.write(f"{equal} records are equal, {different} are not.")
