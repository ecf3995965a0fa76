"""`/feeds/{kind}.atom` and `/feeds/all.atom`: the latest changes for readers of feeds, newest first."""

from functools import cached_property

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.models import Entry
from exchange.doors import Door
from exchange.linked import atom
from exchange.linked.overview import Facts, overview
from exchange.paging import Page

ALL = "all"
PAGE_SIZE = 50
XML = ("application/xml", "text/xml")  # what some readers of feeds ask for


class AtomFeed(Door):
    """What was published, changed and withdrawn, of one kind or of all."""

    operation = "atom"
    media_types = (atom.MEDIA_TYPE, *XML)
    shape = {"type": "string"}
    faults = (400, 404, 406)

    def version(self) -> str:
        return f"{self.about}-{self.state}"

    @cached_property
    def about(self) -> list[str]:
        """The kinds of which the feed tells."""
        known, name = [str(kind.name) for kind in kinds.all_kinds()], self.kwargs["name"]
        if name not in (ALL, *known):
            raise Http404(f"There is no such feed; there are {', '.join((ALL, *known))}.")
        return known if name == ALL else [name]

    def body(self) -> bytes:
        asked, name = self.asked, self.kwargs["name"]
        language = asked.choice("lang", dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)
        page = Page(self, scope=f"feed of {name}", order="-modified")
        asked.only("lang", "cursor")
        rows = Entry.objects.ours().filter(kind__in=self.about).defer("document")
        found = page.of(rows, PAGE_SIZE)
        feed = atom.Feed(
            title=_title(name, language),
            language=language,
            updated=self._facts.modified,
            address=f"{settings.PUBLIC_URL}{self.request.path}",
            first=page.start,
            here=page.address(page.cursor) or page.start,
            older=page.address(found.next) or "",
            page=_page(name, language),
        )
        return atom.written(feed, found.rows)

    @property
    def _facts(self) -> Facts:
        known = overview(self.state)
        return known.kinds[self.about[0]] if self.kwargs["name"] in known.kinds else known.whole


def _title(name: str, language: str) -> str:
    with translation.override(language):
        return f"MER: {kinds.get(name).plural}" if name != ALL else _("MER: everything new in the catalogue")


def _page(name: str, language: str) -> str:
    """The list of the kind, or of all the home page."""
    with translation.override(language):
        path = reverse("pages:home") if name == ALL else reverse("catalogue:list", args=[name])
    return f"{settings.PUBLIC_URL}{path}"
