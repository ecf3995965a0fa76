import logging
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from operations import work

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does the background work that is due: scheduled publishing, refreshes, reminders."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="go on for ever, looking again every few seconds")
        parser.add_argument("--pause", type=float, default=5, help="seconds between two looks (with --loop)")

    def handle(self, *, loop: bool, pause: float, **options):
        while True:
            try:
                done = work.tick()
            except DatabaseError:  # it may come back; without the loop somebody is there to read of it
                if not loop:
                    raise
                logger.exception("The database does not answer")
                done = []
            if options["verbosity"] > 1:
                self.stdout.write(f"done: {', '.join(done) or 'nothing was due'}")
            if not loop:
                return
            close_old_connections()
            time.sleep(pause)
