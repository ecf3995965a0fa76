"""People who show what each role may do: invented, made only where the demo is on, and able to sign in only there.

Their passwords are random, made once, and lie in a file that none but the portal's own account can read. The file is
written before the users are, so that no password is ever lost between the two.
"""

import os
import secrets
import tempfile
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User

READABLE = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0 and 1


class DemoUser(NamedTuple):
    role: str
    first_name: str
    last_name: str
    language: str
    group: User.Role | None = None
    is_admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.role}@example.org"


DEMO_USERS = (
    DemoUser("partner", "Petra", "Partner", "sl"),
    DemoUser("partner2", "Pavel", "Partner", "en"),
    DemoUser("partner-elsewhere", "Nela", "Neighbour", "en"),
    DemoUser("reviewer", "Rok", "Reviewer", "sl", group=User.Role.REVIEWER),
    DemoUser("editor", "Ema", "Editor", "en", group=User.Role.EDITOR),
    DemoUser("admin", "Ada", "Admin", "en", is_admin=True),
)


def passwords_file() -> Path:
    """Lines `role  email  password`, as `make run` prints them."""
    return settings.VAR_DIR / "demo-users.txt"


def ensure_demo_users() -> list[User]:
    """Makes those who are missing, and returns them; without the demo nobody.

    Who is there keeps the password, unless the file does not tell it. An address that is a real user's is left alone.
    """
    if not settings.DEMO:
        return []
    there = {user.email: user for user in User.objects.filter(email__in=[person.email for person in DEMO_USERS])}
    people = [person for person in DEMO_USERS if person.email not in there or there[person.email].is_demo]
    told = _read_passwords()
    passwords = {person.email: told.get(person.email) or new_password() for person in people}
    if passwords != told:
        _write_passwords(people, passwords)
    with transaction.atomic():
        for email in there.keys() & passwords.keys() - told.keys():
            there[email].set_password(passwords[email])
            there[email].save(update_fields=["password"])
        return [_make(person, passwords[person.email]) for person in people if person.email not in there]


def new_password() -> str:
    """Three groups of four: 60 bits, easy to read out."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))


def _make(person: DemoUser, password: str) -> User:
    user = User.objects.create_user(
        person.email,
        password,
        first_name=person.first_name,
        last_name=person.last_name,
        language=person.language,
        is_demo=True,
        is_staff=person.is_admin,
        is_superuser=person.is_admin,
    )
    if person.group:
        user.groups.add(Group.objects.get_or_create(name=person.group)[0])
    return user


def _read_passwords() -> dict[str, str]:
    try:
        rows = [line.split() for line in passwords_file().read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return {}
    return {row[1]: row[2] for row in rows if len(row) == 3}


def _write_passwords(people: list[DemoUser], passwords: dict[str, str]) -> None:
    """Whole or not at all; readable by its owner alone from the first byte on."""
    lines = [f"{person.role:<18}  {person.email:<30}  {passwords[person.email]}\n" for person in people]
    file = passwords_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=file.parent, prefix=file.name)  # made with mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.writelines(lines)
    Path(unfinished).replace(file)
