"""A published practice as a PDF: what its page says, and how it is cited, to be printed, sent, or kept in a file."""

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image

from catalogue import citations, typesetting
from catalogue.cards import told
from catalogue.codes import LICENCE_URLS
from catalogue.models import Entry, EntryVersion
from catalogue.reading import page_context
from operations.dates import long_date
from operations.languages import interface_language
from operations.release import release
from pages.languages import language_in_words
from practices.models import Photo
from practices.sections import line_of, reading_of, sections_of, whole_line
from practices.templatetags.practice_page import practice_facts, results_behind

EMBLEM = settings.BASE_DIR / "static" / "img" / "eu.svg"
LONGEST_SIDE = 800  # pixels: 160 mm at 125 dots an inch; half of what is kept, to which a JPEG is decoded at once
QUALITY = 80


def etag_of(version: EntryVersion, entry: Entry, named: Iterable[Entry]) -> str:
    """Of everything that the PDF tells; `named` are the entries whose documents it reads, too."""
    known = [entry.etag if version.number == entry.version else version.etag, *(each.etag for each in named)]
    told_by = [release(), settings.PUBLIC_URL, get_language(), str(entry.uid), version.number, known]
    return f'"{hashlib.sha256(repr(told_by).encode()).hexdigest()}"'


def pdf_of(version: EntryVersion, entry: Entry, context: dict, etag: str) -> bytes:
    """Set anew, or kept from before: the key is all that it depends on."""
    kept = caches["pdfs"].get(etag)
    if kept is None:
        content, files = content_of(version, entry, context)
        kept = typesetting.pdf("practice.typ", content, files=files, made=version.published)
        caches["pdfs"].set(etag, kept)
    return kept


def context_of(version: EntryVersion, entry: Entry) -> dict:
    """The latest version as its page shows it now: records that it names may have been renamed since."""
    is_latest = version.number == entry.version
    return page_context(entry.record if is_latest else version.record, entry=entry, version=version)


def content_of(version: EntryVersion, entry: Entry, context: dict) -> tuple[dict, dict[str, bytes]]:
    """What `templates/pdf/practice.typ` draws, and the pictures that it names."""
    record, cited = context["record"], citations.citation_of(version, get_language())
    pictures = dict(_pictures(record))
    content = {
        "lang": interface_language(),
        "portal": citations.PORTAL,
        "edition": f"{_('Version %(number)s') % {'number': version.number}}, {long_date(version.published)}",
        "page": _("Page {page} of {pages}"),
        "address": cited.url,
        "authors": list(cited.authors),
        "keywords": [str(word) for word in record["keywords"] or []],
        "kicker": context["kicker"],
        "title": reading_of(record["title"], record),
        "summary": reading_of(record["summary"], record),
        "notes": list(_notes(context)),
        "facts": [_fact(fact) for fact in told(practice_facts(record))],
        "sections": [section for section in _sections(context, pictures) if section["blocks"]],
        "about": {"heading": _("About this record"), "blocks": list(_about(context, version, cited))},
        "union": _union(),
    }
    return content, {**pictures, "emblem.svg": EMBLEM.read_bytes()}


def _union() -> dict:
    """As it stands at the foot of every page."""
    return {
        "alt": _("Emblem of the European Union"),
        "name": _("European Union"),
        "fund": _("European Regional Development Fund"),
        "statement": _(
            "MER was co-funded by the European Regional Development Fund, in the MED programme 2007–2013. The portal "
            "gathers the results of projects, most of them co-funded by the European Union; where the Union paid, the "
            "project’s own page says so."
        ),
    }


def _notes(context: dict) -> Iterator[str]:
    names = {"language": context["reading_language_name"], "original": (context["untranslated"] or {}).get("languages")}
    if not context["is_latest"]:
        yield f"{_('This is an earlier version.')} {_('The record has been changed since.')}"
    if context["record"]["example"]:
        invented = _("This record is invented to show what the portal can do; it comes from no source.")
        yield f"{_('An example.')} {invented}"
    yield from _of_translation(context["translation"])
    if not context["untranslated"]:
        return
    if context["untranslated"]["whole"]:
        yield f"{_('Not translated yet.')} {_('The text does not exist in %(language)s; it stands in %(original)s.') % names}"
    else:
        parts = _("Parts of the text do not exist in %(language)s; they stand in %(original)s.") % names
        yield f"{_('Not wholly translated yet.')} {parts}"


def _of_translation(told: dict | None) -> Iterator[str]:
    """In one line."""
    if not told:
        return
    said = [_("This text is a translation; the original is in %(original)s.") % told] if told["translated"] else []
    if told["made"]:
        said.append(_("A machine made parts of this text, and nobody has checked them yet."))
    if told["stale"]:
        said.append(_("Parts of it were translated from an earlier version."))
    if told["machine"]:
        said.append(_("Parts of it were translated by a machine, and nobody has checked them yet."))
    yield " ".join(said)


def _sections(context: dict, pictures: dict[str, bytes]) -> Iterator[dict]:
    record = context["record"]
    yield {"heading": _("Pictures"), "blocks": [_picture(image, record) for image in _shown(record, pictures)]}
    for section in sections_of(record):
        yield {"heading": section.heading, "blocks": [each for block in section.blocks for each in _on_paper(block)]}
    results = results_behind(record, context["around"])
    lines = [_line(f"{_with_words(result)} ({result['project']})", result["url"], result["lang"]) for result in results]
    yield {"heading": _("What it grew from"), "blocks": [{"type": "links", "lines": lines}] if lines else []}


def _on_paper(block: dict) -> Iterator[dict]:
    """What stands beside a text on its page, stands behind it on paper."""
    if block["type"] == "table":
        yield block | {"rows": [[_cell(cell) for cell in row] for row in block["rows"]]}
    elif block["type"] == "links":
        yield block | {"lines": [_line(_with_words(line), line["url"], line["lang"]) for line in block["lines"]]}
    elif block["type"] == "heading":
        yield block | {"text": block["text"] | {"text": _with_words(block["text"])}}
    else:
        yield block
        if block.get("behind"):
            words = [{"is_list": False, "lines": [f"({block['behind']})"]}]
            yield {"type": "prose", "lang": interface_language(), "parts": words}


def _with_words(told: dict) -> str:
    return f"{told['text']} ({told['behind']})" if told.get("behind") else told["text"]


# Pictures


def _file_of(image: dict) -> str:
    return image["url"].rpartition("/")[2]


def _pictures(record: dict) -> Iterator[tuple[str, bytes]]:
    """Those that the document shows, in the size of the paper. A file that is lost leaves its picture out."""
    digests = {_file_of(image).partition(".")[0]: _file_of(image) for image in record["images"]}
    for photo in Photo.objects.filter(digest__in=digests):
        try:
            yield digests[photo.digest], _small(photo)
        except FileNotFoundError:
            continue


def _small(photo: Photo) -> bytes:
    with photo.opened() as file, Image.open(file, formats=["JPEG"]) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        written = BytesIO()
        picture.convert("RGB").save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _shown(record: dict, pictures: dict[str, bytes]) -> list[dict]:
    return [image for image in record["images"] if _file_of(image) in pictures]


def _picture(image: dict, record: dict) -> dict:
    alt = reading_of(image["alt"], record)
    rights = ". ".join(part for part in (image["credit"], image["licence"]) if part)
    words = _("Description of the picture: %(words)s") % {"words": alt["behind"]} if "behind" in alt else ""
    caption = ". ".join(filter(None, [rights, words]))
    return {"type": "picture", "file": _file_of(image), "alt": alt["text"], "lang": alt["lang"], "caption": caption}


# What one needs to trust it and to cite it


def _about(context: dict, version: EntryVersion, cited: citations.Citation) -> Iterator[dict]:
    record = context["record"]
    licence, original = record["licence"], language_in_words(record["original_language"])
    facts = [
        {"label": _("Cite as"), "value": _in_words(cited)},
        {"label": _("Published"), "value": long_date(record["published"])},
        {"label": _("This version"), "value": f"{version.number}, {long_date(version.published)}"},
        {"label": _("Licence"), "value": licence, "url": LICENCE_URLS.get(licence, "")},
        {"label": _("Original language"), "value": original},
        {"label": _("Permanent address"), "value": cited.url, "url": cited.url},
    ]
    yield {"type": "facts", "facts": [_fact(fact) for fact in facts]}
    if context["source_notes"]:
        yield {"type": "heading", "text": {"text": _("Where each fact comes from"), "lang": interface_language()}}
        columns = [{"label": column["label"], "number": False} for column in context["source_columns"]]
        rows = [[_cell(cell) for cell in row] for row in context["source_notes"]]
        yield {"type": "table", "columns": columns, "rows": rows}


def _in_words(cited: citations.Citation) -> str:
    issued = _("MER portal, version %(version)s.") % {"version": cited.version}
    return f"{cited.author} ({cited.year}): {cited.title}. {issued} {cited.url}. {cited.licence}."


def _cell(cell: dict) -> dict:
    return _line(_with_words({"text": ""} | cell), cell.get("url", ""), cell.get("lang", "")) | {
        "sub": cell.get("sub") or ""
    }


def _fact(fact: dict) -> dict:
    """As components/facts.html takes it, and as the sheet does."""
    lines = fact.get("lines") or [{"text": fact["value"], "url": fact.get("url"), "lang": fact.get("lang")}]
    return {
        "label": str(fact["label"]),
        "lines": [_line(line["text"], line["url"], line["lang"]) for line in map(whole_line, lines)],
    }


def _line(text: str, url: str | None = "", lang: str | None = "") -> dict:
    """Links of documents begin at the root of the portal; on paper nothing does."""
    whole = f"{settings.PUBLIC_URL}{url}" if url and url.startswith("/") else url
    return line_of(text, whole, lang)
