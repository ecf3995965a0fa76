"""Where an expert's opinion is written: beside a decision, or of what is published. Nothing typed is lost by a mistake."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue import email_addresses
from catalogue.drafting.fields import DraftLine, DraftText
from catalogue.drafting.texts import FORM_LANGUAGES, in_order
from catalogue.records import NO_EMAIL_ADDRESSES
from catalogue.texts import Text, clean_text_map
from pages.languages import language_in_words
from practices import opinions
from practices.models import ExpertOpinion, GoodPractice
from practices.models.opinion import LONGEST_OPINION


class OpinionForm(forms.Form):
    """Hers, or with `mends` somebody else's that an editor corrects. Without a text there is no opinion."""

    template_name = "practices/opinion_fields.html"

    def __init__(self, practice: GoodPractice, user: User, data=None, *, mends: bool = False):
        self.practice, self.user, self.mends = practice, user, mends
        self.known = self._known()
        text = clean_text_map(Text.map_of(self.known.text)) if self.known else {}
        self.languages = in_order({*FORM_LANGUAGES, practice.original_language, *text})
        super().__init__(data, initial=self._initial(text))
        for language in self.languages:
            self.fields[f"opinion_{language}"] = DraftText(
                label=_("Opinion (%(language)s)") % {"language": language_in_words(language)},
                limit=LONGEST_OPINION,
                widget=forms.Textarea(attrs={"rows": 5, "lang": language}),
            )
        self._add_signature()

    @property
    def is_sent(self) -> bool:
        return "opinion_name" in self.data

    def _known(self) -> ExpertOpinion | None:
        if self.mends:
            return opinions.standing_of(self.practice)
        hers = ExpertOpinion.objects.filter(practice=self.practice, writer=self.user, last_version=None)
        return hers.order_by("first_version").last() if not hers.waiting().exists() else hers.waiting().get()

    def _initial(self, text: dict[str, str]) -> dict:
        initial = {f"opinion_{language}": words for language, words in text.items()}
        if not self.known:
            return initial | {"opinion_name": self.user.get_full_name()}
        signed = {"opinion_name": self.known.name, "opinion_network": self.known.network}
        return initial | signed | {"opinion_agreed": True, "opinion_stays": self.known.stays}

    def _add_signature(self) -> None:
        self.fields["opinion_name"] = DraftLine(
            label=_("Name"), help_text=_("The expert’s own name, as it is to be shown."), most=200
        )
        self.fields["opinion_network"] = DraftLine(
            label=_("Network"), help_text=_("For which network or house she speaks."), most=200
        )
        if self.mends:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Why"),
                choices=opinions.TO_CHOOSE,
                widget=forms.RadioSelect,
                initial=opinions.Reason.ASKED,
                error_messages={"required": _("Say why.")},
            )
            return
        self.fields["opinion_agreed"] = forms.BooleanField(
            label=_("I agree that my opinion stands here in public, with my name and my network."), required=False
        )
        self.fields["opinion_stays"] = forms.BooleanField(
            label=_("It may stay, with my name, when I close my account one day."),
            help_text=_("Otherwise it goes with the account, from earlier versions, too."),
            required=False,
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in self.fields:
            if email_addresses.tells_one(cleaned.get(name)):
                self.add_error(name, NO_EMAIL_ADDRESSES)
        for language in self.languages:
            if len(text := cleaned.get(f"opinion_{language}") or "") > LONGEST_OPINION:
                told = {"length": len(text), "most": LONGEST_OPINION}
                wrong = _("The opinion has %(length)s characters; it can have at most %(most)s.")
                self.add_error(f"opinion_{language}", ValidationError(wrong, params=told))
        if self.says_something:
            self._check_signature(cleaned)
        return cleaned

    def _check_signature(self, cleaned: dict) -> None:
        if "opinion_name" not in self.errors and not cleaned["opinion_name"]:
            self.add_error("opinion_name", _("Say whose opinion it is."))
        elif not self.mends and not self._is_hers(cleaned.get("opinion_name", "")):
            told = {"name": self.user.get_full_name()}
            wrong = _("An opinion is signed by who gives it. Your account is called %(name)s.")
            self.add_error("opinion_name", ValidationError(wrong, params=told))
        if not self.mends and not cleaned["opinion_agreed"]:
            self.add_error("opinion_agreed", _("Without your agreement it cannot be shown."))

    def _is_hers(self, name: str) -> bool:
        """As she likes to write it: with a title, or without a second name."""
        own = {word.casefold() for word in self.user.get_full_name().split()}
        return not own or bool(own & {word.strip(",.").casefold() for word in name.split()})

    @property
    def text(self) -> dict[str, str]:
        return clean_text_map({code: self.cleaned_data.get(f"opinion_{code}") for code in self.languages})

    @property
    def says_something(self) -> bool:
        return bool(self.text)

    @property
    def written(self) -> opinions.Written | None:
        if not self.says_something:
            return None
        told = self.cleaned_data
        return opinions.Written(
            self.text, told["opinion_name"], told["opinion_network"], told.get("opinion_stays", False)
        )

    @property
    def preview(self) -> dict | None:
        """As the page would show it: what was sent, or what is known."""
        if self.is_bound and self.is_valid() and self.written:
            told = {"text": self.written.text, "name": self.written.name, "network": self.written.network}
            return told | {"date": self.known.written if self.mends and self.known else localdate()}
        if self.is_bound or not self.known:
            return None
        told = {"text": dict(self.known.text.data), "name": self.known.name, "network": self.known.network}
        return told | {"date": self.known.written}

    @property
    def as_record(self) -> dict:
        """What the page draws it from."""
        return {"original_language": self.practice.original_language, "expert_opinion": self.preview}

    @property
    def gives_way(self) -> str:
        """Whose opinion hers takes the place of."""
        standing = opinions.standing_of(self.practice)
        is_anothers = standing and not self.mends and standing.writer_id != self.user.pk
        return standing.name if is_anothers else ""

    def keep(self) -> None:
        """Beside the decision. Raises PermissionDenied."""
        opinions.keep(practice=self.practice, by=self.user, written=self.written)
