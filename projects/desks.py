"""Where coordinators write their organisation's part in a project."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue import reviewing
from catalogue.drafting.desk import CONFLICT, Desk
from catalogue.drafting.fields import number
from catalogue.drafting.page import Section
from catalogue.drafting.typed import data_of
from catalogue.models.entry import KindName
from partners.models import Organisation
from projects import parts
from projects.models import Project
from projects.part_form import SECTIONS, PartForm


class PartDesk(Desk):
    """One project for one organisation. While somebody else is at work on the project, it says so and nothing more."""

    kind = KindName.PROJECTS
    form_class = PartForm
    template = "projects/part_form.html"
    symbol = "project"
    kickers = {
        "draft": _("Part in a project, draft"),
        "live": _("Part in a project"),
        "new": _("Part in a project, new version"),
        "review": _("Part in a project, under review"),
        "locked": _("Part in a project, locked"),
    }

    def __init__(self, request: HttpRequest, project: Project, organisation: Organisation):
        super().__init__(request, project)
        self.organisation, self.place = organisation, str(organisation.uid)

    def address(self, step: str = "edit") -> str:
        return reverse(f"parts:{step}", args=[self.organisation.uid, self.record.uid])

    def form(self, draft: Project, data=None, files=None) -> PartForm:
        return PartForm(data, files, draft=draft, user=self.user, organisation=self.organisation)

    def context(self, form: PartForm) -> dict[str, Any]:
        return {"organisation": self.organisation}

    @property
    def sections(self) -> tuple[Section, ...]:
        part = parts.part_of(self.record.latest_draft(), self.organisation)
        return SECTIONS[:1] if part is None or part.source else SECTIONS

    def store(self, form: PartForm) -> Project:
        return parts.save(**self._mine(), edit=form.write_to, expected_revision=number(form.data.get("revision")))

    def _mine(self) -> dict[str, Any]:
        return {"project": self.record, "organisation": self.organisation, "by": self.user}

    # Steps

    def edit(self) -> HttpResponse:
        if not parts.is_free(self.record, self.organisation):
            return self._busy()
        try:
            return super().edit()
        except parts.SomebodyIsAtWork:
            return self._busy()

    def preview(self) -> HttpResponse:
        return super().preview() if parts.is_free(self.record, self.organisation) else self._busy()

    def submit(self) -> HttpResponse:
        try:
            submitted = parts.submit(**self._mine())
        except parts.SomebodyIsAtWork:
            return self._busy()
        except reviewing.NotReady:
            return self.not_ready(self.address())
        return self.told_of_submission(submitted)

    def take_back(self) -> HttpResponse:
        try:
            parts.take_back(**self._mine())
        except parts.SomebodyIsAtWork:
            return self._busy()
        messages.success(self.request, self.taken_back)
        return redirect(self.address())

    def _busy(self) -> HttpResponse:
        """What was typed meanwhile is shown, to be copied: this form cannot take it now."""
        self.record.refresh_from_db()
        typed = data_of(self.copy) if self.copy and self.request.method != "POST" else self.request.POST
        sent = {name: typed.get(f"contribution_{name}", "") for name in ("en", "sl")}
        context = self._told("locked") | {
            "organisation": self.organisation,
            "revision": self.record.latest_revision,
            "sent": [(language, text) for language, text in sent.items() if text],
        }
        status = CONFLICT if self.request.method == "POST" else 200
        return render(self.request, "projects/part_busy.html", context, status=status)
