"""What the form calls what stands in a record's document, in its own order: for whoever reads what changes in it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalogue.drafting.conflicts import label_of, parts_of
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.items import Items
from catalogue.wording import ONE

PLACES = "places"


def called_in(form: DraftForm) -> dict[str, str]:
    """Field of the document (`evidence.value`, `resources_setup.text`) → its label. Where several stand under one heading, that
    is the label of what they are in; `images[]` is one of the pictures.
    """
    found: dict[str, str] = {}
    for name, label in _labels(form):
        path = form.within + form.in_document.get(name, name)
        if heading := form.heading_of(name):
            found.setdefault(path.rpartition(".")[0], heading)
        found.setdefault(path, label)
    return found


def label_in(form: DraftForm, name: str, fields: list[str]) -> str:
    """Of a field by its name, of a text without its language; `fields` are those of the form that it consists of."""
    if name in form.texts:
        return str(form.texts[name].label)
    return _("Places") if name == PLACES else label_of(form, name, fields)


def _labels(form: DraftForm) -> Iterator[tuple[str, str]]:
    """In the order of the form; of a text once."""
    items = {kind.name: kind for kind in form.repeated}
    begins = {
        (fields[0] if name not in form.fields else name): (name, fields) for name, fields in parts_of(form).items()
    }
    for field in form.fields:
        if field in items:
            yield from _of_items(items[field])
        elif field in begins:
            name, fields = begins[field]
            base, _separator, language = name.rpartition("_")
            name = base if base in form.texts and language in form.languages else name
            yield name, label_in(form, name, fields)


def _of_items(kind: Items) -> Iterator[tuple[str, str]]:
    yield kind.name, str(kind.many)
    yield f"{kind.name}{ONE}", str(kind.one)
    labels = {name: field.label for name, field in kind.fields().items() if name not in kind.not_kept[1:]}
    labels |= {name: spec.label for name, spec in kind.texts.items()}
    for row in kind.rows:
        yield from ((f"{kind.name}.{name}", str(labels[name])) for name in row if name in labels)
