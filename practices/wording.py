"""What a practice's page calls the fields of its document, in the order in which one reads them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CALLED = {
    "title": "",
    "summary": "",
    "entry_type": "",
    "images": gettext_lazy("Pictures"),
    "problem_and_context": gettext_lazy("The problem"),
    "how_it_works": gettext_lazy("How it works"),
    "stakeholders_and_beneficiaries": gettext_lazy("Who takes part, and who gains"),
    "building_blocks": "",
    "resources_setup": gettext_lazy("What it took to set it up"),
    "resources_running": gettext_lazy("What it takes to keep it running"),
    "evidence": "",
    "evidence_of_success": "",
    "challenges": "",
    "success_factors": "",
    "hampering_factors": "",
    "preconditions": "",
    "potential_for_transfer": "",
    "status": "",
    "start": "",
    "end": "",
    "topics": "",
    "places": "",
    "geographical_scope": "",
    "organisation_in_charge": gettext_lazy("Organisation"),
    "projects": "",
    "grew_from": gettext_lazy("What it grew from"),
    "links": "",
    "images.credit": gettext_lazy("Who took it"),
    "expert_opinion": "",
}


def _result(uid: str, beside) -> str:
    """A document knows the results of projects by their identities alone."""
    return _("A result of a project")


SAID = {"grew_from": _result}
