"""What the pages of drafts ask for: texts in several languages as the form's components want them, moments, the way back."""

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.drafting.forms import DraftForm
from catalogue.drafting.item_changes import Focus, focused
from catalogue.drafting.item_form import WithItems
from catalogue.drafting.items import Items
from catalogue.drafting.lookups import TYPED
from catalogue.drafting.texts import TextSpec
from operations import dates
from pages.languages import language_label
from pages.templatetags.face_fields import counter

register = template.Library()
register.filter("moment", dates.moment)
register.filter("long_date", dates.long_date)


@register.filter
def typed_to_find(field: BoundField) -> str:
    """What was typed to look for among a field's records."""
    return field.form.data.get(f"{field.html_name}{TYPED}", "")


@register.simple_tag
def steps_to(title: str) -> list[dict]:
    """The folio of a page of one's own: My work, then the page."""
    return [{"label": _("My work"), "url": reverse("notices:my_work")}, {"label": title}]


@register.simple_tag
def text_group(form: DraftForm, name: str) -> dict:
    """A text with a control for each language: what `components/language_field.html` draws."""
    return _text_group(form, form.texts[name], name)


def _text_group(form: DraftForm, spec: TextSpec, name: str) -> dict:
    group_id = f"id_{name}"
    help_id = f"{group_id}_helptext" if spec.help_text else ""
    return {
        "id": group_id,
        "name": name,
        "label": spec.label,
        "help": spec.help_text,
        "needed": spec.needed,
        "panels": [_panel(form, name, language, help_id) for language in form.languages],
    }


def _panel(form: DraftForm, name: str, language: str, help_id: str) -> dict:
    field = form[f"{name}_{language}"]
    described = " ".join(filter(None, [help_id, f"{field.auto_id}_error" if field.errors else ""]))
    return {
        "code": language,
        "name": language_label(language),
        "note": ", ".join(filter(None, [_is_original(form, language), form.behind.get(field.name)])),
        "control_id": field.auto_id,
        "control": field.as_widget(attrs={"lang": language} | ({"aria-describedby": described} if described else {})),
        "counter": counter(field),
        "errors": field.errors,
    }


def _is_original(form: DraftForm, language: str) -> str:
    return _("original") if language == form.draft.original_language else ""


@register.simple_tag
def items_group(form: WithItems, name: str) -> dict:
    """Repeated parts, as `catalogue/drafting/items.html` draws them."""
    kind, keys = form.items_named(name), form.keys[name]
    focus = focused(form.change, name, keys)
    if focus.step == "add" and focus.key:
        form.focus_on_first(kind, focus.key)
    return {
        "name": name,
        "id": f"{name}-items",
        "another": kind.another,
        "items": [_item(form, kind, key, number, focus) for number, key in enumerate(keys, start=1)],
        "full": len(keys) >= kind.most,
        "most": kind.most,
        "errors": form.errors.get(name, ()),
        "focus": not focus.key and bool(focus.step),
    }


def _item(form: WithItems, kind: Items, key: str, number: int, focus: Focus) -> dict:
    last = len(form.keys[kind.name])
    return {
        "key": key,
        "id": f"{kind.name}-{key}",
        "legend": f"{kind.one} {number}",
        "rows": [[_control(form, kind, key, name) for name in row] for row in kind.rows],
        "up": number > 1,
        "down": number < last,
        "focus": focus.step if focus.key == key else "",
        "shows": kind.shows,
        "held": kind.shown(form, key) if kind.shows else None,
        "kept": kind.field(key, "kept"),
    }


def _control(form: WithItems, kind: Items, key: str, name: str) -> dict:
    field = kind.field(key, name)
    if name in kind.texts:
        return {"text": _text_group(form, kind.texts[name], field)}
    return {"field": form[field]}


@register.simple_tag
def picture_group(form: DraftForm) -> dict:
    """The form's one picture: {shown, name, kept, file, remove, alt}."""
    name = form.picture
    return {
        "shown": form.picture_shown,
        "kept": f"{name}_kept",
        "file": form[name],
        "remove": form[f"{name}_remove"],
        "alt": f"{name}_alt",
    }
