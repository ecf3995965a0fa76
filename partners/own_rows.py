"""For whom a person acts (`accounts.personal_data`)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from partners.models import Membership


def register() -> None:
    personal_data.register(
        PersonalData(
            "memberships",
            what=gettext_lazy("The organisations that you act for, your role in them, and since when"),
            kept=gettext_lazy("until you leave the organisation"),
            export=_export,
            relations=("partners.Membership.user",),
            foretells=_foretell,
        )
    )


def _foretell(user: User) -> Iterator[str]:
    """Organisations that nobody else coordinates."""
    coordinates = Membership.objects.filter(role=Membership.Role.COORDINATOR)
    others = coordinates.filter(organisation=OuterRef("organisation")).exclude(user=user)
    for each in coordinates.filter(~Exists(others), user=user).select_related("organisation"):
        told = _("%(organisation)s will be without a coordinator. You can hand over to a colleague first.")
        yield told % {"organisation": each.organisation}


def _export(user: User) -> list[dict]:
    memberships = Membership.objects.filter(user=user).select_related("organisation").order_by("since", "pk")
    return [
        {
            "organisation": str(each.organisation),
            "organisation_uid": each.organisation.uid,
            "role": each.role,
            "since": each.since,
        }
        for each in memberships
    ]
