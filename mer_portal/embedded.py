"""What the embedded mode makes for itself."""

import os
import secrets
import stat
from pathlib import Path


def keep_private(folder: Path) -> None:
    """Passwords' hashes, drafts and sessions lie in it: it is for its owner alone, also if it was made more open before.

    A folder that many write to, such as /tmp, stays as it is.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = folder.stat()
    if known.st_uid == os.geteuid() and not known.st_mode & stat.S_ISVTX:
        folder.chmod(0o700)


def keep_private_file(file: Path) -> None:
    """Makes the database's file before SQLite does, which would let everybody read it; what stands beside it follows."""
    if file.parent.is_dir():
        file.touch(mode=0o600)
        if file.stat().st_uid == os.geteuid():
            file.chmod(0o600)


def embedded_secret_key(folder: Path) -> str:
    """The key kept in `folder`, made at the first start, so that sessions and signed links outlive a restart."""
    file = folder / "secret-key"
    if not file.exists():
        try:
            with file.open("x") as new:
                file.chmod(0o600)
                new.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass  # another process made it in the meantime
    return file.read_text()
