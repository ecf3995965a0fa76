"""Who follows when a person wants letters at once, and no longer one a day: apps say it in `AppConfig.ready()`."""

from collections.abc import Callable

from accounts.models import User

_followers: list[Callable[[User], None]] = []


def register(follower: Callable[[User], None]) -> None:
    if follower not in _followers:
        _followers.append(follower)


def are_left_by(user: User) -> None:
    for follower in _followers:
        follower(user)
