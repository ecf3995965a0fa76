import pytest

from accounts.models import User
from notices import kinds
from notices.actions import notify
from notices.kinds import Kind
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """One kind that waits for its reader, and one that does not."""
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(Kind("asked", "Asked", "Asked: %(title)s", "%(name)s asks about “%(title)s”:", waits=True))
    kinds.register(Kind("done", "Done", "Done: %(title)s", "%(name)s has done “%(title)s”.", "“%(title)s” is done."))


@pytest.fixture
def nina(db):
    return UserFactory(email="nina@example.org", first_name="Nina", last_name="Kos", mail=User.Mail.ALL)


@pytest.fixture
def marta(db):
    return UserFactory(first_name="Marta", last_name="Hribar")


@pytest.fixture
def tell(marta):
    """`tell(nina, times=3)`: what Marta did."""

    def tell(*people, kind="asked", times=1, **more):
        told = {"titles": {"en": "Open-yard day", "sl": "Dan odprtih dvorišč"}, "path": "my/", "by": marta} | more
        return [notice for _time in range(times) for notice in notify(people, kind, **told)]

    return tell
