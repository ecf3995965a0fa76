"""Somebody at the Wagtail admin, without a browser: forms are sent back as they were drawn, with what she typed.

page = edit(client, project, "publish", title_0="A better title")
"""

from html.parser import HTMLParser
from urllib.parse import urlencode

from django.urls import reverse
from wagtail.snippets.models import get_snippet_models


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


def drawn_fields(html: str) -> dict[str, str | list[str]]:
    """What a browser would send of the editor's form; buttons and templates of parts to be added are not sent."""
    form = DrawnForm()
    form.feed(html)
    return {name: values if len(values) > 1 else values[0] for name, values in form.fields.items()}


class DrawnForm(HTMLParser):
    """Reads the controls of the form with the id; a page of the admin is too long for a parser that keeps it all."""

    def __init__(self, form_id: str = "w-editor-form"):
        super().__init__()
        self.form_id, self.fields = form_id, {}
        self.is_inside, self.templates = False, 0
        self.select, self.options, self.textarea = None, [], None

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self.is_inside = told.get("id") == self.form_id
        elif tag == "template":
            self.templates += 1
        elif self.is_inside and not self.templates and "disabled" not in told:
            self._control(tag, told)

    def _control(self, tag: str, told: dict) -> None:
        if tag == "option" and self.select is not None:
            self.options.append((told.get("value", ""), "selected" in told))
        elif not told.get("name"):
            return
        elif tag == "select":
            self.select, self.options = told, []
        elif tag == "textarea":
            self.textarea = (told["name"], [])
        elif tag == "input" and told.get("type") not in ("submit", "button", "file"):
            if told.get("type") not in ("checkbox", "radio"):
                self._add(told["name"], told.get("value") or "")
            elif "checked" in told:
                self._add(told["name"], told.get("value", "on"))

    def handle_data(self, data):
        if self.textarea:
            self.textarea[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "template":
            self.templates -= 1
        elif tag == "textarea" and self.textarea:
            name, text = self.textarea
            self._add(name, "".join(text).removeprefix("\n"))
            self.textarea = None
        elif tag == "select" and self.select is not None:
            self._add_chosen()

    def _add_chosen(self) -> None:
        chosen = [value for value, is_selected in self.options if is_selected]
        if not chosen and "multiple" not in self.select:
            chosen = [value for value, _is_selected in self.options[:1]]
        for value in chosen:
            self._add(self.select["name"], value)
        self.select = None

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


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


def with_query(url: str, **query) -> str:
    return f"{url}?{urlencode(query, doseq=True)}"
