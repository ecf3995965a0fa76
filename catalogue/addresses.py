"""The addresses of pages that records name, and what is known of these pages (`operations.link_checks`)."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import URLField
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision

from catalogue import kinds
from catalogue.problems import Problem, advice
from operations import link_checks
from operations.dates import long_date
from operations.models import LinkCheck

if TYPE_CHECKING:  # records ask this module
    from catalogue.records import Record


def url_fields(model: "type[Record]") -> dict[str, tuple[str, ...]]:
    """Relation → its fields that hold addresses; the record's own under the empty name."""
    own = tuple(field.name for field in model._meta.concrete_fields if isinstance(field, URLField))
    found = {"": tuple(name for name in own if name in model.content_fields)}
    for relation in get_all_child_relations(model):
        fields = relation.related_model._meta.concrete_fields
        found[relation.get_accessor_name()] = tuple(field.name for field in fields if isinstance(field, URLField))
    return {relation: names for relation, names in found.items() if names}


def named_by(draft: "Record") -> dict[str, str]:
    """Field of the form → address."""
    found = {}
    for relation, names in url_fields(type(draft)).items():
        if not relation:
            found |= {name: getattr(draft, name) for name in names}
            continue
        for part in getattr(draft, relation).all():
            found |= {f"{relation}-{part.uid}-{name}": getattr(part, name) for name in names}
    return {field: address for field, address in found.items() if address}


def named_now() -> Iterator[str]:
    """By everything that is published, and by every draft, of the kinds whose links are looked at."""
    for kind in kinds.all_kinds():
        if kind.model.links_are_looked_at:
            yield from _published(kind.model)
            yield from _drafted(kind.model)


def _published(model: "type[Record]") -> Iterator[str]:
    relations = {each.get_accessor_name(): each for each in get_all_child_relations(model)}
    for relation, names in url_fields(model).items():
        rows = model.objects.filter(live=True)
        if relation:
            child = relations[relation]
            rows = child.related_model.objects.filter(**{f"{child.field.name}__live": True})
        for values in rows.values_list(*names).iterator():
            yield from filter(None, values)


def _drafted(model: "type[Record]") -> Iterator[str]:
    latest = model.objects.filter(has_unpublished_changes=True).values("latest_revision")
    fields = url_fields(model)
    for content in Revision.objects.filter(pk__in=latest).values_list("content", flat=True).iterator():
        written = json.loads(content) if isinstance(content, str) else content
        for relation, names in fields.items():
            for part in written.get(relation) or [] if relation else [written]:
                yield from filter(None, (part.get(name) for name in names))


def advice_on_links(draft: "Record") -> Iterator[Problem]:
    """What is gone, or is elsewhere now; with one query. What was not looked at, or was not sure, says nothing."""
    named = named_by(draft)
    known = link_checks.known_of(named.values())
    for field, address in named.items():
        check = known.get(address)
        if check and check.state == LinkCheck.State.DEAD:
            told = _("The link led nowhere on %(day)s: %(why)s. Put in where the page is now, or take it out.")
            why = check.get_reason_display()
            yield advice(field, told % {"day": long_date(localdate(check.checked)), "why": why})
        elif check and check.moved_to:
            yield advice(field, _moved(address, check.moved_to))


def _moved(address: str, moved_to: str) -> str:
    if moved_to.partition("://")[2] == address.partition("://")[2]:
        return _("The page is there with https, too: write https:// instead of http://, and nobody can read along.")
    return _("The page has moved to %(address)s for good: write that instead.") % {"address": moved_to}
