"""What forms ask about places, and what anybody may look up: the regions of NUTS, and a map to point at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from catalogue.codes import regions as named_regions
from catalogue.codes.countries import country_name, is_country
from catalogue.maps import picking
from operations.languages import interface_language
from operations.reading import read_only

DAY = 86400


@read_only
def regions(request: HttpRequest) -> HttpResponse:
    """All regions of a country, or those that fit what was typed."""
    country, query = _country(request), _query(request)
    found = named_regions.find(query, country, interface_language()) if query else None
    context = {
        "steps": [{"label": _("Regions and their codes")}],
        "country": country,
        "country_name": country_name(country, interface_language()) if country else "",
        "query": query,
        "found": found,
        "columns": [{"label": label} for label in (_("Region"), _("Code"), _("Level"), _("Lies in"))],
        "rows": [_row(region) for region in (found.regions if found else named_regions.all_of(country))],
        "countries": _countries(),
    }
    return render(request, "catalogue/regions.html", context)


@read_only
@cache_control(max_age=DAY)
def regions_found(request: HttpRequest) -> HttpResponse:
    """A part of a page, for forms: regions as buttons."""
    found = named_regions.find(_query(request), _country(request), interface_language())
    return render(request, "catalogue/parts/regions.html", {"found": found})


@read_only
@cache_control(max_age=DAY)
def picker(request: HttpRequest) -> HttpResponse:
    """A part of a page, for forms: the map around a country."""
    drawn = picking.picker(_country(request), interface_language())
    return render(request, "catalogue/parts/picker.html", {"map": drawn})


def _row(region: named_regions.Region) -> list[dict]:
    until = _("until NUTS %(version)s") % {"version": region.last} if region.former else ""
    name = {"text": region.name, "sub": until}
    return [name, {"text": region.code}, {"text": str(region.level)}, {"text": region.around}]


def _country(request: HttpRequest) -> str:
    """What is no country is none: the list is then that of all."""
    code = request.GET.get("country", "").upper()
    return code if is_country(code) else ""


def _query(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[: named_regions.LONGEST_QUERY]


def _countries() -> list[tuple[str, str]]:
    """Those whose regions we know: (code, name), by name."""
    language = interface_language()
    named = ((code, country_name(code, language)) for code in named_regions.countries())
    return sorted(named, key=lambda each: named_regions.fold(each[1]))
