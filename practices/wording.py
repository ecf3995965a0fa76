"""What a practice's page calls the fields of its document, in the order in which one reads them."""

from django.utils.translation import gettext_lazy

from practices import roots

CALLED = {
    "title": "",
    "summary": "",
    "entry_type": "",
    "images": gettext_lazy("Pictures"),
    "images.credit": gettext_lazy("Who took it"),
    "problem_and_context": gettext_lazy("The problem"),
    "how_it_works": gettext_lazy("How it works"),
    "stakeholders_and_beneficiaries": gettext_lazy("Who takes part, and who gains"),
    "building_blocks": gettext_lazy("Building blocks"),
    "building_blocks.enabling_factors": gettext_lazy("What made it possible"),
    "building_blocks.lessons": gettext_lazy("What was learned"),
    "resources_setup": gettext_lazy("What it took to set it up"),
    "resources_running": gettext_lazy("What it takes to keep it running"),
    "evidence": gettext_lazy("What came of it"),
    "evidence_of_success": "",
    "success_factors": gettext_lazy("What helped"),
    "hampering_factors": gettext_lazy("What hindered"),
    "challenges": gettext_lazy("What was hard"),
    "preconditions": gettext_lazy("What must be there first"),
    "potential_for_transfer": gettext_lazy("What others can make of it"),
    "grew_from": gettext_lazy("What it grew from"),
    "expert_opinion": gettext_lazy("An expert’s opinion"),
    "links": gettext_lazy("Read on"),
    "attachments": gettext_lazy("Files"),
    "places": "",
    "organisation_in_charge": gettext_lazy("Organisation"),
    "projects": "",
    "status": "",
    "start": "",
    "end": "",
    "confirmed_on": "",
    "geographical_scope": gettext_lazy("Reach"),
    "topics": "",
    "areas": "",
    "nace": gettext_lazy("Branches"),
    "sdgs": gettext_lazy("UN goals"),
    "contact": gettext_lazy("Contact"),
    "author": gettext_lazy("Written by"),
}

SAID = {"grew_from": roots.said}
