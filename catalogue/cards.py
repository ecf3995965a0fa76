"""How a card stands in a list: what the `entry` component draws."""

from collections.abc import Iterable, Mapping

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext

from catalogue import kinds
from catalogue.codes import Topic, countries, nuts
from catalogue.embeds import embedded
from catalogue.models import Entry
from catalogue.texts import in_language
from catalogue.translated import words_beside
from operations.languages import interface_language


def lines(cards: list[dict], named: Mapping[str, Entry] | None = None) -> list[dict]:
    """Several cards; the records that they name are called by their acronyms.

    `named` are these records' entries by uid, where they have been looked up already; else one query does it.
    """
    if named is None:
        uids = uids_named(cards)
        entries = Entry.objects.visible().filter(uid__in=uids).defer("document") if uids else []
        named = {str(entry.uid): entry for entry in entries}
    for card in cards:
        for embed in embedded(card):
            entry = named.get(embed["uid"])
            embed["acronym"] = entry.short.get("acronym") if entry else None
    return [line(card) for card in cards]


def uids_named(cards: Iterable[dict]) -> set[str]:
    return {embed["uid"] for card in cards for embed in embedded(card)}


def line(card: dict, *, number: int | None = None) -> dict:
    """{kind, url, title, lang, behind, kicker, summary, summary_lang, meta, example, number, places}, in the reader's language.

    `lang` and `summary_lang` are empty where the text is in the language of the page. `behind`: whether a machine made the
    title, or it is older than its original; of title and summary the last of `meta` says so.
    """
    language = get_language()
    kind = kinds.get(card["kind"])
    title = in_language(card["title"], language, card["original_language"])
    summary = in_language(card["summary"], language, card["original_language"])
    words = words_beside(card)
    marks = dict.fromkeys(words.get(id(each)) for each in (card["title"], card["summary"]))
    return {
        "kind": kind.symbol,
        "url": page_address(card),
        "title": card.get("acronym") or title.text,
        "lang": "" if card.get("acronym") or title.language == language else title.language,
        "behind": words.get(id(card["title"]), ""),
        "kicker": kind.kicker(card) if kind.kicker else str(kind.label),
        "summary": summary.text,
        "summary_lang": "" if summary.language == language else summary.language,
        "meta": [text for text in (*kind.meta(card), *(capfirst(mark) for mark in marks if mark)) if text],
        "example": card["example"],
        "number": number,
        "uid": card["uid"],
        "places": card["places"],
    }


def page_address(card: dict) -> str:
    """The record's page in the reader's language, whatever languages its text is in."""
    some = next(iter(card["pages"].values()))
    return f"/{get_language()}/{some.split('/', 2)[2]}"


def place_line(places: list[dict]) -> str:
    """`Ptuj, Slovenia`; only countries where there are several places."""
    if len(places) == 1 and places[0].get("town"):
        return f"{places[0]['town']}, {country(places[0]['country'])}"
    return ", ".join(dict.fromkeys(country(place["country"]) for place in places))


def undrawn_places(places: Iterable[Mapping]) -> str:
    """A sentence on the places that a map can only count with their countries, though more is known of them."""
    known = [place for place in places if place.get("lat") is None and (place.get("town") or place.get("nuts"))]
    words = list(dict.fromkeys(place_in_words(place) for place in known))
    told = ngettext(
        "Counted with its country, for its coordinates are not known: %(places)s.",
        "Counted with their countries, for their coordinates are not known: %(places)s.",
        len(words),
    )
    return told % {"places": "; ".join(words)} if words else ""


def place_in_words(place: Mapping) -> str:
    """`Ptuj, Podravska (SI032), Slovenia`"""
    code = place.get("nuts")
    name = nuts.nuts_name(code, place.get("nuts_version"), get_language()) if code else ""
    region = f"{name} ({code})" if name else code
    return ", ".join(part for part in (place.get("town"), region, country(place["country"])) if part)


def told(facts: Iterable[dict]) -> list[dict]:
    """The facts that have something to say, for headings that stand only above content."""
    return [fact for fact in facts if fact.get("value") or fact.get("lines")]


def country(code: str) -> str:
    return countries.country_name(code, interface_language())


def first_topic(card: dict) -> str:
    """The name of the card's first topic; empty where it has none."""
    return str(Topic(card["topics"][0]).label) if card["topics"] else ""


def short_title(embedded: dict | None) -> str:
    """An embedded record's acronym, where a list has looked it up, else its title in the reader's language."""
    if not embedded:
        return ""
    return embedded.get("acronym") or in_language(embedded["title"], get_language()).text
