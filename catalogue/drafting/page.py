"""What the page around a form shows: how far it is, in which languages, and what can be done next."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from catalogue.drafting.behind import count_in
from catalogue.drafting.checks import checks_of
from catalogue.drafting.fields import number
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.items import name_of
from catalogue.records import Record
from catalogue.reviewing import hands_on
from catalogue.texts import Text, in_language
from operations.dates import moment
from pages.languages import language_label


class Section(NamedTuple):
    """Its anchor, heading, and fields (as problems name them); `only` where not every such record has it, for the styles."""

    anchor: str
    title: str
    fields: tuple[str, ...]
    only: str = ""


def page_of(form: DraftForm, record: Record | None, *, sections: Sequence[Section]) -> dict[str, Any]:
    """The context of `catalogue/drafting/form.html`; without a record for one that nobody has saved yet."""
    typed = form.draft_as_typed()
    found = typed.problems()
    problems = {name_of(problem.field) or problem.field for problem in found}
    review = record.current_workflow_state if record else None
    return {
        "form": form,
        "sections": [_section(section, form, problems) for section in sections],
        "tabs": _tabs(form),
        "shown_language": form.data.get("shown_language") or form.draft.original_language,
        "revision": _revision(form, record),
        "sent_back": _thread(review) if review and review.status == WorkflowState.STATUS_NEEDS_CHANGES else None,
        "save_state": _save_state(record),
        "actions": _actions(),
        "checks": checks_of(form, [*found, *typed.advice()], sections) if _is_checked(form, record) else None,
    }


def _is_checked(form: DraftForm, record: Record | None) -> bool:
    """What nobody has written yet needs no list of all that it lacks; nor does a form that comes back to be written on."""
    return bool(record) and not form.comes_back


def _revision(form: DraftForm, record: Record | None) -> int | str:
    """The one that its writer has read: a form that comes back unsaved does not make her a reader of what came since."""
    if form.is_bound:
        return number(form.data.get("revision")) or ""
    return record.latest_revision_id or "" if record else ""


def _section(section: Section, form: DraftForm, problems: set[str]) -> dict:
    wrong = sum(len(form.errors.get(name, ())) for name in form.fields if _base(name, form) in section.fields)
    missing = len(problems.intersection(section.fields))
    left_out = form.is_left_out(section.anchor)
    return {
        "title": section.title,
        "url": f"#{section.anchor}",
        "only": section.only,
        "holds": bool(section.only) and form.holds_any(section.fields),
        "state": "open" if missing or wrong or left_out else "done",
        "note": "" if wrong else _("can be left out") if left_out else _to_do(missing),
        "problem": ngettext("%(number)s problem", "%(number)s problems", wrong) % {"number": wrong} if wrong else "",
    }


def _to_do(number: int) -> str:
    if not number:
        return _("complete")
    return ngettext("%(number)s thing to do", "%(number)s things to do", number) % {"number": number}


def _base(field: str, form: DraftForm) -> str:
    """`title_sl` → title, `place_1_town` → place, `blocks-new1-title_sl` → blocks."""
    if name_of(field):
        return name_of(field)
    if field.startswith("place_"):
        return "place"
    base = field.rpartition("_")[0]
    return base if base in form.texts else field


def _tabs(form: DraftForm) -> list[dict]:
    return [
        {
            "code": code,
            "name": language_label(code),
            "note": _("original") if code == form.draft.original_language else _behind(form, code),
            "problems": sum(len(errors) for name, errors in form.errors.items() if name.endswith(f"_{code}")),
        }
        for code in form.languages
    ]


def _behind(form: DraftForm, language: str) -> str:
    number = count_in(form, language)
    told = ngettext("%(number)s text to look at", "%(number)s texts to look at", number)
    return told % {"number": number} if number else ""


def _thread(review: WorkflowState) -> dict:
    decision = review.current_task_state
    message = {
        "author": str(decision.finished_by or _("A reviewer")),
        "role": (_("for the organisation") if hands_on(decision) else _("reviewer")) if decision.finished_by else "",
        "date": decision.finished_at.isoformat(),
        "when": moment(decision.finished_at),
        "text": decision.comment or _("What is to be changed stands beside the fields of the form."),
    }
    return {"messages": [message]}


def _save_state(record: Record | None) -> dict:
    revision = record.latest_revision if record else None
    if revision is None:
        return {"state": "draft", "label": _("Not saved yet"), "note": ""}
    return {
        "state": "done",
        "label": _("Draft saved %(when)s") % {"when": moment(revision.created_at)},
        "note": _("by %(name)s") % {"name": revision.user} if revision.user else "",
    }


def _actions() -> list[dict]:
    """Pressing Enter in a line of text does the first."""
    return [
        {"label": _("Save"), "name": "action", "value": "save"},
        {"label": _("Preview"), "name": "action", "value": "preview"},
        {"label": _("Submit"), "name": "action", "value": "submit"},
    ]


def listed_as(draft: Record, *, kind: str, url: str, title: Text, summary: Text, **more) -> dict | None:
    """How the draft would read in a list (`components/entry.html`); nothing while it has no title."""
    called, told = (in_language(text.data, get_language(), draft.original_language) for text in (title, summary))
    if not called.text:
        return None
    return {
        "kind": kind,
        "url": url,
        "title": called.text,
        "lang": "" if called.language == get_language() else called.language,
        "summary": told.text,
        "summary_lang": "" if told.language == get_language() else told.language,
        "example": draft.example,
        **more,
    }
