"""What keeps a draft from being reviewed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to put right; `field` and `language` say where a form shows it, none of both if it is for the whole."""

    field: str
    message: str
    language: str = ""
