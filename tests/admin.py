"""Somebody at the Wagtail admin, without a browser: forms are sent back as they were drawn, with what she typed.

    page = edit(client, project, "publish", title_0="A better title")
"""

from urllib.parse import urlencode

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

EDITOR_FORM = "form#w-editor-form"


def address(record, name: str, *args) -> str:
    """Of a record's view, or a kind's: `address(project, "edit")`, `address(Project, "list")`."""
    get_snippet_models()  # Wagtail registers the admin of models when it is first asked for
    own = () if isinstance(record, type) else (record.pk,)
    return reverse(record.snippet_viewset.get_url_name(name), args=[*own, *args])


def add(client, model, action: str = "edit", **typed):
    """Fill in the empty form and press a button."""
    return _send(client, address(model, "add"), action, typed)


def edit(client, record, action: str = "edit", *, view: str = "edit", args=(), **typed):
    """Open the form, change what is typed, press a button: edit, publish, submit …"""
    return _send(client, address(record, view, *args), action, typed)


def _send(client, url: str, action: str, typed: dict):
    page = client.get(url)
    assert page.status_code == 200
    fields = drawn_fields(page.content.decode()) | typed
    return client.post(url, fields | {f"action-{action}": "1"})


def drawn_fields(html: str, form: str = EDITOR_FORM) -> dict[str, str | list[str]]:
    """What a browser would send of the form as it is drawn; buttons and templates of rows to be added are not sent."""
    found = BeautifulSoup(html, "html.parser").select_one(form)
    for template in found.select("template"):
        template.decompose()
    fields: dict[str, list[str]] = {}
    for control in found.select("input[name], select[name], textarea[name]"):
        for value in _values(control):
            fields.setdefault(control["name"], []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def _values(control) -> list[str]:
    if control.has_attr("disabled"):
        return []
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        return _chosen(control)
    if control.get("type") in ("submit", "button", "file"):
        return []
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [control.get("value", "")]


def _chosen(select) -> list[str]:
    options = select.select("option")
    chosen = [option for option in options if option.has_attr("selected")]
    if not chosen and not select.has_attr("multiple"):
        chosen = options[:1]
    return [option.get("value", option.get_text()) for option in chosen]


def new_part(relation: str, number: int, /, **fields) -> dict[str, str]:
    """What the script of the admin sends of a part that was added: `new_part("results", 2, text_0="…")`."""
    total = {f"{relation}-TOTAL_FORMS": str(number + 1)}
    own = {"id": "", "uid": "", "ORDER": str(number + 1), "DELETE": "", **fields}
    return total | {f"{relation}-{number}-{name}": value for name, value in own.items()}


def new_row(field: str, number: int, /, **columns) -> dict[str, str]:
    """A row of a list, such as a place; the form has empty rows."""
    return {f"{field}-{number}-{name.rstrip('_')}": value for name, value in columns.items()}


def errors_of(page) -> dict[str, list[str]]:
    """Beside which field what is said."""
    return dict(page.context["form"].errors)


def told(page) -> list[str]:
    """The messages at the top of a page."""
    return [str(message) for message in page.context["messages"]]


def with_query(url: str, **query) -> str:
    return f"{url}?{urlencode(query, doseq=True)}"
