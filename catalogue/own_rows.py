"""What people have typed and not saved yet: whose it is, and how long it is kept (`accounts.personal_data`)."""

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from catalogue import working_copies
from catalogue.models import TextOrigin, WorkingCopy
from operations import retention
from operations.retention import Retention


def register() -> None:
    personal_data.register(
        PersonalData(
            "working_copies",
            what=_("What you have typed into forms and not saved yet"),
            kept=_("until you save or drop it, at most 90 days after you last typed"),
            export=_export,
            relations=("catalogue.WorkingCopy.person",),
        )
    )
    personal_data.register(
        PersonalData(
            "translations",
            what=_("Which translations you have written or confirmed"),
            kept=_("as long as the record"),
            stays=_("It stays known from which text each translation was made, without your name."),
            export=_export_translations,
            relations=("catalogue.TextOrigin.by",),
        )
    )
    what = _("What was typed into a form and never saved")
    retention.register(Retention("working copies", what, working_copies.DAYS, working_copies.forget))


def _export(user: User) -> list[dict]:
    copies = WorkingCopy.objects.of(user).order_by("pk")
    return list(copies.values("kind", "record", "place", "typed", "began_at", "saved_at"))


def _export_translations(user: User) -> list[dict]:
    told = ("uid", "path", "language", "source_language", "state", "made_at")
    return list(TextOrigin.objects.made_by(user).order_by("pk").values(*told))
