"""For whom a person acts (`accounts.personal_data`)."""

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from partners.models import Membership


def register() -> None:
    personal_data.register(
        PersonalData(
            "memberships",
            what=_("The organisations that you act for, your role in them, and since when"),
            kept=_("until you leave the organisation"),
            export=_export,
            relations=("partners.Membership.user",),
        )
    )


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
