"""What people are asked when they join, register, invite and decide."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.codes import PartnerType, countries
from catalogue.drafting.fields import DraftLine, DraftText
from catalogue.email_addresses import tells_one
from operations.languages import interface_language
from pages.languages import language_in_words
from partners.models import Membership, Organisation

Role = Membership.Role
LONGEST_MESSAGE = 1000


class Line(DraftLine):
    """One line that has to be there, or may be left out; longer than it is kept, it is refused in words."""

    def __init__(self, *, most: int, needed: bool = False, **kwargs):
        super().__init__(most=most, needed=needed, **kwargs)

    def clean(self, value) -> str:
        text = super().clean(value)
        if self.needed and not text:
            raise ValidationError(_("This has to be filled in."), code="required")
        if tells_one(text):
            raise ValidationError(_("An e-mail address does not belong here: everybody could read it."))
        return text


class Message(DraftText):
    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(**{"widget": widget, "limit": LONGEST_MESSAGE, "most": LONGEST_MESSAGE, **kwargs})


class AskForm(forms.Form):
    """`offers`: as what she may ask to come in."""

    wants = forms.ChoiceField(
        label=_("What you would like to be"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This place is not free.")},
    )
    message = Message(
        label=_("A few words"),
        help_text=_("Who you are and what you do there, so that those who decide know you. It can be left out."),
    )

    LABELS = {
        Role.MEMBER: _("a member, who writes and changes its practices"),
        Role.COORDINATOR: _("its coordinator, who also decides who joins"),
    }

    def __init__(self, *args, offers: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wants"].choices = [(role, self.LABELS[role]) for role in offers]
        self.fields["wants"].initial = offers[0]
        self.only = offers[0] if len(offers) == 1 else ""
        if self.only:
            del self.fields["wants"]

    @property
    def wanted(self) -> str:
        return self.only or self.cleaned_data["wants"]


class RegisterForm(forms.Form):
    """The least that tells an organisation from others; its coordinator writes the rest later."""

    name_original = Line(
        label=_("Name in its own language"), help_text=_("In full, as it stands on its letters."), most=250, needed=True
    )
    original_language = forms.ChoiceField(
        label=_("Language of that name"), error_messages={"invalid_choice": _("This language is not offered here.")}
    )
    name_english = Line(label=_("Name in English"), help_text=_("Where it has one."), most=250)
    abbreviation = Line(label=_("Abbreviation"), most=60)
    partner_type = forms.ChoiceField(
        label=_("What kind of organisation it is"),
        required=False,
        choices=[("", _("Not chosen yet")), *PartnerType.choices],
        error_messages={"invalid_choice": _("This kind is not in the list.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        error_messages={
            "invalid_choice": _("This country is not in the list."),
            "required": _("Say in which country it is."),
        },
    )
    town = Line(label=_("Town"), most=120)
    website = DraftLine(label=_("Website"), help_text=_("Such as https://example.org"), most=200)
    message = Message(
        label=_("A few words to those who decide"),
        help_text=_(
            "What the organisation has to do with industrial areas, and what you do there. It can be left out."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Not chosen yet")), *countries.choices(interface_language())]
        self.fields["country"].needed = True
        languages = [(code, capfirst(language_in_words(code))) for code, _name in settings.LANGUAGES]
        self.fields["original_language"].choices = languages
        self.fields["original_language"].initial = get_language()

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if website and "://" not in website:
            website = f"https://{website}"
        if website:
            URLValidator(schemes=["http", "https"], message=_("This is not the address of a website."))(website)
        return website

    @property
    def organisation(self) -> Organisation:
        """As it was typed; nothing is saved."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "message"}
        return Organisation(**told)


class InviteForm(forms.Form):
    email = DraftLine(
        label=_("E-mail address of your colleague"),
        help_text=_("She gets a letter with a link that is good for her alone, for two weeks."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        most=254,
        needed=True,
    )

    def __init__(self, data=None, *, by: User):
        super().__init__(data)
        self.by = by

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        validate_email(email)
        if self.by.emailaddress_set.filter(email=email).exists():
            raise forms.ValidationError(_("This is your own address."))
        return email


class AnswerForm(forms.Form):
    answer = Message(
        label=_("Your words to the person"),
        help_text=_("They stand in the letter that tells your decision. They can be left out."),
    )


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who coordinates it from now on"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("This colleague does not belong to the organisation any more."),
        },
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues.select_related("user")
        self.fields["to"].label_from_instance = lambda membership: str(membership.user)
