"""The forms of a plan and of its parts in the Wagtail admin: what cannot be is said beside its field."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplans.models import LocalActionPlan
from catalogue.panels import PartForm, RecordForm, SourcedPartForm
from catalogue.rows import RecordsField
from catalogue.widgets import CurrencyField, YearsField
from practices.models import GoodPractice

ENDS_BEFORE_IT_BEGINS = _("It ends before it begins.")
_NOT_TYPED = {"ORDER", "DELETE", "id", "uid"}


def says_something(form) -> bool:
    """Whether anything was typed into the form of a part, or into the parts in it."""
    inner = (each for formset in getattr(form, "formsets", {}).values() for each in formset.forms)
    return bool(set(form.changed_data) - _NOT_TYPED) or any(map(says_something, inner))


class ActionPlanForm(RecordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "indicators" in self.formsets:  # not in forms that are made of single fields
            self.formsets["indicators"].form_kwargs["measures"] = self.formsets["measures"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("start") and cleaned.get("end") and cleaned["start"] > cleaned["end"]:
            self.add_error("end", ENDS_BEFORE_IT_BEGINS)
        if cleaned.get("adopted_on") and cleaned.get("status") not in LocalActionPlan.PAST_CONSULTATION:
            self.add_error("adopted_on", _("A plan in draft or consultation has not been adopted yet."))
        return cleaned

    def is_valid(self):
        return super().is_valid() and self._numbers_are_told_apart()

    def _numbers_are_told_apart(self) -> bool:
        """Two measures with one number could not be told apart on the page."""
        if "measures" not in self.formsets:
            return True
        seen: set[int] = set()
        measures = self.formsets["measures"]
        shown = [form for form in measures.ordered_forms if form in measures.initial_forms or says_something(form)]
        for position, form in enumerate(shown, 1):
            number = form.cleaned_data.get("number") or position
            if number in seen:
                form.add_error("number", _("Two measures have the number %(number)s.") % {"number": number})
            seen.add(number)
        return all(not form.errors for form in shown)


class NamedPartForm(PartForm):
    """An organisation of the catalogue, or a name."""

    def clean(self):
        cleaned = super().clean()
        if says_something(self) and not (
            cleaned.get("organisation") or cleaned.get("name") or "organisation" in self.errors
        ):
            self.add_error("organisation", _("Choose an organisation, or give a name."))
        return cleaned


class StakeholderForm(NamedPartForm, SourcedPartForm):
    pass


class MeasureForm(SourcedPartForm):
    currency = CurrencyField()
    derived_from = RecordsField(
        GoodPractice,
        icon="pick",
        label=_("Good practices that it grew from"),
        help_text=_("Their pages will show this plan among the measures that grew from them."),
    )

    def clean_derived_from(self):
        return list(dict.fromkeys(self.cleaned_data["derived_from"]))

    def clean(self):
        cleaned = super().clean()
        if says_something(self) and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Every measure needs a title."))
        if cleaned.get("start") and cleaned.get("end") and cleaned["start"] > cleaned["end"]:
            self.add_error("end", ENDS_BEFORE_IT_BEGINS)
        low, high = cleaned.get("cost_low"), cleaned.get("cost_high")
        if low is not None and high is not None and low > high:
            self.add_error("cost_high", _("It is less than the lower figure."))
        for name in ("cost_low", "cost_high"):
            refuse_less_than_nothing(self, name)
        if (cleaned.get("progress") or 0) > 100:
            self.add_error("progress", _("From 0 to 100 per cent."))
        return cleaned


class FundingForm(PartForm):
    def clean(self):
        cleaned = super().clean()
        refuse_less_than_nothing(self, "amount")
        return cleaned


def refuse_less_than_nothing(form, name: str) -> None:
    amount = form.cleaned_data.get(name)
    if amount is not None and amount < 0:
        form.add_error(name, _("An amount of money is not less than nothing."))


class MeasureField(forms.TypedChoiceField):
    """The uid of one of the plan's measures."""

    def __init__(self, **kwargs):
        super().__init__(
            coerce=lambda uid: UUID(str(uid)), empty_value=None, required=False, label=_("Measure"), **kwargs
        )


class IndicatorForm(SourcedPartForm):
    target_years = YearsField(label=_("Years of the target"))
    measure_uid = MeasureField(
        help_text=_("Empty: it measures the plan as a whole. A measure that was just added can be chosen after saving.")
    )

    def __init__(self, *args, measures=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.measures = measures
        self.fields["measure_uid"].choices = [("", "—"), *self._choices()]

    def _choices(self):
        """The measures that have been saved, and the one that is chosen already."""
        known = {}
        for position, form in enumerate(self.measures.initial_forms if self.measures else [], 1):
            measure = form.instance
            known[str(measure.uid)] = f"{measure.number or position} {measure}"
        chosen = self.instance.measure_uid
        if chosen and str(chosen) not in known:
            known[str(chosen)] = _("a measure that is not there any more")
        return known.items()

    def clean_measure_uid(self):
        chosen = self.cleaned_data["measure_uid"]
        if chosen and self.measures is not None:
            deleted = {form.instance.uid for form in self.measures.deleted_forms}
            if chosen not in {form.instance.uid for form in self.measures.initial_forms} - deleted:
                raise forms.ValidationError(_("That measure is not in this plan any more."))
        return chosen

    def clean(self):
        cleaned = super().clean()
        targets = self.formsets["targets"]
        if cleaned.get("target_per_year") and any(form.cleaned_data.get("year") for form in rows_of(targets)):
            self.add_error(
                "target_per_year",
                _("Give one target that holds for each year, or a target for each single year below."),
            )
        refuse_second_years(self.formsets["values"], _("There is a value for %(year)s already."))
        refuse_second_years(targets, _("There is a target for %(year)s already."))
        return cleaned


def rows_of(formset) -> list:
    """The forms of the parts that stay."""
    return [form for form in formset.forms if not formset._should_delete_form(form)] if formset.is_valid() else []


def refuse_second_years(formset, sentence) -> None:
    """One figure a year; those of single days, without a year, may stand beside each other."""
    seen = set()
    for form in rows_of(formset):
        year = form.cleaned_data.get("year")
        if year and year in seen:
            form.add_error("year", sentence % {"year": year})
        seen.add(year)
