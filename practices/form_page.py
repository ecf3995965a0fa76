"""What the page around the form shows: how far it is, in which languages, and what can be done next."""

from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from catalogue.cards import place_line
from catalogue.dates import moment
from catalogue.texts import clean_text, in_language
from pages.languages import language_label
from practices.cards import practice_kicker
from practices.forms import PracticeForm
from practices.models import GoodPractice
from practices.readiness import GUIDED_PARTS, GUIDED_PARTS_LIMIT, guided_length, texts_of
from practices.work import draft_title

# Anchor, heading, and the fields (as problems name them) of each section.
SECTIONS = (
    ("in-short", gettext_lazy("In short"), ("original_language", "title", "summary")),
    ("what-was-done", gettext_lazy("What was done"), GUIDED_PARTS),
    ("state-and-time", gettext_lazy("State and time"), ("status", "start", "end")),
    ("topics-and-places", gettext_lazy("Topics and places"), ("topics", "places", "place")),
    ("who", gettext_lazy("Who stands behind it"), ("organisation", "projects")),
    ("picture", gettext_lazy("Picture"), ("photo", "photo_alt", "photo_credit")),
)


def form_page(form: PracticeForm, practice: GoodPractice | None, **more) -> dict[str, Any]:
    """The context of `practices/form.html`; without a practice for one that nobody has saved yet."""
    review = practice.current_workflow_state if practice else None
    return {
        "form": form,
        "practice": practice,
        "title": title_of(practice),
        "sections": _sections(form),
        "tabs": _tabs(form),
        "shown_language": form.data.get("shown_language") or form.draft.original_language,
        "guided_counters": _guided_counters(form),
        "revision": practice.latest_revision_id if practice else "",
        "new_uid": "" if practice else form.data.get("uid") or uuid4(),
        "place_rows": [
            [form[f"place_{number}_{key}"] for key in ("country", "town", "nuts")] for number in form.place_numbers
        ],
        "sent_back": _thread(review) if review and review.status == WorkflowState.STATUS_NEEDS_CHANGES else None,
        "save_state": _save_state(practice),
        "actions": _actions(),
        "listed": _listed(practice, form.draft) if practice else None,
        **more,
    }


def title_of(practice: GoodPractice | None) -> str:
    """As it was last saved, in the reader's language."""
    return (draft_title(practice).text if practice else "") or _("Untitled practice")


def _sections(form: PracticeForm) -> list[dict]:
    problems = {problem.field for problem in form.draft_as_typed().problems()}
    found = []
    for anchor, title, fields in SECTIONS:
        wrong = sum(len(form.errors.get(name, ())) for name in form.fields if _base(name) in fields)
        missing = len(problems.intersection(fields))
        found.append(
            {
                "title": title,
                "url": f"#{anchor}",
                "state": "open" if missing or wrong or _is_left_out(anchor, form) else "done",
                "note": "" if wrong else _("can be left out") if _is_left_out(anchor, form) else _to_do(missing),
                "problem": ngettext("%(number)s problem", "%(number)s problems", wrong) % {"number": wrong}
                if wrong
                else "",
            }
        )
    return found


def _is_left_out(anchor: str, form: PracticeForm) -> bool:
    return anchor == "picture" and form.photo_shown is None


def _to_do(number: int) -> str:
    if not number:
        return _("complete")
    return ngettext("%(number)s thing to do", "%(number)s things to do", number) % {"number": number}


def _base(field: str) -> str:
    """`title_sl` → title, `place_1_town` → place."""
    if field.startswith("place_"):
        return "place"
    base, _separator, language = field.rpartition("_")
    return base if len(language) == 2 else field


def _tabs(form: PracticeForm) -> list[dict]:
    return [
        {
            "code": code,
            "name": language_label(code),
            "note": _("original") if code == form.draft.original_language else "",
            "problems": sum(len(errors) for name, errors in form.errors.items() if name.endswith(f"_{code}")),
        }
        for code in form.languages
    ]


def _guided_counters(form: PracticeForm) -> list[dict]:
    """How long the three guided parts are together, language by language."""
    texts = texts_of(form.draft)
    if form.is_bound:
        typed = {name: {code: form[f"{name}_{code}"].value() for code in form.languages} for name in GUIDED_PARTS}
        texts = {name: {code: clean_text(text or "") for code, text in each.items()} for name, each in typed.items()}
    return [
        {
            "code": code,
            "name": language_label(code),
            "id": " ".join(f"id_{name}_{code}" for name in GUIDED_PARTS),
            "counter": {"count": guided_length(texts, code), "maximum": GUIDED_PARTS_LIMIT},
        }
        for code in form.languages
    ]


def _thread(review: WorkflowState) -> dict:
    decision = review.current_task_state
    message = {
        "author": str(decision.finished_by or _("A reviewer")),
        "role": _("reviewer") if decision.finished_by else "",
        "date": decision.finished_at.isoformat(),
        "when": moment(decision.finished_at),
        "text": decision.comment,
    }
    return {"messages": [message]}


def _save_state(practice: GoodPractice | None) -> dict:
    revision = practice.latest_revision if practice else None
    if revision is None:
        return {"state": "draft", "label": _("Not saved yet"), "note": ""}
    return {
        "state": "done",
        "label": _("Draft saved %(when)s") % {"when": moment(revision.created_at)},
        "note": _("by %(name)s") % {"name": revision.user} if revision.user else "",
    }


def _listed(practice: GoodPractice, draft: GoodPractice) -> dict | None:
    """How the draft would read in a list; nothing while it has no title."""
    title = in_language(draft.title.data, get_language(), draft.original_language)
    summary = in_language(draft.summary.data, get_language(), draft.original_language)
    if not title.text:
        return None
    return {
        "kind": "practice",
        "url": reverse("practices:preview", args=[practice.uid]),
        "title": title.text,
        "lang": "" if title.language == get_language() else title.language,
        "kicker": practice_kicker({"topics": draft.topics}),
        "summary": summary.text,
        "summary_lang": "" if summary.language == get_language() else summary.language,
        "meta": [place_line(draft.places)] if draft.places else [],
        "example": draft.example,
    }


def _actions() -> list[dict]:
    """Pressing Enter in a line of text does the first."""
    return [
        {"label": _("Save"), "name": "action", "value": "save"},
        {"label": _("Preview"), "name": "action", "value": "preview"},
        {"label": _("Submit"), "name": "action", "value": "submit"},
    ]
