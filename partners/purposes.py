"""What an organisation may show of its people, if they agree."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.purposes import Purpose
from partners.memberships import hide_name
from partners.models import Organisation


def _names(uids: Iterable[str]) -> dict[str, str]:
    return {str(organisation.uid): str(organisation) for organisation in Organisation.objects.filter(uid__in=uids)}


NAMED_BY_ORGANISATION = Purpose(
    "named-by-organisation",
    title=_("Your name on your organisation’s page"),
    text=_("My name and my role may stand on the organisation’s public page, where everybody can read them."),
    version="2026-11-22",
    names_of=_names,
    taken_back=hide_name,
)
