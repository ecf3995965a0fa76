"""What stands in a table's columns: the heading, the type of its cells, and where a row's value comes from."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import override

from catalogue import codes
from catalogue.texts import in_language
from exchange.dumps.tables import TEXT, Value
from exchange.interreg.gathered import Document, Gathered
from projects.models import Participation, Project

SEPARATOR = "; "


@dataclass(frozen=True)
class Words:
    """The words of one language, looked up once: rows are made while nobody's language is set."""

    language: str
    statuses: dict[str, str]
    roles: dict[str, str]
    bases: dict[str, str]

    @classmethod
    def of(cls, language: str) -> "Words":
        with override(language):
            lists = (Project.Status, Participation.Role, Participation.BudgetBasis)
            return cls(language, *({str(code): str(label) for code, label in each.choices} for each in lists))

    def text(self, texts: dict[str, str] | None, original: str) -> str | None:
        """In the reader's language, else in English, else in the original."""
        return in_language(texts, self.language, original).text or None

    def country(self, code: str | None) -> str | None:
        return codes.countries.country_name(code, self.language) if code else None

    def named(self, choices: type, code: str | None) -> str | None:
        """The name of a code in one of the closed lists; a code that is not in it, as it is."""
        return codes.name(choices(code), self.language) if code in choices.values else code


@dataclass(frozen=True)
class Row:
    """What the values of a row are made of. `part` is the participation, `partner` that organisation's own document."""

    gathered: Gathered
    words: Words
    part: Document | None = None

    @property
    def project(self) -> Document:
        return self.gathered.project

    @property
    def programme(self) -> Document:
        return self.gathered.of(self.project["programme"]) or {}

    @property
    def partner(self) -> Document:
        return (self.gathered.of(self.part["organisation"]) if self.part else None) or {}

    def text(self, texts: dict[str, str] | None) -> str | None:
        return self.words.text(texts, self.project["original_language"])

    def statements(self, *names: str) -> str | None:
        """All that a project states under these names, a line each."""
        found = (self.text(each["text"]) for name in names for each in self.project[name])
        return "\n".join(text for text in found if text) or None


@dataclass(frozen=True)
class Column:
    heading: Promise
    value: Callable[[Row], Value]
    type: str = TEXT


def heads(columns: tuple[Column, ...], language: str) -> list[str]:
    with override(language):
        return [capfirst(str(column.heading)) for column in columns]


def joined(values) -> str | None:
    """Different ones, each once, in their order."""
    return SEPARATOR.join(dict.fromkeys(value for value in values if value)) or None
