"""How a record is cited: in words, and in the two formats that programs for references read.

BibTeX: O. Patashnik, "BibTeXing" (btxdoc, 1988), section 3, and "Designing BibTeX styles" (btxhak), section 4: the entry is
`@misc`, as a page of a portal is none of the printed kinds; braces are counted whether a backslash stands before them or
not, so a brace of the text is written by its name; double braces keep capitals, and an organisation's name in one piece.
Characters beyond ASCII stay as they are, in UTF-8, as LaTeX reads them since 2018.

RIS: Research Information Systems, "RIS Format Specifications" (2001, revised 2011): every line is a tag of two characters,
two spaces, a hyphen, a space, and the value, ended by CR LF; `TY` is the first and `ER` the last; no asterisk in authors.
`ELEC` is a page of the web.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from catalogue import kinds
from catalogue.models import EntryVersion
from catalogue.texts import in_language

PORTAL = "MER portal"
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_BREAKING = ("Cc", "Zl", "Zp")


@dataclass(frozen=True)
class Citation:
    """One version of a record, as it is cited. `language` is the title's."""

    authors: tuple[str, ...]
    title: str
    language: str
    published: datetime
    version: int
    url: str
    licence: str
    key: str

    @property
    def year(self) -> int:
        return localdate(self.published).year

    @property
    def author(self) -> str:
        return "; ".join(self.authors)


def citation_of(version: EntryVersion, language: str) -> Citation:
    """Of a version that has its document still, with its title in the language if it has one there."""
    document = version.record
    title = in_language(document["title"], language, document["original_language"])
    return Citation(
        authors=_authors(document, language) or (PORTAL,),
        title=one_line(title.text),
        language=title.language,
        published=version.published,
        version=version.number,
        url=f"{settings.PUBLIC_URL}{version.url}",
        licence=document["licence"],
        key=f"mer-{version.entry.slug}-{version.number}",
    )


def _authors(document: Mapping, language: str) -> tuple[str, ...]:
    """Those of the first of the kind's fields in which anybody stands: a line as printed, or organisations."""
    for name in kinds.get(document["kind"]).authors:
        found = document.get(name) or []
        if isinstance(found, str):
            return (one_line(found),)
        named = found if isinstance(found, list) else [found]
        if named:
            return tuple(one_line(in_language(each["title"], language).text) for each in named)
    return ()


def one_line(text: str) -> str:
    """Neither format has line breaks or controls within a value."""
    kept = (" " if unicodedata.category(sign) in _BREAKING else sign for sign in text)
    return " ".join("".join(kept).split())


def bibtex(citation: Citation) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in citation.authors),
        "title": f"{{{_tex(citation.title)}}}",
        "year": str(citation.year),
        "howpublished": PORTAL,
        "version": str(citation.version),
        "language": citation.language,
        "url": citation.url,
        "note": f"Version {citation.version}. {_tex(citation.licence)}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)


def ris(citation: Citation) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_lines(citation))


def _ris_lines(citation: Citation) -> Iterable[tuple[str, str]]:
    yield "TY", "ELEC"
    for name in citation.authors:
        yield "AU", name.replace("*", "")
    yield "TI", citation.title
    yield "PY", str(citation.year)
    yield "DA", f"{localdate(citation.published):%Y/%m/%d}"
    yield "PB", PORTAL
    yield "ET", str(citation.version)
    yield "LA", citation.language
    yield "UR", citation.url
    yield "N1", citation.licence
    yield "ER", ""


# By the ending of the file: what writes it, and its media type.
FORMATS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}
