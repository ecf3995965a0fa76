"""The filters of the catalogue: one set for pages, API and dumps, over public columns only."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from uuid import UUID

import django_filters
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.codes import Period, Topic, countries
from catalogue.models import Entry, Network

LONGEST_QUERY = 200  # characters
WHEN = ("coming", "past")
_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")


class InvalidParameters(Exception):
    """What is wrong with a query string: a list of {parameter, code, message}."""

    def __init__(self, errors: list[dict[str, str]]):
        self.errors = errors
        super().__init__("; ".join(f"{error['parameter']}: {error['message']}" for error in errors))


class _Several(forms.Widget):
    """All values of a repeated parameter."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)

    def value_omitted_from_data(self, data, files, name):
        return name not in data


class ValuesField(forms.Field):
    """A list of values, each of which `clean_value` accepts, or raises ValueError with the reason."""

    widget = _Several

    def __init__(self, *, clean_value: Callable[[str], str], **kwargs):
        self.clean_value = clean_value
        super().__init__(**kwargs)

    def clean(self, value: list[str]) -> list[str]:
        try:
            return sorted({self.clean_value(each) for each in value if each != ""})
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from None


class ValuesFilter(django_filters.Filter):
    field_class = ValuesField


class NetworksField(ValuesField):
    """All are looked up at once."""

    def __init__(self, **kwargs):
        super().__init__(clean_value=str, **kwargs)

    def clean(self, value):
        slugs = super().clean(value)
        asked = [slug for slug in slugs if slug != "all"]
        sought = [slug for slug in asked if "\0" not in slug]  # PostgreSQL takes no such text
        found = set(Network.objects.filter(slug__in=sought).values_list("slug", flat=True)) if sought else set()
        for slug in asked:
            if slug not in found:
                message = _("'%(slug)s' is not a network that we know.") % {"slug": slug}
                raise forms.ValidationError(message, code="invalid")
        return slugs


class NetworksFilter(ValuesFilter):
    field_class = NetworksField


class WhenFilter(ValuesFilter):
    """What is still to come or under way, what is over, or both; what has no time is neither."""

    def filter(self, queryset, value):
        both = {"coming": queryset.coming, "past": queryset.past}
        if not value:
            return queryset
        return both[value[0]](timezone.now()) if len(value) == 1 else queryset.filter(ends__isnull=False)


class FacetFilter(ValuesFilter):
    """Repeated = or; the facet's name is the parameter's."""

    def filter(self, queryset, value):
        return queryset.with_facet(self.field_name, value) if value else queryset


def _country(code: str) -> str:
    if not countries.is_country(code):
        raise ValueError(_("'%(code)s' is not an ISO 3166-1 code.") % {"code": code})
    return code


def _region(code: str) -> str:
    if not _NUTS.fullmatch(code):
        raise ValueError(_("'%(code)s' is not the beginning of a NUTS code.") % {"code": code})
    return code


def _uid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        raise ValueError(_("'%(value)s' is not a uid.") % {"value": value}) from None


def _year(value: str) -> str:
    if not _YEAR.fullmatch(value):
        raise ValueError(_("'%(value)s' is not a year from 1900 to 2099.") % {"value": value})
    return value


def _month(value: str) -> str:
    if not _MONTH.fullmatch(value):
        raise ValueError(_("'%(value)s' is not a month, such as 2027-04.") % {"value": value})
    return value


def one_of(allowed: Iterable[str]) -> Callable[[str], str]:
    """Accepts the values of a closed list."""
    allowed = frozenset(allowed)

    def accept(value: str) -> str:
        if value not in allowed:
            raise ValueError(_("'%(value)s' is not one of the known values.") % {"value": value})
        return value

    return accept


class MomentField(forms.CharField):
    """An RFC 3339 time with its zone."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            # a `+` that was not percent-encoded arrives as a space
            moment = datetime.fromisoformat(value.replace(" ", "+"))
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # no time, or one beyond all calendars
        raise forms.ValidationError(_("An RFC 3339 time is needed, such as 2026-11-22T10:00:00Z."), code="invalid")


class MomentFilter(django_filters.Filter):
    field_class = MomentField


class EntryFilter(django_filters.FilterSet):
    """`EntryFilter(request.GET, kind="practices").entries()`; raises InvalidParameters."""

    q = django_filters.CharFilter(method="search", max_length=LONGEST_QUERY)
    country = FacetFilter(clean_value=_country)
    nuts = FacetFilter(clean_value=_region)
    topic = FacetFilter(clean_value=one_of(Topic.values))
    programme = FacetFilter(clean_value=_uid)
    organisation = FacetFilter(clean_value=_uid)
    project = FacetFilter(clean_value=_uid)
    area = FacetFilter(clean_value=_uid)
    period = FacetFilter(clean_value=one_of(Period.values))
    year = FacetFilter(clean_value=_year)
    month = FacetFilter(clean_value=_month)
    when = WhenFilter(clean_value=one_of(WHEN))
    language = FacetFilter(clean_value=one_of(code for code, _name in settings.LANGUAGES))
    status = FacetFilter(clean_value=str)
    type = FacetFilter(clean_value=str)
    network = NetworksFilter()
    modified_since = MomentFilter(field_name="modified", lookup_expr="gte")

    class Meta:
        model = Entry
        fields = []

    def __init__(self, data: QueryDict, *, kind: str | None = None, networks: str = "ours", also: Iterable[str] = ()):
        """`also` names further parameters that the caller reads; `networks` is `ours` or `all` where none is asked."""
        self.kind = kinds.get(kind) if kind else None
        self.default_networks = networks
        self.also = frozenset(also)
        super().__init__(data, queryset=Entry.objects.visible())
        for name in ("status", "type"):
            self.form.fields[name].clean_value = one_of(self._codes(name))

    def _codes(self, facet: str) -> set[str]:
        asked = [self.kind] if self.kind else kinds.all_kinds()
        return {code for kind in asked if facet in kind.codes for code in kind.codes[facet].values}

    def check(self) -> None:
        """Raises InvalidParameters for unknown parameters, wrong values, and single ones that are repeated."""
        errors = [
            {"parameter": name, "code": "unknown", "message": _("There is no such parameter.")}
            for name in self.data
            if name not in self.filters and name not in self.also
        ]
        single = [name for name in self.data if not isinstance(self.form.fields.get(name), ValuesField)]
        errors += [
            {"parameter": name, "code": "repeated", "message": _("This parameter can be given only once.")}
            for name in single
            if len(self.data.getlist(name)) > 1
        ]
        errors += [
            {"parameter": name, "code": error.code or "invalid", "message": message}
            for name, several in self.form.errors.as_data().items()
            for error in several
            for message in error.messages
        ]
        if errors:
            raise InvalidParameters(errors)

    def entries(self, *, without: str | None = None):
        """The visible entries that pass all filters; `without` leaves one filter out, to count its own values."""
        self.check()
        queryset = self.queryset.of_kind(self.kind.name) if self.kind else self.queryset
        queryset = self._of_networks(queryset, self.form.cleaned_data["network"])
        for name, value in self.form.cleaned_data.items():
            if name not in ("network", without):
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def active(self) -> dict[str, list[str]]:
        """The filters in use, with their values as given; without empty ones."""
        return {name: values for name in self.filters if (values := [v for v in self.data.getlist(name) if v])}

    def search(self, queryset, name, words):
        return queryset.matching(words) if words.strip() else queryset

    def _of_networks(self, queryset, slugs: list[str]):
        """Not a filter like the others: where none is asked, it filters, too."""
        if "all" in slugs or (not slugs and self.default_networks == "all"):
            return queryset
        return queryset.filter(network__slug__in=slugs) if slugs else queryset.ours()
