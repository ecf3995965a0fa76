"""What a draft lacks and what could be better, section by section: the same list for its author and its reviewer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.drafting.forms import DraftForm
from catalogue.drafting.items import name_of
from catalogue.problems import Problem
from catalogue.records import Record
from pages.templatetags.face_fields import called, target

if TYPE_CHECKING:  # the page shows them
    from catalogue.drafting.page import Section

Address = Callable[[Problem], str]


class Line(NamedTuple):
    """One of them, beside the field that it is about; `url` leads there."""

    problem: Problem
    label: str
    url: str


class Group(NamedTuple):
    """Those of one section; of none, with no title, where it is about the whole."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Checks:
    groups: list[Group] = field(default_factory=list)
    musts: int = 0
    hints: int = 0

    @property
    def told(self) -> str:
        """In one line."""
        if not self.groups:
            return _("Nothing is missing, and there are no hints.")
        musts = ngettext("%(number)s thing to put right", "%(number)s things to put right", self.musts)
        hints = ngettext("%(number)s hint", "%(number)s hints", self.hints)
        both = {"musts": musts % {"number": self.musts}, "hints": hints % {"number": self.hints}}
        if not (self.musts and self.hints):
            return both["hints" if self.hints else "musts"]
        return _("%(musts)s, %(hints)s") % both

    @property
    def that_lead_on(self) -> "Checks":
        """Those that speak of something else that can be read, such as another practice like this one."""
        groups = [group._replace(lines=[each for each in group.lines if each.problem.links]) for group in self.groups]
        return Checks([group for group in groups if group.lines], hints=sum(len(group.lines) for group in groups))


def found_in(draft: Record) -> list[Problem]:
    """What keeps the draft from being reviewed, then what could be better."""
    return [*draft.problems(), *draft.advice()]


def checks_of(
    form: DraftForm, found: Sequence[Problem], sections: "Sequence[Section]", *, at: Address | None = None
) -> Checks:
    """`at` says where a line leads, if not to the field of the form."""
    grouped: dict[str, list[Line]] = {"": []} | {str(section.title): [] for section in sections}
    for problem in found:
        grouped[_section_of(problem, sections)].append(_line(form, problem, at))
    groups = [Group(title, sorted(lines, key=_musts_first)) for title, lines in grouped.items() if lines]
    hints = sum(problem.is_advice for problem in found)
    return Checks(groups, musts=len(found) - hints, hints=hints)


def _section_of(problem: Problem, sections: "Sequence[Section]") -> str:
    name = name_of(problem.field) or problem.field
    return next((str(section.title) for section in sections if name in section.fields), "")


def _line(form: DraftForm, problem: Problem, at: Address | None) -> Line:
    name = form.field_of(problem)
    shown = form[name] if name else None
    label = called(shown) if shown else ""
    return Line(problem, label, at(problem) if at else f"#{target(shown)}" if shown else "")


def _musts_first(line: Line) -> bool:
    return line.problem.is_advice
