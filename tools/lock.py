"""Writes requirements/*.txt from pyproject.toml: each package with its hashes, for all systems; no index's address."""

import subprocess
import sys
from pathlib import Path

UV = [str(Path(sys.executable).with_name("uv")), "pip", "compile", "--upgrade", "--quiet", "--universal"]
UV += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
UV += ["--custom-compile-command", "make lock"]
LOCKS = {
    "requirements/run.txt": ["pyproject.toml"],
    "requirements/test.txt": ["pyproject.toml", "--group", "dev", "--constraint", "requirements/run.txt"],
    "requirements/carried.txt": ["--group", "carried", "--no-deps"],
}

for lock, sources in LOCKS.items():
    subprocess.run([*UV, *sources, "--output-file", lock], check=True)
    print(lock)
