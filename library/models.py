"""The library: guidelines, reports and chapters of e-books that projects and their partners wrote."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from catalogue.fields import TextField, TextLineField
from catalogue.records import Record, RecordQuerySet
from library.isbn import validate_isbn

YEARS = (MinValueValidator(1900), MaxValueValidator(2099))  # as far as the list can be filtered by year


class LibraryItemQuerySet(RecordQuerySet):
    def with_parts(self) -> "LibraryItemQuerySet":
        """Everything that a document shows, in a fixed number of queries."""
        return self.select_related("publisher").prefetch_related("projects", "practices")


class LibraryItem(Record):
    """Something to read: it stands here in full, or the record tells where it can be read."""

    class Type(models.TextChoices):
        GUIDELINE = "guideline", _("guideline")
        REPORT = "report", _("report")
        EBOOK_CHAPTER = "ebook_chapter", _("e-book chapter")

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        ISSUED = "issued", _("issued")

    title = TextLineField(_("title"))
    summary = TextField(_("summary"), limit=160)
    body = TextField(_("text"))
    type = models.CharField(_("type"), max_length=15, choices=Type, default=Type.GUIDELINE)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.ISSUED,
        help_text=_("Announced: somebody has promised it, and nobody here has seen it yet."),
    )
    authors = models.CharField(_("authors"), max_length=300, blank=True, help_text=_("As the publication prints them."))
    publisher = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("publisher"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="publications",
    )
    issued = models.DateField(_("day of issue"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year of issue"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("Where the day is not known."),
    )
    book = TextLineField(_("title of the e-book"))
    chapter = models.PositiveSmallIntegerField(_("number of the chapter"), null=True, blank=True)
    projects = ParentalManyToManyField(
        "projects.Project", verbose_name=_("projects"), blank=True, related_name="library_items"
    )
    practices = ParentalManyToManyField(
        "practices.GoodPractice", verbose_name=_("practices"), blank=True, related_name="library_items"
    )
    website = models.URLField(_("where it can be read"), blank=True)
    isbn = models.CharField(_("ISBN"), max_length=17, blank=True, validators=[validate_isbn])

    objects = LibraryItemQuerySet.as_manager()

    content_fields = (
        *Record.base_content_fields,
        "title",
        "summary",
        "body",
        "type",
        "status",
        "authors",
        "publisher",
        "issued",
        "year",
        "book",
        "chapter",
        "projects",
        "practices",
        "website",
        "isbn",
    )

    class Meta:
        verbose_name = _("library item")
        verbose_name_plural = _("library items")
        constraints = [
            models.CheckConstraint(
                condition=Q(chapter__isnull=True) | Q(type="ebook_chapter", chapter__gte=1),
                name="library_chapters_alone_are_numbered",
            ),
            models.CheckConstraint(
                condition=Q(type="ebook_chapter") | Q(book={}), name="library_chapters_alone_have_a_book"
            ),
            models.CheckConstraint(
                condition=Q(issued__isnull=True) | Q(year__isnull=True), name="library_day_or_year_of_issue"
            ),
            models.CheckConstraint(
                condition=~Q(status="announced") | Q(issued__isnull=True, year__isnull=True),
                name="library_announced_is_not_dated",
            ),
        ]

    @property
    def place_list(self) -> list[dict]:
        return []

    @property
    def year_of_issue(self) -> int | None:
        return self.issued.year if self.issued else self.year

    def missing_for_publication(self) -> list[str]:
        needed = ("book", "chapter") if self.type == self.Type.EBOOK_CHAPTER else ()
        return [*super().missing_for_publication(), *(name for name in needed if not getattr(self, name))]
