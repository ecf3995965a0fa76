"""Asks a running portal whether it is well; the exit status is the answer. Docker's health checks use it.

python -m tools.health http://127.0.0.1:8000/healthz
python -m tools.health http://web:8000/readyz last_beat     (this one check of /readyz, whatever the others say)
"""

import json
import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main(address: str, check: str = "") -> int:
    """0 for well, 1 for not; the portal is asked under its public name, since it serves no other."""
    request = urllib.request.Request(address)
    if public := urlsplit(os.environ.get("PUBLIC_URL", "")).netloc:
        request.add_header("Host", public)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            body = answer.read()
    except urllib.error.HTTPError as error:
        if not check:
            print(f"{address} answers {error.code}")
            return 1
        body = error.read()
    except OSError as error:
        print(f"{address} does not answer: {error}")
        return 1
    return 0 if not check or json.loads(body)["checks"][check]["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
