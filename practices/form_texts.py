"""What the form of a practice asks in words: a question for each text, such as a colleague would put it."""

from django.utils.translation import gettext_lazy as _

from catalogue.drafting.fields import DraftLine, DraftText
from catalogue.drafting.texts import TextSpec

TEXTS = {
    "title": TextSpec(_("Title"), _("What was done and where, like a headline."), DraftLine, limit=100, needed=True),
    "summary": TextSpec(
        _("Summary"),
        _("One or two sentences. This is what people see in the list."),
        DraftText,
        limit=160,
        rows=3,
        needed=True,
    ),
    "problem_and_context": TextSpec(
        _("The problem"),
        _("What was wrong, for whom, and what kind of place it is."),
        DraftText,
        rows=6,
        needed=True,
    ),
    "how_it_works": TextSpec(
        _("How it works"), _("Who does what, in which order, with what money."), DraftText, rows=6, needed=True
    ),
    "stakeholders_and_beneficiaries": TextSpec(
        _("Who takes part, and who gains"),
        _("Who had to agree, who does the work, and who is better off."),
        DraftText,
        rows=6,
        needed=True,
    ),
    "resources_setup_text": TextSpec(
        _("What else it took"),
        _("What had to be there before the first day: a room, a permit, a machine, somebody trained."),
        DraftText,
        limit=300,
        rows=3,
    ),
    "resources_running_text": TextSpec(
        _("What else it takes"),
        _("Who does the work today, and where the money comes from."),
        DraftText,
        limit=300,
        rows=3,
    ),
    "evidence_of_success": TextSpec(
        _("How you know that it works"),
        _("What is different now, and for whom? Who says so: a count, a survey, those who came to see it?"),
        DraftText,
        limit=500,
        rows=4,
    ),
    "success_factors": TextSpec(
        _("What helped"),
        _("Without what, or without whom, would it not have worked?"),
        DraftText,
        rows=4,
    ),
    "hampering_factors": TextSpec(
        _("What hindered"),
        _("Rules, habits, money, timing: what made it slower or dearer than you had thought?"),
        DraftText,
        rows=4,
    ),
    "challenges": TextSpec(
        _("What went wrong, and what you learned"),
        _("What would you do otherwise today? Others are spared the most by this answer."),
        DraftText,
        limit=300,
        rows=3,
    ),
    "preconditions": TextSpec(
        _("What another place must have"),
        _("A law, an owner who agrees, a certain size: what has to be there before one can begin?"),
        DraftText,
        rows=4,
    ),
    "potential_for_transfer": TextSpec(
        _("What others can take over"),
        _("Which part works anywhere, and which only with you? Has anybody taken it over already?"),
        DraftText,
        limit=1000,
        rows=5,
    ),
}
