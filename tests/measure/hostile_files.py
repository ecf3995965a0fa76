"""What each hostile file costs the portal at each of its doors: seconds, and the most memory that its process ever held.

    python -m tests.measure.hostile_files [part of a name or class]

Each is sent through the whole portal in a process of its own; more than 5 seconds or 300 MB are marked. What it
prints is summed up in docs/measurements.md.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_SECONDS, MOST_MEGABYTES = 5, 300


def main(wanted: str) -> None:
    with tempfile.TemporaryDirectory(prefix="mer-") as place:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{place}/measured.sqlite3",
            "MER_VAR_DIR": place,
            "LOG_LEVEL": "CRITICAL",
            "PYTHONWARNINGS": "ignore",
        }
        subprocess.run(
            [sys.executable, "-m", "tests.measure.hostile_files", "here", wanted], env=environment, check=True
        )


def measure_here(wanted: str) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()

    from django.test.utils import setup_test_environment

    from tests import services
    from tests.test_hostile_files import CASES

    setup_test_environment()
    cases = [
        *CASES,
        *((each, door, outcome) for each in as_large_as_may_be() for door, outcome in each.becomes.items()),
    ]
    with services.database():
        warm_up(cases[0])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"before any: {before} MB", flush=True)
        for hostile, door, _outcome in cases:
            if wanted in f"{hostile.kind} {hostile.name}":
                tell(hostile, door, *in_a_child(hostile, door))


def as_large_as_may_be() -> list:
    """What is allowed must not cost too much either."""
    from tests import hostile_makers as make
    from tests.hostile_outcomes import ATTACHMENT, DOCUMENT, IMAGE, LOGO, PHOTO, Hostile

    files, both = {ATTACHMENT: "", DOCUMENT: ""}, {PHOTO: "", IMAGE: ""}
    seen, all_three = make.seen_through, both | {LOGO: ""}
    rows = [
        ("PNG of 9 million pixels", "a.png", lambda: make.png_unfolding(3000, 3000), all_three),
        ("palette of 9 million pixels", "a.png", lambda: make.drawn((3000, 3000), "PNG", "P", None), all_three),
        ("see-through, 9 million pixels", "a.png", lambda: seen((3000, 3000), "PNG"), all_three),
        ("grey and see-through, 9 million", "a.png", lambda: seen((3000, 3000), "PNG", "LA"), all_three),
        ("palette with a hole, 9 million", "a.png", lambda: seen((3000, 3000), "PNG", "P"), all_three),
        ("sixteen bits, 9 million pixels", "a.png", lambda: make.drawn((3000, 3000), "PNG", "I;16", None), all_three),
        ("WebP of 3 million pixels", "a.webp", lambda: make.noise((2000, 1500), "WEBP", lossless=True), all_three),
        ("see-through WebP, 3 million", "a.webp", lambda: seen((2000, 1500), "WEBP", lossless=True), all_three),
        ("JPEG of 40 million pixels", "a.jpg", lambda: make.telling(size=(8000, 5000)), both),
        ("JPEG of 16 million pixels", "a.jpg", lambda: make.telling(size=(4000, 4000)), all_three),
        ("JPEG of 10 million, square", "a.jpg", lambda: make.noise((3199, 3199), subsampling=0), all_three),
        ("for printing, 9 million", "a.jpg", lambda: make.drawn((3000, 3000), mode="CMYK", color=None), all_three),
        ("progressive, 20 million pixels", "a.jpg", lambda: make.drawn((5000, 4000), progressive=True), both),
        ("progressive, 15 million pixels", "a.jpg", lambda: make.drawn((4000, 3900), progressive=True), all_three),
        ("progressive, fine colours, 10 million", "a.jpg", lambda: fine((3840, 2700)), all_three),
        ("a hundred passes of 20 million pixels", "a.jpg", lambda: make.jpeg_in_passes(95, (5000, 4000)), both),
        ("a thousand notes of 10 kB", "a.jpg", lambda: make.jpeg_with_notes(990, 10_000), both),
        ("JPEG of 49 million pixels", "a.jpg", lambda: make.telling(size=(7000, 7000)), {IMAGE: ""}),
        ("GIF of 9 million pixels", "a.gif", lambda: make.endless_animation(1000, 8), {IMAGE: ""}),
        ("GIF of 1,000 pictures", "a.gif", lambda: make.endless_animation(90, 1000), {IMAGE: ""}),
        ("moving WebP of 3 million pixels", "a.webp", lambda: make.animated("WEBP", 12, (500, 500)), {IMAGE: ""}),
        ("DOCX with 95 MB of noughts", "a.docx", lambda: make.bomb(95), files),
        ("text of 9 MB with a rare letter", "a.txt", lambda: "😀".encode() + b"a b\n" * 2_400_000, files),
        ("table of 19 MB", "a.csv", lambda: "😀".encode() + b"a;1,5;b;2,5;c;3,5\n" * 1_000_000, {DOCUMENT: ""}),
        ("table of 9 MB", "a.csv", lambda: b"a;1,5;b;\n" * 1_000_000, files),
        ("PDF of 9 MB of noise", "a.pdf", lambda: make.pdf(make.stream(make.random_bytes(9_000_000))), files),
        ("PDF of 240,000 small objects", "a.pdf", lambda: make.pdf(*[b"1"] * 240_000), files),
        ("XLSX of 390,000 formulas", "a.xlsx", lambda: formulas(390_000), files),
    ]
    return [Hostile(name, "large", file_name, made, doors) for name, file_name, made, doors in rows]


def formulas(rows: int) -> bytes:
    """One of which has a sign that speaks for looking at all of them."""
    from tests import hostile_makers as make

    cells = make.numbered(b'<row r="%d"><c><f>A1*2</f><v>1</v></c></row>', rows)
    return make.xlsx_with("xl/worksheets/sheet1.xml", b"<worksheet><c><f>A1&#43;1</f></c>" + cells + b"</worksheet>")


def fine(size: tuple[int, int]) -> bytes:
    from tests import hostile_makers as make

    return make.drawn(size, progressive=True, subsampling=0)


def warm_up(case) -> None:
    """Everything is imported, and the portal has read its sentences."""
    hostile, door, _outcome = case
    sent(hostile, door)


def in_a_child(hostile, door: str) -> tuple[float, int, int]:
    """Processor seconds, megabytes, status."""
    from django.db import connection

    connection.close()
    reading, writing = os.pipe()
    with tempfile.NamedTemporaryFile() as file:
        maker = os.fork()
        if maker == 0:  # what making it takes is not counted
            Path(file.name).write_bytes(hostile.make())
            os._exit(0)
        os.waitpid(maker, 0)
        content = Path(file.name).read_bytes()
    child = os.fork()
    if child == 0:
        hostile.__dict__["content"] = content
        begun = processor()
        status = sent(hostile, door)
        taken = processor() - begun
        most = (
            max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
        )
        os.write(writing, json.dumps([taken, most, status]).encode())
        os._exit(0)
    os.close(writing)
    _pid, how = os.waitpid(child, 0)
    told = os.read(reading, 1000) if how == 0 else b"[0, 0, 0]"
    os.close(reading)
    return tuple(json.loads(told))


def processor() -> float:
    """Seconds of this process, and of those that it started, such as the one that reads PDFs."""
    return sum(os.times()[:4])


def sent(hostile, door: str) -> int:
    from django.db import transaction
    from django.test import Client

    from tests.test_hostile_files import DOORS

    with transaction.atomic():
        status = DOORS[door].send(Client(raise_request_exception=False), hostile).status_code
        transaction.set_rollback(True)
    return status


def tell(hostile, door: str, seconds: float, megabytes: int, status: int) -> None:
    over = seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES or status not in (200, 302, 422)
    print(
        f"{hostile.name:45} {door:11} {status} {seconds:6.2f} s {megabytes:5} MB{'  OVER' if over else ''}", flush=True
    )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    measure_here("".join(arguments[1:])) if "here" in arguments[:1] else main("".join(arguments))
