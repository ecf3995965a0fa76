"""What the page around the form of a practice shows beside what every such page does (`catalogue.drafting.page`)."""

from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext_lazy

from catalogue.cards import place_line
from catalogue.drafting.page import Section, listed_as, page_of
from catalogue.latest import latest_title
from catalogue.texts import clean_text
from pages.languages import language_label
from practices.cards import practice_kicker
from practices.forms import OPTIONAL, PracticeForm
from practices.models import GoodPractice
from practices.readiness import GUIDED_PARTS, GUIDED_PARTS_LIMIT, IN_SHORT, guided_length, texts_of

FULL = "full"  # sections that a snapshot does not have
SECTIONS = (
    Section("in-short", gettext_lazy("In short"), ("entry_type", "original_language", *IN_SHORT)),
    Section("what-was-done", gettext_lazy("What was done"), GUIDED_PARTS, FULL),
    Section("what-it-took", gettext_lazy("What it took"), OPTIONAL["what-it-took"], FULL),
    Section("what-came-of-it", gettext_lazy("What came of it"), OPTIONAL["what-came-of-it"], FULL),
    Section("what-helped", gettext_lazy("What helped and what hindered"), OPTIONAL["what-helped"], FULL),
    Section("building-blocks", gettext_lazy("Building blocks"), OPTIONAL["building-blocks"], FULL),
    Section("passing-it-on", gettext_lazy("Passing it on"), OPTIONAL["passing-it-on"], FULL),
    Section("state-and-time", gettext_lazy("State and time"), ("status", "start", "end"), FULL),
    Section(
        "topics-and-places",
        gettext_lazy("Topics and places"),
        ("topics", "sdgs", "nace", "geographical_scope", "places", "place"),
    ),
    Section(
        "who",
        gettext_lazy("Who stands behind it"),
        ("organisation", "contact_name", "contact_agreed", "author", "areas", "projects", "grew_from"),
    ),
    Section("pictures", gettext_lazy("Pictures"), OPTIONAL["pictures"], FULL),
    Section("links", gettext_lazy("Links"), OPTIONAL["links"], FULL),
    Section("files", gettext_lazy("Files"), OPTIONAL["files"], FULL),
)


def form_page(form: PracticeForm, practice: GoodPractice | None) -> dict[str, Any]:
    """The context of `practices/form.html`; without a practice for one that nobody has saved yet."""
    return page_of(form, practice, sections=SECTIONS) | own_context(form, practice)


def own_context(form: PracticeForm, practice: GoodPractice | None) -> dict[str, Any]:
    return {
        "practice": practice,
        "guided_counters": _guided_counters(form),
        "new_uid": "" if practice else form.data.get("uid") or uuid4(),
        "listed": _listed(practice, form.draft) if practice else None,
    }


def title_of(practice: GoodPractice | None) -> str:
    """As it was last saved, in the reader's language."""
    return latest_title(practice or GoodPractice())


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


def _listed(practice: GoodPractice, draft: GoodPractice) -> dict | None:
    return listed_as(
        draft,
        kind="practice",
        url=reverse("practices:preview", args=[practice.uid]),
        title=draft.title,
        summary=draft.summary,
        kicker=practice_kicker({"topics": draft.topics}),
        meta=[place_line(draft.places)] if draft.places else [],
    )
