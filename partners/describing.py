"""What a coordinator can write for her organisation, on the organisation's page of her own; upper rooms add theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.latest import latest_title
from catalogue.records import Record
from partners.models import Organisation


@dataclass(frozen=True)
class Group:
    """`links` are (label, address, how it stands); `more` is (label, address) of what can be begun."""

    title: str
    links: Sequence[tuple[str, str, str]]
    more: tuple[str, str] | None = None


ORDER = ("page", "areas", "parts")
_groups: dict[str, Callable[[Organisation], Group]] = {}


def register(name: str, group: Callable[[Organisation], Group]) -> None:
    """Called in `AppConfig.ready()`, by a name of ORDER; each makes one query at most."""
    if name not in ORDER or _groups.setdefault(name, group) is not group:
        raise ValueError(f"{name!r} has no place, or is registered twice.")


def groups_of(organisation: Organisation) -> list[Group]:
    found = [_groups[name](organisation) for name in ORDER if name in _groups]
    return [group for group in found if group.links or group.more]


def standing(record: Record) -> str:
    if not record.live:
        return _("not public yet") if record.first_published_at is None else _("withdrawn")
    return _("has a newer draft") if record.has_unpublished_changes else ""


def page(organisation: Organisation) -> Group:
    address = reverse("pages_of_partners:organisation_edit", args=[organisation.uid])
    return Group(_("Page"), [(_("Page and logo"), address, standing(organisation))])


def areas(organisation: Organisation) -> Group:
    managed = organisation.managed_areas.select_related("latest_revision").order_by("created", "pk")
    links = [
        (latest_title(area), reverse("pages_of_partners:area_edit", args=[area.uid]), standing(area))
        for area in managed
    ]
    begin = f"{reverse('pages_of_partners:area_new')}?organisation={organisation.uid}"
    return Group(_("Industrial areas"), links, (_("Describe an area"), begin))
