"""The list of all that waits for somebody's decision, oldest first: whose it is, how long it has waited, in which language."""

from collections import Counter
from collections.abc import Iterable, Sequence
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.latest import words_of
from catalogue.texts import in_language
from operations.dates import long_date
from pages.languages import language_in_words
from reviews.work import in_charge_of

PAGE = 50


class QueueFilters(forms.Form):
    """By what waits, and by the language in which it was written; offers what is there, and what was there a moment ago.

    Other values choose nothing.
    """

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Written in"), required=False)

    def __init__(self, data, *, waiting: Sequence[SimpleNamespace]):
        super().__init__(data)
        self.waiting = waiting
        for row in waiting:
            row.draft = words_of(row.model, row.content)
        kinds_there = Counter({data["kind"]: 0} if kinds.find(data.get("kind", "")) else {})
        kinds_there.update(row.kind for row in waiting)
        languages_there = Counter({data["language"]: 0} if data.get("language") in dict(settings.LANGUAGES) else {})
        languages_there.update(row.draft.original_language for row in waiting)
        self._offer("kind", [(name, capfirst(str(kinds.get(name).label))) for name in kinds_there], kinds_there)
        self._offer("language", [(code, language_in_words(code)) for code in languages_there], languages_there)
        offered = {name: dict(field.choices) for name, field in self.fields.items()}
        self.data = {name: data.get(name) for name in self.fields if data.get(name) in offered[name]}

    def _offer(self, name: str, named: Iterable[tuple[str, str]], numbers: Counter) -> None:
        offered = sorted(((value, f"{label} ({numbers[value]})") for value, label in named), key=lambda each: each[1])
        self.fields[name].choices = [("", _("all")), *offered]

    @property
    def chosen(self) -> list[SimpleNamespace]:
        self.is_valid()
        kind, language = self.cleaned_data.get("kind"), self.cleaned_data.get("language")
        return [
            row
            for row in self.waiting
            if kind in (None, "", row.kind) and language in (None, "", row.draft.original_language)
        ]


def columns() -> list[dict]:
    """As `components/table.html` wants them."""
    names = (_("Title"), _("Has waited"), _("Step"), _("Written in"), _("Organisation"), _("What it is"))
    return [{"label": name} for name in names]


def cells_of(row: SimpleNamespace) -> list[dict]:
    title = in_language(row.draft.title_map.data, get_language(), row.draft.original_language)
    return [
        {
            "text": title.text or str(row.draft.untitled),
            "url": reverse("reviews:review", args=[row.uid]),
            "lang": "" if title.language == get_language() else title.language,
        },
        {"text": _age(row), "sub": _("since %(when)s") % {"when": long_date(row.since)}},
        {"text": _step(row)},
        {"text": language_in_words(row.draft.original_language)},
        {"text": in_charge_of(row) or str(row.draft)},
        {"text": capfirst(str(row.model.reviewed_as or kinds.get(row.kind).label))},
    ]


def _age(row: SimpleNamespace) -> str:
    days = (localdate() - localdate(row.since)).days
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days} if days > 0 else _("less than a day")


def _step(row: SimpleNamespace) -> str:
    if not row.review.check:
        return _("Review")
    return _("Check for your organisation") if row.is_mine else _("Check for an organisation")
