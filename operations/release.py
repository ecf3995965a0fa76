"""Which code is running, so that nothing which other code made is taken for its own."""

from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def release() -> str:
    """A digest of what decides how records are rendered and how pages look: Python, templates, styles, messages.

    It is the same on every machine that has the same files.
    """
    digest = sha256()
    for source in sorted(_sources()):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources() -> list[Path]:
    code = [source for app in ROOT.glob("*/apps.py") for source in app.parent.rglob("*.py")]
    looks = [path for place in ("templates", "static") for path in (ROOT / place).rglob("*") if path.is_file()]
    return [*code, *looks, *(ROOT / "locale").rglob("*.mo")]
