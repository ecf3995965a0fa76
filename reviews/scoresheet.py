"""The scores of a text on the page where it is decided on: hers to fill in, the others' to read, and those of the round before.

What others scored she sees once she has scored this revision herself, or asks for it (docs/adr/0024).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.drafting.fields import DraftText
from catalogue.texts import in_language
from partners.models import ReviewedRecord
from reviews import scoring
from reviews.criteria import Criterion
from reviews.models import approved_last
from reviews.scores import LONGEST_NOTE, LONGEST_REMARK, Assessment, Score, Value, half_up
from reviews.scoring import Assessed, Given

PREFIX = "scores"  # also the field that says that the sheet was sent
SENT = PREFIX


class ScoresForm(forms.Form):
    """One choice and a note for each criterion, a recommendation and a remark; anything may be left out."""

    prefix = PREFIX
    recommendation = forms.ChoiceField(
        label=gettext_lazy("Your recommendation"),
        choices=[("", gettext_lazy("none yet")), *Assessment.Recommendation.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    remark = DraftText(
        label=gettext_lazy("Remark for the other reviewers"),
        help_text=gettext_lazy("The authors do not read it, nor your recommendation."),
        most=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data, *, criteria: Sequence[Criterion], assessed: Assessed, blocks: bool):
        """`blocks`: a 0 of hers can keep the text from being published."""
        initial = {"recommendation": assessed.recommendation, "remark": assessed.remark}
        for key, given in assessed.scores.items():
            initial |= {f"value-{key}": given.value, f"note-{key}": given.note}
        super().__init__(data, initial=initial)
        last = {name: self.fields.pop(name) for name in ("recommendation", "remark")}
        weights = sum(criterion.weight for criterion in criteria)
        for criterion in criteria:
            self.fields[f"value-{criterion.pk}"] = _value_of(criterion, weights, blocks=blocks)
            self.fields[f"note-{criterion.pk}"] = _note_of(criterion)
        self.fields |= last

    def clean(self):
        cleaned = super().clean()
        for name in [each for each in cleaned if each.startswith("value-")]:
            if cleaned[name] is None and cleaned.get(name.replace("value-", "note-")):
                self.add_error(name, _("You have noted something: score it, too, or take the note out."))
        return cleaned

    @property
    def assessed(self) -> Assessed:
        told = self.cleaned_data
        values = {name.removeprefix("value-"): value for name, value in told.items() if name.startswith("value-")}
        scores = {int(key): Given(value, told[f"note-{key}"]) for key, value in values.items() if value is not None}
        return Assessed(scores, told["recommendation"], told["remark"])


def _value_of(criterion: Criterion, weights: int, *, blocks: bool) -> forms.Field:
    choices = [("", gettext_lazy("not scored yet")), *((value, in_words(value)) for value in Value.values)]
    return forms.TypedChoiceField(
        label=criterion.name_in_words,
        help_text=_asked(criterion, weights, blocks=blocks),
        choices=choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


def _note_of(criterion: Criterion) -> forms.Field:
    label = format_html('{}<span class="vh">: {}</span>', _("Your note"), criterion.name_in_words)
    return DraftText(label=label, most=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2}))


def _asked(criterion: Criterion, weights: int, *, blocks: bool) -> SafeString:
    counts = _("Counts %(weight)s of %(most)s.") % {"weight": criterion.weight, "most": weights}
    warning = _("A 0 keeps the text from being published.") if blocks and criterion.blocking else ""
    return format_html("{} <small>{} {}</small>", criterion.question_in_words, counts, warning)


def in_words(value: int) -> str:
    """4 → 4: fully."""
    return _("%(score)s: %(words)s") % {"score": value, "words": Value(value).label}


class Answer(NamedTuple):
    """What one person scored by one criterion, in words."""

    name: SafeString
    score: str
    note: str


def answers_of(assessment: Assessment) -> list[Answer]:
    scores = assessment.scores.all()
    return [Answer(score.criterion.name_in_words, in_words(score.value), score.note) for score in scores]


class Line(NamedTuple):
    """A criterion of the form, and how she scored it in the round before."""

    value: forms.BoundField
    note: forms.BoundField
    before: Score | None

    @property
    def is_noted(self) -> bool:
        return bool(self.note.errors or self.note.value())

    @property
    def before_in_words(self) -> str:
        return in_words(self.before.value) if self.before else ""


@dataclass(frozen=True)
class Round:
    """What several people scored of one revision, as `components/table.html` draws it."""

    assessments: Sequence[Assessment]

    @property
    def began(self) -> datetime:
        return self.assessments[0].created

    @property
    def columns(self) -> list[dict]:
        people = [f"{each.reviewer_in_words}, {each.get_role_display()}" for each in self.assessments]
        return [{"label": _("What is asked")}, *({"label": label} for label in people)]

    @property
    def rows(self) -> list[list[dict]]:
        given = [{score.criterion: score for score in each.scores.all()} for each in self.assessments]
        asked = sorted({criterion for scores in given for criterion in scores}, key=lambda each: (each.order, each.pk))
        rows = [[_named(criterion), *(_cell(scores.get(criterion)) for scores in given)] for criterion in asked]
        means = [{"text": percent_in_words(each.percent)} for each in self.assessments]
        advice = [{"text": each.get_recommendation_display(), "sub": each.remark} for each in self.assessments]
        return [*rows, [{"text": _("Weighted mean")}, *means], [{"text": _("Recommendation")}, *advice]]

    @property
    def percent(self) -> int | None:
        """Everybody's mean counts alike."""
        means = [each.percent for each in self.assessments if each.percent is not None]
        return half_up(sum(means), len(means)) if means else None

    @property
    def mean_in_words(self) -> str:
        if self.percent is None:
            return ""
        number = sum(each.percent is not None for each in self.assessments)
        told = ngettext(
            "%(number)s person has scored it: %(percent)s.", "%(number)s people have scored it: %(percent)s.", number
        )
        return told % {"number": number, "percent": percent_in_words(self.percent)}


def rounds_of(record: ReviewedRecord) -> list[Round]:
    """All that was ever scored of it, the latest text first. What the database has forgotten the revision of comes last."""
    by_revision: dict[int, list[Assessment]] = {}
    for each in Assessment.objects.about(record).with_scores():
        by_revision.setdefault(each.revision_id or 0, []).append(each)
    return [Round(by_revision[revision]) for revision in sorted(by_revision, reverse=True)]


def title_of(rounds: Sequence[Round], record: ReviewedRecord) -> str:
    """As it stood in the text that was scored last, not in what its authors have begun since."""
    revision = rounds[0].assessments[0].revision if rounds else None
    return revision.object_str if revision else str(record)


def _named(criterion: Criterion) -> dict:
    name = in_language(criterion.name.data, get_language())
    return {"text": name.text, "lang": "" if name.language == get_language() else name.language}


def _cell(score: Score | None) -> dict:
    return {"text": in_words(score.value), "sub": score.note} if score else {"text": ""}


def percent_in_words(percent: int | None) -> str:
    return "" if percent is None else _("%(number)s %%") % {"number": percent}


class Scoresheet:
    """Of one record, for one person who scores it; `posted` what she sent, `asked` whether she asks for others' scores."""

    blocks = True  # a 0 of who decides

    def __init__(
        self, record: ReviewedRecord, user: User, posted: Mapping[str, Any] | None = None, *, asked: bool = False
    ):
        self.record, self.user, self.asked = record, user, asked
        self.step = record.current_workflow_task_state
        self.criteria = list(scoring.criteria_of(record))
        self.form = ScoresForm(posted, criteria=self.criteria, assessed=self._kept(), blocks=self.blocks)
        self.lines = [self._line(criterion) for criterion in self.criteria]

    @cached_property
    def _all(self) -> list[Assessment]:
        """Since it was last approved."""
        last = approved_last(type(self.record), str(self.record.pk))
        return list(Assessment.objects.about(self.record).filter(review__gt=last).with_scores())

    @cached_property
    def this_round(self) -> Round:
        return Round([each for each in self._all if each.revision_id == self.step.revision_id])

    @cached_property
    def round_before(self) -> Round:
        """Of the revision that was scored last before this one."""
        earlier = [each for each in self._all if each.revision_id not in (None, self.step.revision_id)]
        last = max((each.revision_id for each in earlier), default=None)
        return Round([each for each in earlier if each.revision_id == last])

    @cached_property
    def mine(self) -> Assessment | None:
        return next((each for each in self.this_round.assessments if each.reviewer_id == self.user.pk), None)

    @property
    def mine_in_words(self) -> str:
        """Her own mean, where she has scored."""
        if self.mine is None or self.mine.percent is None:
            return ""
        return _("Your scores: %(percent)s.") % {"percent": percent_in_words(self.mine.percent)}

    @property
    def is_scored(self) -> bool:
        return bool(self._all)

    @property
    def others(self) -> int:
        return len(self.this_round.assessments) - bool(self.mine)

    @property
    def shows_others(self) -> bool:
        return bool(self.mine) or self.asked

    @cached_property
    def objection(self) -> str:
        """Why it must not be published as it stands."""
        return scoring.objection(self.record, self.step)

    def _kept(self) -> Assessed:
        if self.mine is None:
            return Assessed({})
        scores = {score.criterion_id: Given(score.value, score.note) for score in self.mine.scores.all()}
        return Assessed(scores, self.mine.recommendation, self.mine.remark)

    def _line(self, criterion: Criterion) -> Line:
        mine = [each for each in self.round_before.assessments if each.reviewer_id == self.user.pk]
        before = [score for each in mine for score in each.scores.all() if score.criterion_id == criterion.pk]
        return Line(
            self.form[f"value-{criterion.pk}"], self.form[f"note-{criterion.pk}"], before[0] if before else None
        )

    def is_valid(self) -> bool:
        return not self.form.is_bound or self.form.is_valid()

    def keep(self, revision: int | None) -> None:
        """What was sent; raises as `scoring.keep`."""
        if self.form.is_bound:
            scoring.keep(record=self.record, by=self.user, revision=revision, assessed=self.form.assessed)
