from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import passwords_file
from seeds.loading import load
from seeds.pages import load_pages
from seeds.people import ensure_demo_users
from seeds.reading import FaultyContent, read
from seeds.stories import load_stories


class Command(BaseCommand):
    help = (
        "Loads the facts of the seed documents and the examples; in demo mode also the demo users. "
        "What people have changed since stays as they left it."
    )

    def handle(self, **options):
        try:
            for outcome in load(read()):
                self.stdout.write(str(outcome))
        except FaultyContent as fault:
            raise CommandError(fault) from fault
        self.stdout.write(f"pages: {load_pages() + load_stories()} made")
        if settings.DEMO:
            self.stdout.write(f"demo users: {len(ensure_demo_users())} made; passwords in {passwords_file()}")
