"""The usual ways to a page of an API, each as well as its users would write it."""

from collections import defaultdict

import orjson
from django.http import HttpResponse
from rest_framework.generics import ListAPIView
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.renderers import BaseRenderer
from rest_framework.views import APIView

from bench.yardsticks.usual import models
from bench.yardsticks.usual.serializers import NOWHERE, PracticeSerializer

PARTS = {
    "places": (models.Place, ["country", "nuts", "nuts_version", "town", "lat", "lng"]),
    "building_blocks": (models.BuildingBlock, ["uid", "title", "description", "enabling_factors", "lessons"]),
    "evidence": (
        models.Evidence,
        ["uid", "indicator", "value", "unit", "year", "confidence", "source", "other_sources"],
    ),
    "links": (models.Link, ["uid", "title", "url"]),
}
OWN = [field.attname for field in models.Practice._meta.concrete_fields]


def empty(request):
    """What Django and gunicorn take for nothing at all."""
    return HttpResponse(b"")


class PracticeList(ListAPIView):
    """ModelSerializer and LimitOffset, with everything fetched beforehand."""

    serializer_class = PracticeSerializer
    queryset = (
        models.Practice.objects.select_related("organisation_in_charge")
        .prefetch_related("projects", "places", "building_blocks", "evidence", "links")
        .order_by("id")
    )


class OrjsonRenderer(BaseRenderer):
    media_type, format, charset = "application/json", "json", None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


class PracticeValues(APIView):
    """`.values()`, put together by hand, and the fastest JSON there is."""

    renderer_classes = [OrjsonRenderer]

    def get(self, request):
        practices = models.Practice.objects.order_by("id")
        also = ("organisation_in_charge__uid", "organisation_in_charge__title")
        page = LimitOffsetPagination()
        rows = page.paginate_queryset(practices.values(*OWN, *also), request)
        numbers = [row["id"] for row in rows]
        parts = {name: _parts_of(numbers, *PARTS[name]) for name in PARTS}
        projects = _projects_of(numbers)
        for row in rows:
            _complete(row, parts, projects)
        return page.get_paginated_response(rows)


def _parts_of(numbers, model, fields):
    found = defaultdict(list)
    for row in model.objects.filter(practice__in=numbers).order_by("id").values("practice_id", *fields):
        found[row.pop("practice_id")].append(row)
        if "value" in row:
            row["value"] = f"{row['value'].normalize():f}"
    return found


def _projects_of(numbers):
    found = defaultdict(list)
    through = models.Practice.projects.through.objects.filter(practice__in=numbers).order_by("project_id")
    for number, uid, title in through.values_list("practice_id", "project__uid", "project__title"):
        found[number].append(_embedded("projects", uid, title))
    return found


def _embedded(kind, uid, title):
    return {"uid": uid, "kind": kind, "title": title, "url": f"/id/{uid}/"}


def _complete(row, parts, projects):
    number, slug = row.pop("id"), row.pop("slug")
    del row["organisation_in_charge_id"]
    uid, title = row.pop("organisation_in_charge__uid"), row.pop("organisation_in_charge__title")
    row["organisation_in_charge"] = _embedded("partners", uid, title)
    row["kind"], row["origin"], row["url"] = "practices", NOWHERE, f"/id/{row['uid']}/"
    row["pages"] = {language: f"/{language}/practices/{slug}/" for language in row["title"]}
    row["projects"] = projects[number]
    for name, found in parts.items():
        row[name] = found[number]
