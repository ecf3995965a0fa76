"""Where coordinators write: the page of their organisation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.desk import Desk
from partners.organisation_form import SECTIONS, OrganisationPageForm


class OrganisationDesk(Desk):
    form_class = OrganisationPageForm
    sections = SECTIONS
    template = "partners/organisation_form.html"
    symbol = "partner"
    kickers = {
        "draft": _("Page of the organisation, draft"),
        "review": _("Page of the organisation, under review"),
        "locked": _("Page of the organisation, locked"),
    }

    def address(self, step: str = "edit") -> str:
        return reverse(f"pages_of_partners:organisation_{step}", args=[self.record.uid])
