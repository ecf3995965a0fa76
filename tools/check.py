"""What needs no test run: `make check`. Each check is silent when all is well; all are run, whatever the others say."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
TEMPLATES = [str(file) for file in sorted(Path("templates").rglob("*.html"))]
CHECKS = {
    "style": [BIN / "ruff", "check", "--quiet", "--output-format=concise"],
    "format": [BIN / "ruff", "format", "--quiet", "--check", "--output-format=concise"],
    "imports point one way": [BIN / "lint-imports", "--no-cache"],
    "house rules": [sys.executable, "-m", "tools.check_tree"],
    "template tags": [BIN / "djade", "--check", "--target-version=5.2", *TEMPLATES],
    "template indentation": [BIN / "djhtml", "--check", "--tabwidth=2", *TEMPLATES],
    "Django's checks": [*MANAGE, "check", "--fail-level=WARNING"],
    "Django's checks for production": [*MANAGE, "check", "--deploy", "--fail-level=WARNING"],
    "no migration is missing": [*MANAGE, "makemigrations", "--check", "--dry-run"],
}
PRODUCTION = {
    "MER_MODE": "server",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "PUBLIC_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://mer:mer@127.0.0.1/mer",
    "REDIS_URL": "redis://127.0.0.1/0",
    "EMAIL_URL": "smtp://127.0.0.1",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
}


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="mer-") as place:
        for title, command in CHECKS.items():
            began = time.monotonic()
            environment = os.environ | {"MER_VAR_DIR": place, "DATABASE_URL": f"sqlite:///{place}/check.sqlite3"}
            if "--deploy" in command:
                environment |= PRODUCTION
            result = subprocess.run(command, env=environment, capture_output=True, text=True)
            print(
                f"{'ok    ' if result.returncode == 0 else 'FAILED'} {title} ({time.monotonic() - began:.1f} s)",
                flush=True,
            )
            if result.returncode:
                failed.append(title)
                print(result.stdout, result.stderr, sep="", flush=True)
    if failed:
        print(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main())
