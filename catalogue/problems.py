"""What is wrong with a draft, and what could be better: author and reviewer read the same."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """*Must* keeps a draft from being reviewed; *advice* is for its author, and its reviewer, to weigh."""

    MUST = "must"
    ADVICE = "advice"


@dataclass(frozen=True)
class Problem:
    """One thing to put right; `field` and `language` say where a form shows it, none of both if it is for the whole.

    `links` lead to what the message speaks of: pairs of what it is called and its address.
    """

    field: str
    message: str
    language: str = ""
    severity: Severity = Severity.MUST
    links: tuple[tuple[str, str], ...] = ()

    @property
    def is_advice(self) -> bool:
        return self.severity is Severity.ADVICE


def advice(field: str, message: str, language: str = "", links: tuple[tuple[str, str], ...] = ()) -> Problem:
    return Problem(field, message, language, Severity.ADVICE, links)
