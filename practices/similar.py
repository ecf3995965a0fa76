"""Which practices stand beside a practice on its page."""

from django.db.models import Count, Q

from catalogue.models import Entry

SHOWN = 3


def similar_to(document: dict) -> Q:
    """The practices that share most of its topics."""
    others = Entry.objects.visible().of_kind("practices").exclude(uid=document["uid"])
    alike = others.filter(facets__name="topic", facets__value__in=document["topics"])
    best = alike.annotate(shared=Count("facets")).order_by("-shared", "pk").values("pk")[:SHOWN]
    return Q(pk__in=best)
