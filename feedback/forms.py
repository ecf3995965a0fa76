"""What readers write: a suggestion, a message; and what they are answered."""

import unicodedata

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue import kinds
from catalogue.drafting.fields import DraftLine, DraftText
from catalogue.sources import field_name
from feedback.guards import Guarded
from feedback.models import LONGEST_ANSWER, LONGEST_SOURCE, LONGEST_TEXT, Suggestion

_NEVER_ABOUT = {"uid", "kind", "url", "pages", "version", "published", "modified", "translations", "origin", "example"}
_ENVELOPE = {"title": _("Title"), "summary": _("Summary"), "places": _("Places")}
_NO_TEXT_LIMIT = 10**9  # of the database; people are told the limit of the field


class _Words:
    """As long as they may be, in words if they are longer; nothing is cut off. `missing` is said where nothing stands.

    What our letters use as gaps (`notices.letters`) is nobody's to write.
    """

    def __init__(self, *, limit: int, missing="", **kwargs):
        super().__init__(limit=limit, needed=bool(missing), most=_NO_TEXT_LIMIT, **kwargs)
        self.missing = missing

    def clean(self, value) -> str:
        text = "".join(sign for sign in super().clean(value) if unicodedata.category(sign) != "Co")
        if self.missing and not text:
            raise ValidationError(self.missing)
        if len(text) > self.limit:
            told = {"length": len(text), "most": self.limit}
            raise ValidationError(_("The text has %(length)s characters; no more than %(most)s fit."), params=told)
        return text


class WordsField(_Words, DraftText):
    pass


class LineField(_Words, DraftLine):
    """Line breaks become spaces: what stands here may come into the head of a letter."""


class SuggestionForm(Guarded):
    part = forms.ChoiceField(label=_("What it is about"), required=False)
    text = WordsField(
        label=_("What should be changed"),
        help_text=_("Say what is wrong or missing, and what should stand there."),
        limit=LONGEST_TEXT,
        missing=_("Write what should be changed."),
        widget=forms.Textarea({"rows": 7}),
    )
    source = WordsField(
        label=_("How you know it"),
        help_text=_("A document, an address, or that you were there. It may be left out."),
        limit=LONGEST_SOURCE,
        widget=forms.Textarea({"rows": 2}),
    )
    sender_name = LineField(
        label=_("Your name"),
        limit=150,
        help_text=_("It may be left out."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    sender_email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("So that we can ask back and tell you what became of it. It may be left out."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    field_order = ["part", "text", "source", "sender_name", "sender_email"]

    def __init__(self, data=None, *, document: dict, user: User):
        super().__init__(data)
        self.fields["part"].choices = [("", _("The whole record")), *parts_of(document)]
        if user.is_authenticated:
            del self.fields["sender_name"], self.fields["sender_email"]

    @property
    def suggestion(self) -> dict:
        names = ("part", "text", "source", "sender_name", "sender_email")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


def parts_of(document: dict) -> list[tuple[str, str]]:
    """The document's fields in which something stands, in its order, called as the record's forms call them."""
    model = kinds.get(document["kind"]).model
    named = [(name, part_name(model, name)) for name, value in document.items() if value and name not in _NEVER_ABOUT]
    return [(name, label) for name, label in named if label]


def part_name(model: type, name: str) -> str:
    """ "" for what has no name of its own."""
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return str(_ENVELOPE.get(name, ""))
    return field_name(model, name)


class ContactForm(Guarded):
    name = LineField(
        label=_("Your name"),
        limit=150,
        missing=_("Write your name."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The answer comes there."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    subject = LineField(label=_("Subject"), limit=150, missing=_("Write what it is about."))
    message = WordsField(
        label=_("Message"), limit=5000, missing=_("Write your message."), widget=forms.Textarea({"rows": 9})
    )
    field_order = ["name", "email", "subject", "message"]

    def __init__(self, data=None, *, user: User):
        super().__init__(data, initial={"name": user.get_full_name()} if user.is_authenticated else None)
        self.known_address = user.email if user.is_authenticated else ""
        if self.known_address:
            del self.fields["email"]

    @property
    def letter(self) -> dict:
        told = {name: self.cleaned_data[name] for name in ("name", "subject", "message")}
        return told | {"email": self.known_address or self.cleaned_data["email"]}


class AnswerForm(forms.Form):
    answer = WordsField(
        label=_("Your answer"),
        help_text=_("Whoever suggested it reads this. If you decline, say why."),
        limit=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 5}),
    )

    @property
    def state(self) -> str:
        """Which of the two buttons was pressed."""
        is_done = self.data.get("action") == Suggestion.State.DONE
        return Suggestion.State.DONE if is_done else Suggestion.State.DECLINED

    def clean_answer(self) -> str:
        if self.state == Suggestion.State.DECLINED and not self.cleaned_data["answer"]:
            raise ValidationError(_("Say why you decline the suggestion."))
        return self.cleaned_data["answer"]
