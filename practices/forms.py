"""The form in which a practice is written, and the one in which it is reviewed."""

import copy
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.codes import Topic, countries, nuts
from catalogue.drafting.fields import DraftDay, DraftLine, DraftText, RecordChoice, RecordChoices
from catalogue.problems import Problem
from catalogue.texts import is_storable
from pages.languages import interface_language, language_in_words
from partners.models import Organisation
from practices import actions, mapping, photos
from practices.models import GoodPractice, Photo
from practices.readiness import first_image
from projects.models import Project

MOST_PLACES = 20


class TextSpec(NamedTuple):
    """A text that is written in several languages."""

    label: str
    help_text: str
    field: type[DraftText]
    limit: int | None = None
    rows: int = 0


TEXT_SPECS = {
    "title": TextSpec(_("Title"), _("What was done and where, like a headline."), DraftLine, limit=100),
    "summary": TextSpec(
        _("Summary"), _("One or two sentences. This is what people see in the list."), DraftText, limit=160, rows=3
    ),
    "problem_and_context": TextSpec(
        _("The problem"), _("What was wrong, for whom, and what kind of place it is."), DraftText, rows=6
    ),
    "how_it_works": TextSpec(
        _("How it works"), _("Who does what, in which order, with what money."), DraftText, rows=6
    ),
    "stakeholders_and_beneficiaries": TextSpec(
        _("Who takes part, and who gains"),
        _("Who had to agree, who does the work, and who is better off."),
        DraftText,
        rows=6,
    ),
}
ALT_SPEC = TextSpec(_("What the picture shows"), _("One sentence for those who cannot see it."), DraftLine)


class PracticeForm(forms.Form):
    """All that its authors write of a practice. Only what cannot be kept is refused: a draft may lack anything."""

    def __init__(self, data=None, files=None, *, draft: GoodPractice, user):
        super().__init__(data, files, initial=mapping.initial_of(draft))
        self.draft, self.user = draft, user
        self.languages = mapping.languages_of(draft)
        self.fields["original_language"] = forms.ChoiceField(
            label=_("Original language"),
            help_text=_("In which language you write first. The other texts are its translations."),
            choices=[(code, language_in_words(code)) for code in self.languages],
            required=False,
            error_messages={"invalid_choice": _("This language is not offered here.")},
        )
        for name, spec in TEXT_SPECS.items():
            self._add_text(name, spec, needed=True)
        self._add_state_and_time()
        self._add_topics_and_places()
        self._add_organisation_and_projects()
        self._add_photo()

    # Fields

    def _add_text(self, name: str, spec: TextSpec, *, needed: bool = False) -> None:
        for language in self.languages:
            widget = forms.Textarea(attrs={"rows": spec.rows}) if spec.rows else forms.TextInput()
            self.fields[f"{name}_{language}"] = spec.field(
                label=f"{spec.label} ({language_in_words(language)})",
                limit=spec.limit,
                needed=needed and language == self.draft.original_language,
                widget=widget,
            )

    def _add_state_and_time(self) -> None:
        self.fields["status"] = forms.ChoiceField(
            label=_("Status"),
            help_text=_("What stage the practice is at today."),
            choices=[(value, capfirst(label)) for value, label in GoodPractice.Status.choices],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": _("This status is not in the list.")},
        )
        self.fields["status"].needed = True
        wrong = {"invalid": _("This is not a day of the calendar. Write it as year-month-day, such as 2024-05-31.")}
        self.fields["start"] = DraftDay(label=capfirst(_("start")), error_messages=wrong)
        self.fields["end"] = DraftDay(label=capfirst(_("end")), error_messages=wrong)

    def _add_topics_and_places(self) -> None:
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("Topics"),
            help_text=_("What the practice is about; at least one."),
            choices=Topic.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={
                "invalid_choice": _("One of the topics is not in the list."),
                "invalid_list": _("One of the topics is not in the list."),
            },
        )
        self.fields["topics"].needed = True
        named = countries.choices(interface_language())
        gone = [
            (code, countries.country_name(code, interface_language()))
            for code in self._known_countries - dict(named).keys()
        ]
        for number in self.place_numbers:
            self.fields[f"place_{number}_country"] = forms.ChoiceField(
                label=_("Country") if number == 1 else _("Country of place %(number)s") % {"number": number},
                choices=[("", _("Not chosen yet")), *named, *gone],
                required=False,
                error_messages={"invalid_choice": _("This country is not in the list.")},
            )
            self.fields[f"place_{number}_town"] = DraftLine(label=_("Town"), most=120)
            self.fields[f"place_{number}_nuts"] = DraftLine(label=_("NUTS code"), most=5)
        self.fields["place_1_country"].needed = True

    def _add_organisation_and_projects(self) -> None:
        self.fields["organisation"] = RecordChoice(
            label=_("Organisation"),
            help_text=_("It answers for the practice. You can choose among those that you belong to."),
            records=self._organisations(),
            error_messages={
                "invalid_choice": _("You are not a member of this organisation."),
                "required": _("A published practice needs an organisation that answers for it."),
            },
        )
        self.fields["organisation"].required = self.draft.live and self.draft.organisation_in_charge is not None
        self.fields["organisation"].needed = True
        self.fields["projects"] = RecordChoices(
            label=_("Projects"),
            help_text=_("Where the practice comes from, or who has spread it."),
            records=Project.objects.filter(live=True).order_by("acronym", "pk"),
            name=_project_name,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": _("One of the projects is not published here."),
                "invalid_list": _("One of the projects is not published here."),
            },
        )

    def _add_photo(self) -> None:
        self.fields["photo"] = forms.FileField(
            label=_("Picture"),
            help_text=_("JPEG, PNG or WebP, at most 10 MB. Where and with what it was taken is not kept."),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            required=False,
            error_messages={"empty": _("The file is empty.")},
        )
        self.fields["photo_remove"] = forms.BooleanField(label=_("Take the picture out"), required=False)
        self._add_text("photo_alt", ALT_SPEC)
        self.fields["photo_credit"] = DraftLine(
            label=_("Who took it"),
            help_text=_("Name of the person or organisation. The picture is published under CC BY 4.0, like the text."),
            most=200,
        )

    def _organisations(self) -> list[Organisation]:
        current = self.draft.organisation_in_charge
        if current and not actions.may_move(self.draft, self.user):
            return [current]
        mine = list(Organisation.objects.filter(memberships__user=self.user).order_by("name_original", "pk"))
        return mine if current is None or current in mine else [current, *mine]

    @property
    def _known_countries(self) -> set[str]:
        return {known["country"] for known in self.draft.places}

    @cached_property
    def place_numbers(self) -> range:
        """A row for each place, and one more to fill in."""
        posted = (number for number in range(1, MOST_PLACES + 1) if f"place_{number}_country" in self.data)
        return range(1, min(max(2, len(self.draft.places) + 1, *posted, 0), MOST_PLACES) + 1)

    # Clean values

    def clean_photo(self) -> Photo | None:
        """The picture to show: the one just chosen, which is kept at once, so that it need not be chosen again."""
        upload = self.cleaned_data["photo"]
        return photos.keep(upload, by=self.user) if upload else self._photo_kept()

    def _photo_kept(self) -> Photo | None:
        digest = self.data.get("photo_kept", "")
        photo = Photo.objects.filter(digest=digest).first() if is_storable(digest) else None
        if digest and not (photo and photos.may_use(photo, self.draft, self.user)):
            raise ValidationError(_("This picture is not there any more. Please choose it again."))
        return photo

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("photo_remove") and not self.files.get("photo"):
            cleaned["photo"] = None
        cleaned["places"] = [row for row in map(self._place, self.place_numbers) if row]
        return cleaned

    def _place(self, number: int) -> dict[str, str] | None:
        values = {key: self.cleaned_data.get(f"place_{number}_{key}", "") for key in mapping.PLACE_KEYS}
        values["nuts"] = values["nuts"].upper()
        if not any(values.values()) or any(f"place_{number}_{key}" in self.errors for key in mapping.PLACE_KEYS):
            return None
        if not values["country"]:
            self.add_error(f"place_{number}_country", _("Say in which country this place is."))
        elif values["nuts"] and not _is_region(values["nuts"], values["country"]):
            self.add_error(f"place_{number}_nuts", _("This is not the code of a region in that country."))
        return values

    # What the page asks

    @property
    def photo_shown(self) -> Photo | None:
        """The picture beside the fields: what was chosen or kept, even while another field is refused."""
        if not self.is_bound:
            image = first_image(self.draft)
            return image.photo if image else None
        try:
            return (
                self.cleaned_data["photo"] if self.is_valid() else self.cleaned_data.get("photo") or self._photo_kept()
            )
        except ValidationError:
            return None

    def draft_as_typed(self) -> GoodPractice:
        """The draft with all that was sent, refused or not: what stands in the form counts as written."""
        if not self.is_bound:
            return self.draft
        draft, typed = copy.deepcopy(self.draft), {name: self[name].value() or "" for name in self.fields}
        typed |= {
            "start": None,
            "end": None,
            "projects": [],
            "places": [],
            **self.cleaned_data,
            "photo": self.photo_shown,
        }
        mapping.write(typed, draft)
        draft.organisation_in_charge = self.cleaned_data.get("organisation")
        return draft

    def show_problems(self, problems: list[Problem]) -> None:
        """Put what the review asks for beside the fields of a form that nobody has sent."""
        if not self.is_bound and not self.errors:
            self.cleaned_data = {}
        for problem in problems:
            self.add_error(self.field_of(problem), problem.message)

    def field_of(self, problem: Problem) -> str | None:
        if problem.field == "places":
            return "place_1_country"
        name = f"{problem.field}_{problem.language}" if problem.language else problem.field
        return name if name in self.fields else None

    def write_to(self, draft: GoodPractice) -> None:
        mapping.write(self.cleaned_data, draft)


def _project_name(project: Project) -> str:
    title = str(project)
    return title if project.acronym in ("", title) else f"{project.acronym}: {title}"


def _is_region(code: str, country: str) -> bool:
    return len(code) > 2 and nuts.is_nuts(code) and nuts.country_of(code) == country


class SendBackForm(forms.Form):
    """The reviewer's words to the author."""

    message = DraftText(
        label=_("What should be changed"),
        help_text=_("The author reads this above the form. Say what is missing, and what is good already."),
        needed=True,
        most=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_message(self) -> str:
        if not self.cleaned_data["message"]:
            raise ValidationError(_("Without a message the author does not know what to change."))
        return self.cleaned_data["message"]
