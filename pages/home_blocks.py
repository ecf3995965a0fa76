"""The sections of a home page. What they show is the catalogue's: they say what is wanted, and the page asks once for all."""

from collections.abc import Callable

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from pages.blocks import TextBlock
from pages.story import PlaceBlock, segment_of

Choices = list[tuple[str, str]]
# The kinds of records that lists may be of, as the catalogue says.
_kinds: list[Callable[[], Choices]] = []

ONWARD = _("The link beside the heading, such as “All practices”. Without it there is none.")


def offer_kinds(kinds: Callable[[], Choices]) -> None:
    """Called by the catalogue when it starts; all rooms have registered their kinds when the choices are asked for."""
    _kinds[:] = [kinds]


def offered() -> Choices:
    return [("", _("Every kind")), *(choice for kinds in _kinds for choice in kinds())]


class Layout(models.TextChoices):
    LEAD = "lead", _("The first one large")
    THREE = "three", _("Three columns")
    LIST = "list", _("One below the other")
    DAYS = "days", _("By date")


def heading(**options) -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Heading"), max_length=120, **options)


def onward(**options) -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Onward link"), max_length=80, required=False, help_text=ONWARD, **options)


def how_many(default: int) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=_("How many"), default=default, min_value=1, max_value=12)


class LatestBlock(PlaceBlock):
    heading = heading()
    kind = blocks.ChoiceBlock(label=_("Of what kind"), choices=offered, required=False)
    count = how_many(5)
    layout = blocks.ChoiceBlock(label=_("Layout"), choices=Layout.choices, default=Layout.LEAD)
    onward = onward()

    class Meta:
        icon = "list-ul"
        label = _("Latest records")


class NewBlock(PlaceBlock):
    heading = heading()
    count = how_many(4)

    class Meta:
        icon = "date"
        label = _("What is new")
        help_text = _("The latest records of every kind that the page does not show elsewhere.")


class EventsBlock(PlaceBlock):
    heading = heading()
    count = how_many(4)
    onward = onward()

    class Meta:
        icon = "calendar"
        label = _("Coming events")
        help_text = _("It stays away while no event is to come.")


class FoundingBlock(PlaceBlock):
    heading = heading()
    onward = onward()

    class Meta:
        icon = "history"
        label = _("Founding projects")
        help_text = _("The projects that others build on, the oldest first.")


class FeaturedBlock(PlaceBlock):
    heading = heading()
    records = blocks.StreamBlock(
        [
            ("practice", SnippetChooserBlock("practices.GoodPractice", label=_("Good practice"))),
            ("project", SnippetChooserBlock("projects.Project", label=_("Project"))),
            ("programme", SnippetChooserBlock("projects.Programme", label=_("Programme"))),
            ("organisation", SnippetChooserBlock("partners.Organisation", label=_("Organisation"))),
            ("area", SnippetChooserBlock("partners.IndustrialArea", label=_("Industrial area"))),
            ("event", SnippetChooserBlock("events.Event", label=_("Event"))),
            ("plan", SnippetChooserBlock("actionplans.LocalActionPlan", label=_("Action plan"))),
            ("library", SnippetChooserBlock("library.LibraryItem", label=_("Library item"))),
        ],
        label=_("Records"),
        max_num=12,
        help_text=_("Only published ones are shown."),
    )
    layout = blocks.ChoiceBlock(label=_("Layout"), choices=Layout.choices, default=Layout.THREE)

    def told(self, value, page) -> dict:
        chosen = [child.value for child in value["records"]]
        return super().told(value, page) | {"records": [str(record.uid) for record in chosen if record]}

    class Meta:
        icon = "pick"
        label = _("Chosen records")


class TrailBlock(PlaceBlock):
    heading = heading()
    practice = SnippetChooserBlock(
        "practices.GoodPractice",
        label=_("Good practice"),
        required=False,
        help_text=_("Whose trail is drawn. If none is chosen, it is the one with the most links."),
    )

    def told(self, value, page) -> dict:
        practice = value["practice"]
        return super().told(value, page) | {"practice": str(practice.uid) if practice else ""}

    class Meta:
        icon = "link"
        label = _("Trail")
        help_text = _("Where a practice came from, and where it went; one trail on a page.")


class FiguresBlock(PlaceBlock):
    heading = heading()

    class Meta:
        icon = "table"
        label = _("Figures")
        help_text = _("How many records of each kind are published.")


class ApiBlock(PlaceBlock):
    heading = heading()
    text = blocks.TextBlock(label=_("Text"), rows=4)
    onward = onward()

    class Meta:
        icon = "code"
        label = _("For other networks")
        help_text = _("A text on the API, with two requests as examples.")


class SectionTextBlock(PlaceBlock):
    heading = heading(required=False)
    text = TextBlock()

    def told(self, value, page) -> dict:
        drawn = self.child_blocks["text"].render(value["text"], context={"page": page})
        return {"heading": value["heading"], "html": drawn}

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class AimBlock(blocks.StructBlock):
    word = blocks.CharBlock(label=_("First word"), max_length=60, help_text=_("It stands out."))
    rest = blocks.TextBlock(label=_("Rest of the sentence"), rows=2)

    class Meta:
        icon = "tick"
        label = _("Aim")


class AimsBlock(PlaceBlock):
    heading = heading()
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    figures = blocks.BooleanBlock(
        label=_("With figures"), required=False, help_text=_("How many records of each kind are published.")
    )
    aims = blocks.ListBlock(AimBlock(), label=_("Aims"), max_num=8)

    def told(self, value, page) -> dict:
        aims = [{"word": aim["word"], "rest": aim["rest"]} for aim in value["aims"]]
        return {"heading": value["heading"], "text": value["text"], "figures": value["figures"], "aims": aims}

    class Meta:
        icon = "list-ol"
        label = _("Aims")


def narrow_sections() -> list[tuple[str, blocks.Block]]:
    """What also fits into half the page's width."""
    return [
        ("latest", LatestBlock()),
        ("new", NewBlock()),
        ("events", EventsBlock()),
        ("featured", FeaturedBlock()),
        ("figures", FiguresBlock()),
        ("api", ApiBlock()),
        ("text", SectionTextBlock()),
    ]


class SideBySideBlock(PlaceBlock):
    left = blocks.StreamBlock(narrow_sections(), label=_("Left"), min_num=1, max_num=1)
    right = blocks.StreamBlock(narrow_sections(), label=_("Right"), min_num=1, max_num=1)

    def told(self, value, page) -> dict:
        return {"sides": [segment_of(child, page) for side in ("left", "right") for child in value[side]]}

    class Meta:
        icon = "grip"
        label = _("Two side by side")


def home_sections() -> list[tuple[str, blocks.Block]]:
    return [
        ("trail", TrailBlock()),
        *narrow_sections(),
        ("founding", FoundingBlock()),
        ("aims", AimsBlock()),
        ("side_by_side", SideBySideBlock()),
    ]
