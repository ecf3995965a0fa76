"""Where a practice is written: what is its own beside what every record's desk has."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue import reviewing
from catalogue.drafting.begun import Begun
from catalogue.drafting.desk import Desk
from catalogue.drafting.fields import number
from catalogue.models.entry import KindName
from operations.reading import REFUSED
from practices import actions
from practices.form_page import SECTIONS, own_context, title_of
from practices.forms import PracticeForm
from practices.models import GoodPractice
from practices.too_similar import too_similar

BEGUN = Begun(KindName.PRACTICES, "title", lambda copy: f"{reverse('practices:new')}?copy={copy.record}")


class PracticeDesk(Desk):
    """Without a practice for one that nobody has saved yet."""

    kind = KindName.PRACTICES
    form_class = PracticeForm
    sections = SECTIONS
    template = "practices/form.html"
    symbol = "practice"
    kickers = {
        "draft": _("Good practice, draft"),
        "live": _("Good practice, published"),
        "new": _("Good practice, new version"),
        "review": _("Good practice, under review"),
        "locked": _("Good practice, locked"),
    }
    untitled = _("Untitled practice")
    submitted = _("The practice is submitted. A reviewer reads it next; until then nothing changes in public.")
    to_check = _(
        "The practice is submitted. Your organisation checks it next, then a reviewer reads it; until then nothing changes"
        " in public."
    )
    taken_back = _("The practice is a draft again, and you can change it.")
    held_by_review = _("The practice is under review. Take it back first, then it can be deleted.")
    held_by_editor = _("An editor has locked the practice. It can be deleted when that is over.")
    published_meanwhile = _("The practice has been published meanwhile. It can be withdrawn, but not deleted.")

    def address(self, step: str = "edit") -> str:
        if self.record is None:
            return reverse("practices:new_autosave" if step == "autosave" else "practices:new")
        return reverse(f"practices:{step}", args=[self.record.uid])

    def title(self) -> str:
        return title_of(self.record)

    def context(self, form: PracticeForm) -> dict[str, Any]:
        return own_context(form, self.record)

    def begin(self, form: PracticeForm) -> HttpResponse:
        """The first save of a new one."""
        if not form.is_valid():
            return self.show(form, status=REFUSED)
        organisation = form.cleaned_data["organisation"]
        try:
            self.record = actions.create_draft(
                by=self.user, edit=form.write_to, organisation=organisation, uid=self.uid
            )
        except reviewing.EditConflict as conflict:
            return self.conflict(form, conflict)
        self.shown_next = "?begun" if any(too_similar(self.record.latest_draft())) else ""
        return self.after_saving()

    def store(self, form: PracticeForm) -> GoodPractice:
        return actions.save_draft(
            practice=self.record,
            by=self.user,
            edit=form.write_to,
            organisation=form.cleaned_data["organisation"],
            expected_revision=number(form.data.get("revision")),
        )
