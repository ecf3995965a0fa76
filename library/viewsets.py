"""The library in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column

from catalogue.panels import RecordForm, origin_panel
from catalogue.rows import RecordsField
from catalogue.viewsets import RecordFilterSet, RecordViewSet, choice_column
from library.models import LibraryItem
from practices.models import GoodPractice
from projects.models import Project


class LibraryItemForm(RecordForm):
    projects = RecordsField(
        Project, icon="folder-inverse", label=_("Projects"), help_text=_("Projects that it was written in.")
    )
    practices = RecordsField(
        GoodPractice,
        icon="pick",
        label=_("Good practices"),
        help_text=_("Practices that it describes or draws on. Their pages name it."),
    )

    def clean(self):
        cleaned = super().clean()
        self._check_chapter(cleaned)
        self._check_issue(cleaned)
        return cleaned

    def _check_chapter(self, cleaned: dict) -> None:
        if cleaned.get("type") != LibraryItem.Type.EBOOK_CHAPTER:
            told = {"book": bool(cleaned.get("book")), "chapter": cleaned.get("chapter") is not None}
            for name in told:
                if told[name]:
                    self.add_error(name, _("Only the chapter of an e-book has one."))
        elif cleaned.get("chapter") == 0:
            self.add_error("chapter", _("Chapters are counted from 1."))

    def _check_issue(self, cleaned: dict) -> None:
        day, year = cleaned.get("issued"), cleaned.get("year")
        if (day or year) and cleaned.get("status") == LibraryItem.Status.ANNOUNCED:
            self.add_error("issued" if day else "year", _("What is only announced has not been issued."))
        elif day and year and day.year != year:
            self.add_error("year", _("The day of issue is in another year."))
        elif day:
            cleaned["year"] = None  # the day says it


text_panels = [
    MultiFieldPanel([FieldRowPanel(["type", "status"]), "title", "summary"], heading=_("Title and summary")),
    MultiFieldPanel(
        [
            FieldPanel(
                "body",
                help_text=_(
                    "The text itself, or as much of it as may stand here. Paragraphs with a blank line between them; "
                    "lists with a hyphen in front of each line."
                ),
            ),
            FieldPanel("website", help_text=_("The address at which the whole can be read.")),
        ],
        heading=_("Text"),
    ),
    MultiFieldPanel(
        [FieldRowPanel(["book", "chapter"])],
        heading=_("E-book"),
        help_text=_(
            "For chapters alone. Chapters whose book has the same title in some language stand together, by number."
        ),
    ),
    PublishingPanel(),
]
fact_panels = [
    MultiFieldPanel(
        ["authors", "publisher", FieldRowPanel(["issued", "year", "isbn"])], heading=_("Who issued it, and when")
    ),
    MultiFieldPanel(["projects", "practices"], heading=_("Where it comes from")),
    MultiFieldPanel(["topics", "keywords"], heading=_("Topics and keywords")),
]


class LibraryItemFilterSet(RecordFilterSet):
    class Meta:
        model = LibraryItem
        fields = ["state", "type", "status", "publisher", "example"]


class LibraryItemViewSet(RecordViewSet):
    model = LibraryItem
    icon = "doc-full"
    menu_order = 36
    about = _("The library: guidelines, reports, chapters of the e-book. Begin with “Add library item”.")
    add_label = _("Add library item")
    kind_columns = (
        choice_column(LibraryItem, "type"),
        Column("publisher", label=_("Publisher"), sort_key="publisher"),
    )
    filterset_class = LibraryItemFilterSet
    search_fields = ("title", "summary", "authors", "book", "isbn")
    edit_handler = TabbedInterface(
        [
            ObjectList(text_panels, heading=_("Text")),
            ObjectList(fact_panels, heading=_("Facts")),
            ObjectList([origin_panel()], heading=_("Sources")),
        ],
        base_form_class=LibraryItemForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("publisher")
