"""What a practice grew from: results of projects, chosen among those of the projects that it comes from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import as_uid
from catalogue.texts import Text, in_language
from practices.models import GoodPractice
from projects.models import Result


class ResultChoices(forms.MultipleChoiceField):
    """Results of the published `projects` (uids), and those that are `stored` already; gives the results. What is not among
    them has no effect.
    """

    widget = forms.CheckboxSelectMultiple
    has_foreign = False  # whether others were sent, too

    def __init__(self, *, projects: Iterable[str], stored: Iterable[str], **kwargs):
        projects, stored = ([uid for uid in map(as_uid, uids) if uid] for uids in (projects, stored))
        self.results = {str(result.uid): result for result in _results(projects, stored)} if projects or stored else {}
        super().__init__(
            required=False, choices=[(uid, in_words(result)) for uid, result in self.results.items()], **kwargs
        )

    def to_python(self, value: Any) -> list[str]:
        sent = [str(as_uid(each) or each) for each in value or () if each]
        self.has_foreign = any(uid not in self.results for uid in sent)
        return [uid for uid in sent if uid in self.results]

    def clean(self, value: Any) -> list[Result]:
        chosen = set(super().clean(value))
        return [result for uid, result in self.results.items() if uid in chosen]


def _results(projects: list, stored: list):
    published = Result.objects.filter(project__live=True)
    found = published.filter(project__uid__in=projects) | published.filter(uid__in=stored)
    return found.select_related("project").order_by("project__acronym", "project", "sort_order", "pk").distinct()


def in_words(result: Result) -> str:
    """With the project that it came out of."""
    project = result.project
    text = in_language(Text.map_of(result.text), get_language(), project.original_language).text
    return f"{project.acronym or project}: {text}"


def said(uid: str, beside: Any) -> str:
    """For who compares documents, which know results by their identities alone."""
    result = Result.objects.filter(uid=as_uid(uid), project__live=True).select_related("project").first()
    return in_words(result) if result else str(_("A result of a project"))


def written(chosen: list[Result] | None, draft: GoodPractice, projects: Iterable) -> list[str]:
    """The uids to store, those of before first. `projects` are those that were chosen: a project that is taken out takes its
    results along, what is not published stays unseen. Without an answer (None) nothing changes.
    """
    stored = list(draft.grew_from)
    if chosen is None:
        return stored
    gone = {project.pk for project in draft.projects.all()} - {project.pk for project in projects}
    kept = [str(result.uid) for result in chosen if result.project_id not in gone]
    seen = set(map(str, Result.objects.filter(uid__in=stored, project__live=True).values_list("uid", flat=True)))
    unseen = set(stored) - (seen if stored else set())
    return [uid for uid in stored if uid in unseen or uid in kept] + [uid for uid in kept if uid not in stored]
