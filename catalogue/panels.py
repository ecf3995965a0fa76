"""Panels of the records' forms in the Wagtail admin, and the forms that they make."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm, register_form_field_override
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel, get_form_for_model

from catalogue.children import Sourced
from catalogue.compare import PartsComparison
from catalogue.email_addresses import tells_one
from catalogue.fields import CodeListField, PlacesField, TextField, TextLineField
from catalogue.records import NO_EMAIL_ADDRESSES
from catalogue.rows import OtherSourcesField, PlacesFormField, SourceNotesField
from catalogue.texts import is_storable
from catalogue.widgets import UNSTORABLE, LinesField, ParagraphsWidget, TextLineWidget, TextMapFormField

register_form_field_override(
    TextLineField,
    override=lambda field: {"form_class": TextMapFormField, "widget": TextLineWidget, "limit": field.limit},
)
register_form_field_override(
    TextField,
    override=lambda field: {"form_class": TextMapFormField, "widget": ParagraphsWidget, "limit": field.limit},
)
register_form_field_override(PlacesField, override={"form_class": PlacesFormField})
register_form_field_override(CodeListField, override=lambda field: {"label": capfirst(field.verbose_name)})


class StorableMixin:
    """Refuses, beside its field, what neither PostgreSQL nor an XML reader takes."""

    def clean(self):
        cleaned = super().clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and not is_storable(value):
                self.add_error(name, UNSTORABLE)
        return cleaned


class RecordForm(StorableMixin, WagtailAdminModelForm):
    """The base of every record's form."""

    keywords = LinesField(label=_("Keywords"), help_text=_("One a line."))
    source_notes = SourceNotesField(
        label=_("Notes on sources"),
        help_text=_("Where a fact comes from: the field's name, the document with its line, or a publication."),
    )

    def check_publishable(self) -> bool:
        """Adds an error to each field without which, or with which as it is, the record cannot be published."""
        for name in self.instance.missing_for_publication():
            self.add_error(name if name in self.fields else None, _("Needed for publication."))
        for name, field in self.fields.items():
            limit = getattr(field, "limit", None)
            text = self.cleaned_data.get(name)
            if limit and text and len(text) > limit:
                self.add_error(name, too_long(limit, len(text)))
        return not refuse_email_addresses(self) and not self.errors


def refuse_email_addresses(form: forms.ModelForm) -> bool:
    """Says beside each field, those of parts among them, that it would make an address public; whether there was one."""
    telling = [name for name, value in form.cleaned_data.items() if tells_one(value)]
    for name in telling:
        form.add_error(name, NO_EMAIL_ADDRESSES)
    parts = [part for formset in form.formsets.values() for part in formset.forms if part not in formset.deleted_forms]
    return any([*telling, *map(refuse_email_addresses, parts)])


def too_long(limit: int, length: int) -> ValidationError:
    return ValidationError(
        _("At most %(limit)s characters in each language can be published; the longest text has %(length)s."),
        params={"limit": limit, "length": length},
    )


# Parts


class PartForm(StorableMixin, WagtailAdminModelForm):
    """The form of a part; the page that stays open after a background save learns the part's uid."""

    def get_field_updates_for_resave(self):
        return [*super().get_field_updates_for_resave(), (f"{self.prefix}-uid", str(self.instance.uid))]


class SourcedPartForm(PartForm):
    other_sources = OtherSourcesField(
        label=_("Other sources"),
        help_text=_("Where the same fact stands again: a document with its line, or a publication."),
    )


class PartFormSet(BaseChildFormSet):
    """Knows each submitted part again by its uid.

    By primary key, as Wagtail does it, a part that stands in a draft only would be a new one with each saving, and one
    that was deleted since could not be brought back.
    """

    def add_fields(self, form, index):
        super().add_fields(form, index)
        known = index is not None and index < self.initial_form_count()
        form.fields[self._pk_field.name] = forms.IntegerField(
            required=False, initial=form.instance.pk if known else None, widget=forms.HiddenInput
        )
        form.fields["uid"] = forms.UUIDField(
            required=False, initial=form.instance.uid if known else None, widget=forms.HiddenInput
        )

    def _construct_form(self, i, **kwargs):
        if self.is_bound:
            kwargs["instance"] = self._part(self.data.get(f"{self.add_prefix(i)}-uid"))
        elif i < self.initial_form_count():
            kwargs["instance"] = self.get_queryset()[i]
        return BaseFormSet._construct_form(self, i, **kwargs)

    def _part(self, typed: str | None):
        """The part with this uid; one that is not here any more comes back with it, another record's never does."""
        try:
            uid = UUID(typed or "")
        except ValueError:
            return self.model()
        for part in self.get_queryset():
            if part.uid == uid:
                return part
        elsewhere = self.model.objects.filter(uid=uid).exclude(**{self.fk.name: self.instance.pk})
        return self.model() if elsewhere.exists() else self.model(uid=uid)

    def clean(self):
        super().clean()
        uids = [form.instance.uid for form in self.forms if form not in self.deleted_forms]
        if len(uids) != len(set(uids)):
            raise ValidationError(_("One of the parts is there twice."))

    def save(self, commit=True):
        """The record's parts are what was submitted, in its order; those that were added and left empty are not."""
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        parts = [form.save(commit=False) for form in self.ordered_forms if not self._is_blank(form)]
        for number, part in enumerate(parts):
            part.sort_order = number
        manager = getattr(self.instance, self.rel_name)
        manager.set(parts)
        if commit:
            manager.commit()
        return parts

    def _is_blank(self, form) -> bool:
        untouched = self.model()
        typed = [field for field in self.model._meta.fields if field.name in form._meta.fields]
        parts = [part for formset in form.formsets.values() for part in formset.ordered_forms]
        return not parts and all(
            form.cleaned_data.get(field.name) in (None, "", [], getattr(untouched, field.attname)) for field in typed
        )


class PartsPanel(InlinePanel):
    """The parts of a record, or of a part: `PartsPanel("results", statement_panels(), heading=…)`."""

    def __init__(self, relation_name, panels=None, *args, form_class=None, **kwargs):
        super().__init__(relation_name, panels, *args, **kwargs)
        self.form_class = form_class

    def clone_kwargs(self):
        return super().clone_kwargs() | {"form_class": self.form_class}

    def get_form_options(self):
        options = super().get_form_options()
        part = self.db_field.related_model
        options["formsets"][self.relation_name] |= {
            "formset": PartFormSet,
            "form": get_form_for_model(
                part,
                form_class=self.form_class or (SourcedPartForm if issubclass(part, Sourced) else PartForm),
                defer_required_on_fields=self.child_edit_handler.get_form_options().get("defer_required_on_fields", []),
            ),
        }
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        def get_comparison(self):
            [comparison] = super().get_comparison()
            return [lambda a, b: PartsComparison(*comparison.args, a, b, **comparison.keywords)]


# Groups of fields that many kinds have


def source_panels() -> list:
    """Where a part was found."""
    found = ["source_document", "source_line", "source_publication", "source_url"]
    return [FieldRowPanel(found), "other_sources"]


def statement_panels() -> list:
    return ["text", *source_panels()]


def origin_panel() -> MultiFieldPanel:
    return MultiFieldPanel(
        [FieldRowPanel(["original_language", "licence"]), "example", "source_notes"],
        heading=_("Language, licence and sources"),
    )
