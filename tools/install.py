"""Installs locks into this environment, showing how far it is: `python tools/install.py requirements/run.txt …`.

`carried.txt` is unpacked into a folder of its own: of its packages only the programs inside are used.
"""

import re
import subprocess
import sys
from pathlib import Path

CARRIED = ["--target", f"{sys.prefix}/carried", "--upgrade", "--python-version", "3.12"]


def install(lock: Path) -> None:
    packages = len(re.findall(r"^[A-Za-z].*==", lock.read_text(), re.MULTILINE))
    print(f"Installing {packages} packages from {lock}", flush=True)
    where = CARRIED if lock.name == "carried.txt" else []
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:", *where]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar=off", "-r", str(lock)]
    seen, said = 0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout:
            said.append(line)
            if line.startswith("Collecting"):
                seen += 1
                if seen % 20 == 0:
                    print(f"  {seen} of {packages} found", flush=True)
            elif line.startswith("Installing collected"):
                print("  unpacking", flush=True)
    if pip.returncode and where:
        print("  not for this machine: make test will look for a redis-server of its own")
    elif pip.returncode:
        raise SystemExit("".join(said[-15:]) + f"pip could not install {lock}: see above.")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        install(Path(name))
