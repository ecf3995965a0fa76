"""What a practice on paper costs: the processor seconds of the first PDF of a process, and of the next ones.

    python -m tests.measure.pdf

Over the longest practice of the seeded content with four pictures of 1,600 pixels, in both languages, through the whole portal,
with nothing kept. The figures stand in docs/measurements.md.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from statistics import median

PICTURES = 4
ROUNDS = 20


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mer-") as place:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{place}/measured.sqlite3",
            "MER_VAR_DIR": place,
            "LOG_LEVEL": "ERROR",
        }
        subprocess.run([sys.executable, "-m", "tests.measure.pdf", "here"], env=environment, check=True)


def measure_here() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()
    from django.core.management import call_command

    from tests import services

    with services.database():
        call_command("seed", verbosity=0, stdout=io.StringIO())
        slug = illustrated()
        for language in ("en", "sl"):
            ask(f"/{language}/practices/{slug}/")  # the portal itself is there, and has read its sentences
            path = f"/{language}/practices/{slug}/{slug}.pdf"
            first, size = ask(path)
            others = [ask(path)[0] for _round in range(ROUNDS)]
            print(f"{path}: {size / 1024:.0f} kB; first {first:.3f} s, then {median(others):.3f} s", flush=True)


def illustrated() -> str:
    """The longest practice, with pictures of noise: what compresses worst."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db.models.functions import Length
    from PIL import Image

    from catalogue.models import Entry
    from practices import photos
    from practices.models import GoodPractice
    from tests.factories import PracticeImageFactory, UserFactory, publish

    longest = Entry.objects.visible().of_kind("practices").order_by(Length("document").desc()).first()
    practice, by = GoodPractice.objects.get(uid=longest.uid), UserFactory()
    for number in range(PICTURES):
        picture = io.BytesIO()
        Image.effect_noise((1600, 1200), 40 + number).convert("RGB").save(picture, "JPEG")
        photo = photos.keep(SimpleUploadedFile("noise.jpg", picture.getvalue()), by=by)
        practice.images.add(PracticeImageFactory.build(practice=practice, photo=photo))
    practice.save()
    return publish(practice).slug


def ask(path: str) -> tuple[float, int]:
    from django.core.cache import caches
    from django.test import Client

    caches["pdfs"].clear()
    client = Client(HTTP_HOST="127.0.0.1")
    begun = time.process_time()
    answer = client.get(path)
    taken = time.process_time() - begun
    assert answer.status_code == 200, path
    return taken, len(answer.content)


if __name__ == "__main__":
    measure_here() if "here" in sys.argv else main()
