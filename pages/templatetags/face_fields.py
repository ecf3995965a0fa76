"""The inside of form fields, as templates/components/field.html and its sisters need it."""

from django import template
from django.forms import BoundField, Form, RadioSelect

from pages.languages import language_label

register = template.Library()


@register.filter
def beside(form: Form, name: str) -> list:
    """What hangs on a field, as far as the form knows of such things: comments, in threads."""
    return getattr(form, "beside", {}).get(name, [])


@register.filter
def is_options(field: BoundField) -> bool:
    """Whether the field is a list of ticks: radio buttons or checkboxes."""
    return isinstance(field.field.widget, RadioSelect)


@register.filter
def long_options(field: BoundField) -> bool:
    return any(len(str(label)) > 28 for _value, label in field.field.widget.choices)


@register.filter
def language_panels(field: BoundField) -> list[dict]:
    """The controls of a text that is written in several languages; an empty list for every other field.

    Each panel is {code, name, control_id, control, counter, errors}. An error belongs to a language when it says so:
    `ValidationError(…, params={"language": "sl"})`.
    """
    widget = field.field.widget
    if not hasattr(widget, "enabled_locales"):
        return []
    value = field.value()
    texts = value if isinstance(value, list) else widget.decompress(value)
    shown = zip(widget.locales, widget.widgets, texts, strict=False)
    return [
        _language_panel(field, index, code, control, text)
        for index, (code, control, text) in enumerate(shown)
        if code in widget.enabled_locales
    ]


def _language_panel(field: BoundField, index: int, code: str, control, text: str | None) -> dict:
    control_id = f"{field.auto_id}_{index}"
    errors = [message for error in _errors(field) if _language(error) == code for message in error.messages]
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    attributes = {"id": control_id, "lang": code}
    if errors:
        described.append(f"{control_id}_error")
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return {
        "code": code,
        "name": language_label(code),
        "control_id": control_id,
        "control": control.render(f"{field.html_name}_{index}", text, attributes, field.form.renderer),
        "counter": _counter(field, text),
        "errors": errors,
    }


@register.filter
def own_errors(field: BoundField) -> list[str]:
    """The errors of the field as a whole: all of them, but for texts in several languages those that name no language."""
    if not hasattr(field.field.widget, "enabled_locales"):
        return list(field.errors)
    return [message for error in _errors(field) if not _language(error) for message in error.messages]


def _errors(field: BoundField) -> list:
    return field.errors.as_data()


def _language(error) -> str:
    return (getattr(error, "params", None) or {}).get("language", "")


@register.filter
def counter(field: BoundField) -> dict | None:
    """How much of a limited text is used: {count, maximum}; the limit is the field's `limit`, else its `max_length`."""
    return _counter(field, field.value())


def _counter(field: BoundField, text: object) -> dict | None:
    maximum = getattr(field.field, "limit", None) or getattr(field.field, "max_length", None)
    if (
        not maximum
        or not getattr(field.field, "is_counted", True)
        or getattr(field.field.widget, "input_type", "") in ("email", "password", "url")
    ):
        return None
    return {"count": len(str(text or "").replace("\r\n", "\n").strip()), "maximum": maximum}


@register.filter
def error_links(form: Form) -> list[dict]:
    """{id, label, text} for each error of a form, in the order of its fields; the whole form's own errors come first."""
    found = [{"id": "", "label": "", "text": text} for text in form.non_field_errors()]
    for field in form:
        for panel in language_panels(field):
            for text in panel["errors"]:
                found.append({"id": panel["control_id"], "label": f"{field.label}, {panel['name']}", "text": text})
        found += [{"id": target(field), "label": called(field), "text": text} for text in own_errors(field)]
    return found


def called(field: BoundField) -> str:
    """Its label; where others like it stand in the form, with what tells it from them (`full_label`)."""
    return str(getattr(field.field, "full_label", field.label)).rstrip(".:")


@register.filter
def target(field: BoundField) -> str:
    """Where a link to the field leads: its control, or the group when there are several."""
    grouped = field.use_fieldset or hasattr(field.field.widget, "enabled_locales")
    return f"{field.auto_id}_group" if grouped else field.id_for_label
