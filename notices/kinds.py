"""The kinds of things that people are told: apps register theirs in `AppConfig.ready()`."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """`waits`: she has to do something, so that it is written to her also if she wants no other letters.

    `what` is a short label. `subject`, `sentence` and `nameless` hold %(title)s, `sentence` may hold %(name)s, too, and
    `nameless` stands for it where nobody is named. `lead` introduces the link of the letter.
    """

    name: str
    what: Words
    subject: Words
    sentence: Words
    nameless: Words = ""
    lead: Words = ""
    waits: bool = False

    def tells(self, title: str, actor: str = "") -> str:
        """In the language at hand."""
        sentence = self.sentence if actor or not self.nameless else self.nameless
        return str(sentence) % {"title": title, "name": actor}


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """A name belongs to one kind only."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"The kind of notice {kind.name!r} is registered twice.")


def named(name: str) -> Kind | None:
    """None for what an earlier release told."""
    return _kinds.get(name)
