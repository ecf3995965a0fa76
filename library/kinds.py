"""What the catalogue knows of the library."""

from django.utils.translation import gettext_lazy as _

from catalogue.kinds import Kind
from catalogue.models.entry import KindName
from library import books, cards
from library.facets import library_facets
from library.models import LibraryItem
from library.serializers import LibraryItemSerializer

LIBRARY = Kind(
    name=KindName.LIBRARY,
    model=LibraryItem,
    serializer=LibraryItemSerializer,
    template="library/item.html",
    symbol="library",
    lede=_("Guidelines, reports and chapters of e-books: what the projects wrote down for those who come after."),
    codes={"status": LibraryItem.Status, "type": LibraryItem.Type},
    relations={
        "publisher": _("Library"),
        "project": _("Library"),
        "draws_on": _("Read more in the library"),
    },
    beside=books.same_book,
    card_fields=("type", "status", "authors", "publisher", "year", "book", "chapter"),
    facets=library_facets,
    kicker=cards.library_kicker,
    meta=cards.library_meta,
    authors=("authors", "publisher"),
)
