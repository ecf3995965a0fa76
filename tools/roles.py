"""Writes docs/roles.md, the table of who may do what, from `accounts/acts.py`: `python -m tools.roles`."""

from pathlib import Path

from accounts.acts import TABLE, Role

FILE = Path(__file__).resolve().parent.parent / "docs" / "roles.md"
HEAD = """# Who may do what

Made by `python -m tools.roles` from `accounts/acts.py`, which the code reads; the sweep over every address, as every role
and by every method (`tests/test_sweep.py`), holds the portal to it. What is not open to somebody is answered like what is not
there; visitors are asked to sign in where an account would help.

*Author, member, coordinator* are so of the record at hand: who began it, and those of its organisation. Who has several roles
may do what any of them may.
"""


def table() -> str:
    """As the file holds it."""
    lines = [
        "| | " + " | ".join(role.label for role in Role) + " |",
        "|---" * (len(Role) + 1) + "|",
        *(f"| {act.what} | " + " | ".join("✓" if role in act.who else "" for role in Role) + " |" for act in TABLE),
    ]
    return HEAD + "\n" + "\n".join(line.replace("|  |", "| |").replace("|  |", "| |") for line in lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
