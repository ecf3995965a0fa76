"""Brings locale/*/LC_MESSAGES/django.po up to the sentences that stand in the code: `make messages`.

Needs no GNU gettext: Python files are read by Babel, templates by Django's own parser, so that a sentence is found exactly
where Django would look it up. `sentences()` is also what the test of complete translations compares with.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {"tests", "tools", "examples", "migrations", "locale", "docs", "var", "requirements"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

# A sentence: its msgid (a pair where there is a plural), its context, and where it stands.
Sentence = tuple[str | tuple[str, str], str | None, str]


def sentences() -> Iterator[Sentence]:
    """Every translatable sentence of the portal's own code and templates."""
    yield from _in_python()
    yield from _in_templates()


def _files(pattern: str) -> list[Path]:
    found = (path.relative_to(ROOT) for path in ROOT.rglob(pattern))
    return sorted(path for path in found if not SKIPPED & set(path.parts) and not path.parts[0].startswith("."))


def _in_python() -> Iterator[Sentence]:
    for path in _files("*.py"):
        with (ROOT / path).open("rb") as file:
            for line, message, _comments, context in extract("python", file, keywords=KEYWORDS):
                yield message, context, f"{path}:{line}"


def _in_templates() -> Iterator[Sentence]:
    from django.template import Template

    for path in _files("*.html") + _files("*.txt"):
        if path.parts[0] == "templates":
            template = Template((ROOT / path).read_text())
            for node in template.nodelist.get_nodes_by_type(object):
                yield from _in_node(node, str(path))


def _in_node(node, path: str) -> Iterator[Sentence]:
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    where = f"{path}:{node.token.lineno if getattr(node, 'token', None) else 1}"
    if isinstance(node, TranslateNode) and isinstance(node.filter_expression.var, str):
        yield str(node.filter_expression.var), _context(node), where
    elif isinstance(node, TranslateNode) and getattr(node.filter_expression.var, "literal", None):
        yield node.filter_expression.var.literal, _context(node), where
    elif isinstance(node, BlockTranslateNode):
        singular, _variables = node.render_token_list(node.singular)
        if node.plural:
            plural, _variables = node.render_token_list(node.plural)
            yield (_trimmed(node, singular), _trimmed(node, plural)), _context(node), where
        else:
            yield _trimmed(node, singular), _context(node), where


def _trimmed(node, text: str) -> str:
    from django.utils.translation import trim_whitespace

    return trim_whitespace(text) if node.trimmed else text


def _context(node) -> str | None:
    return str(node.message_context.var) if node.message_context else None


def template() -> Catalog:
    """All sentences as an empty catalogue."""
    catalog = Catalog(project="MER portal", version="1", msgid_bugs_address="", language_team="", fuzzy=False)
    for message, context, where in sentences():
        path, line = where.rsplit(":", 1)
        python = path.endswith(".py")
        text = message[0] if isinstance(message, tuple) else message
        flags = ["python-format"] if "%(" in text else []
        catalog.add(message, context=context, locations=[(path, int(line) if python else 1)], flags=flags)
    return catalog


def update(language: str) -> int:
    """Bring one language's file up to the code; returns how many sentences wait for a translation."""
    file = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        with file.open("rb") as old:
            catalog = read_po(old, locale=language)
    else:
        catalog = Catalog(locale=language)
    found = template()
    found.creation_date = catalog.creation_date  # or every run would change the file
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = "# The MER portal's sentences. `make messages` brings this file up to the code."
    with file.open("wb") as new:
        write_po(new, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    return sum(not _is_translated(message) for message in catalog if message.id)


def _is_translated(message) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    for folder in sorted((ROOT / "locale").iterdir()):
        print(f"{folder.name}: {update(folder.name)} sentences wait for a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
