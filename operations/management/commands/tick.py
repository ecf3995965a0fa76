import logging
import threading
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

    def handle(self, *, loop: bool, pause: float, verbosity: int, **options):
        if not loop:
            self._tell(work.tick(), verbosity)
            return
        threading.Thread(target=self._go_on, args=(True, pause, verbosity), name="long work", daemon=True).start()
        self._go_on(False, pause, verbosity)

    def _go_on(self, is_long: bool, pause: float, verbosity: int) -> None:
        """For ever. What takes long goes on beside all other work, as it does with several workers of Celery."""
        while True:
            try:
                done = work.tick(is_long=is_long)
            except DatabaseError:  # it may come back
                logger.exception("The database does not answer")
                done = []
            self._tell(done, verbosity)
            close_old_connections()
            time.sleep(pause)

    def _tell(self, done: list[str], verbosity: int) -> None:
        if verbosity > 1:
            self.stdout.write(f"done: {', '.join(done) or 'nothing was due'}")
