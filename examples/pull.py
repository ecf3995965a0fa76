"""Keeps a copy of a MER portal's catalogue in a SQLite file, and proves that the copy is equal.

    pip install requests
    python pull.py https://portal.example mirror.sqlite3

The first run fetches everything, each later one only what changed. Exit status 1: the copy is not equal to the portal.
"""

import hashlib
import json
import sqlite3
import sys

import requests

TABLES = """
CREATE TABLE IF NOT EXISTS records (uid TEXT PRIMARY KEY, kind TEXT, document TEXT, etag TEXT);
CREATE TABLE IF NOT EXISTS place (cursor TEXT);
"""


def pull(api: requests.Session, portal: str, mirror: sqlite3.Connection) -> tuple[int, int]:
    """Fetch and apply what changed since the last run; returns how many records changed and how many were deleted."""
    row = mirror.execute("SELECT cursor FROM place").fetchone()
    cursor, changed, deleted, has_more = row[0] if row else "0", 0, 0, True
    while has_more:
        answer = api.get(f"{portal}/api/v1/changes/", params={"since": cursor, "page_size": 500}, timeout=60)
        if answer.status_code == 410 and answer.json()["type"].endswith("/resync-required"):
            with mirror:  # the portal was restored from a backup: start anew
                mirror.execute("DELETE FROM records")
                mirror.execute("DELETE FROM place")
            return pull(api, portal, mirror)
        answer.raise_for_status()
        page = answer.json()
        cursor, has_more = page["next_cursor"], page["has_more"]
        with mirror:  # the changes and the place up to which they were read: both or neither
            for change in page["results"]:
                if change["op"] == "upsert":
                    text = json.dumps(change["record"], ensure_ascii=False, separators=(",", ":"))
                    etag = hashlib.sha256(text.encode()).hexdigest()
                    row = (change["uid"], change["kind"], text, etag)
                    changed += mirror.execute("REPLACE INTO records VALUES (?, ?, ?, ?)", row).rowcount
                else:
                    deleted += mirror.execute("DELETE FROM records WHERE uid = ?", [change["uid"]]).rowcount
            mirror.execute("DELETE FROM place")
            mirror.execute("INSERT INTO place VALUES (?)", [cursor])
    return changed, deleted


def state_of(mirror: sqlite3.Connection, kind: str) -> dict:
    """The number of records of a kind, and the hash over their etags in the order of uids."""
    rows = mirror.execute("SELECT uid, etag FROM records WHERE kind = ? ORDER BY uid", [kind]).fetchall()
    lines = "".join(f"{uid} {etag}\n" for uid, etag in rows)
    return {"count": len(rows), "hash": f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"}


def main(portal: str, file: str) -> int:
    api, mirror = requests.Session(), sqlite3.connect(file)
    mirror.executescript(TABLES)
    changed = deleted = 0
    for _attempt in range(5):  # somebody may publish between our last page and the state
        more, fewer = pull(api, portal, mirror)
        changed, deleted = changed + more, deleted + fewer
        state = api.get(f"{portal}/api/v1/state/", timeout=60).json()
        if mirror.execute("SELECT cursor FROM place").fetchone()[0] == f"{state['epoch']}-{state['version']}":
            break
    is_equal = all(state_of(mirror, kind) == expected for kind, expected in state["kinds"].items())
    verdict = "equal to" if is_equal else "NOT equal to"
    print(f"{changed} changed, {deleted} deleted; {verdict} state at version {state['version']}")
    return 0 if is_equal else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
