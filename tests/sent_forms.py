"""What a browser without JavaScript sends from a page: every form of it, by each of its buttons."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag


class Sent(NamedTuple):
    """`fields` is as the test client takes it."""

    address: str
    fields: dict[str, list[str]]
    button: str


def forms_of(page: str, address: str) -> Iterator[Sent]:
    soup = BeautifulSoup(page, "html.parser")
    for form in soup.select("form[method=post]"):
        own = {each.name and id(each): each for each in form.select("input, select, textarea, button")}
        placed = soup.select(f'[form="{form["id"]}"]') if form.get("id") else []
        controls = [*own.values(), *placed]
        fields = _fields([each for each in controls if each.name != "button"])
        for button in [each for each in controls if each.name == "button" and each.get("type") != "button"]:
            pressed = {button["name"]: [button.get("value", "")]} if button.get("name") else {}
            to = button.get("formaction") or form.get("action") or address
            yield Sent(urlsplit(urljoin(address, to))._replace(fragment="").geturl(), fields | pressed, str(pressed))


def _fields(controls: list[Tag]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for each in controls:
        if each.get("name") and not each.has_attr("disabled"):
            for value in _values(each):
                fields.setdefault(each["name"], []).append(value)
    return fields


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.text.removeprefix("\n")]
    if control.name == "select":
        options = control.select("option")
        chosen = [each for each in options if each.has_attr("selected")] or options[: not control.has_attr("multiple")]
        return [each.get("value", each.text) for each in chosen]
    kind = control.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [] if kind in ("submit", "button", "image", "reset", "file") else [control.get("value", "")]
