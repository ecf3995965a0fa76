"""How long requests and invitations are kept."""

from django.utils.translation import gettext_lazy as _

from operations import retention
from operations.retention import Retention
from partners import inviting, joining


def register() -> None:
    for each in (
        Retention("ended invitations", _("Invitations that were answered, revoked or ran out"), 30, inviting.forget),
        Retention("decided requests", _("Requests to join an organisation that were decided"), 365, joining.forget),
    ):
        retention.register(each)
