"""What the embedded mode makes for itself."""

import secrets
from pathlib import Path


def embedded_secret_key(folder: Path) -> str:
    """The key kept in `folder`, made at the first start, so that sessions and signed links outlive a restart."""
    file = folder / "secret-key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("x") as new:
                file.chmod(0o600)
                new.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass  # another process made it in the meantime
    return file.read_text()
