"""Where coordinators write: the page of their organisation, and its industrial areas."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue import reviewing
from catalogue.drafting.begun import Begun
from catalogue.drafting.desk import Desk
from catalogue.models import WorkingCopy
from catalogue.models.entry import KindName
from operations.reading import REFUSED
from partners import area_form, areas, organisation_form
from partners.area_form import AreaForm
from partners.models import IndustrialArea, Organisation
from partners.organisation_form import OrganisationPageForm


class OrganisationDesk(Desk):
    kind = KindName.PARTNERS
    form_class = OrganisationPageForm
    sections = organisation_form.SECTIONS
    template = "partners/organisation_form.html"
    symbol = "partner"
    kickers = {
        "draft": _("Page of the organisation, draft"),
        "live": _("Page of the organisation, published"),
        "new": _("Page of the organisation, new version"),
        "review": _("Page of the organisation, under review"),
        "locked": _("Page of the organisation, locked"),
    }

    def address(self, step: str = "edit") -> str:
        return reverse(f"pages_of_partners:organisation_{step}", args=[self.record.uid])


def _new_area(copy: WorkingCopy) -> str:
    return f"{reverse('pages_of_partners:area_new')}?organisation={copy.place}&copy={copy.record}"


def _still_hers(user: User, copies: Sequence[WorkingCopy]) -> list[WorkingCopy]:
    hers = {str(uid) for uid in Organisation.objects.editable_by(user).values_list("uid", flat=True)}
    return [copy for copy in copies if copy.place in hers]


AREA_BEGUN = Begun(KindName.AREAS, "name", _new_area, _still_hers)


class AreaDesk(Desk):
    """Without an area for one that nobody has saved yet."""

    kind = KindName.AREAS
    form_class = AreaForm
    sections = area_form.SECTIONS
    template = "partners/area_form.html"
    symbol = "area"
    kickers = {
        "draft": _("Industrial area, draft"),
        "live": _("Industrial area, published"),
        "new": _("Industrial area, new version"),
        "review": _("Industrial area, under review"),
        "locked": _("Industrial area, locked"),
    }
    untitled = _("Untitled area")

    def __init__(self, request: HttpRequest, area: IndustrialArea | None, organisation: Organisation):
        super().__init__(request, area)
        self.organisation, self.place = organisation, str(organisation.uid)

    def address(self, step: str = "edit") -> str:
        if self.record is None:
            name = "area_new_autosave" if step == "autosave" else "area_new"
            return f"{reverse(f'pages_of_partners:{name}')}?organisation={self.organisation.uid}"
        return reverse(f"pages_of_partners:area_{step}", args=[self.record.uid])

    def title(self) -> str:
        return super().title() if self.record else _("New industrial area")

    def context(self, form: AreaForm) -> dict[str, Any]:
        return {"organisation": self.organisation}

    def begin(self, form: AreaForm) -> HttpResponse:
        """The first save of a new one."""
        if not form.is_valid():
            return self.show(form, status=REFUSED)
        try:
            self.record = areas.begin(by=self.user, organisation=self.organisation, edit=form.write_to, uid=self.uid)
        except reviewing.EditConflict as conflict:
            return self.conflict(form, conflict)
        return self.after_saving()
