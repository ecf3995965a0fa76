"""The story of an event, where its page and the page of its facts meet."""

from django.db.models import OuterRef, QuerySet, Subquery

from events.models import WorkshopPage
from operations.languages import interface_language


def with_story(entries: QuerySet) -> QuerySet:
    """Annotates `story`: the segments of the live page in the reader's language, None where there is none."""
    pages = WorkshopPage.objects.filter(live=True, language=interface_language(), event__uid=OuterRef("uid"))
    return entries.annotate(story=Subquery(pages.values("segments")[:1]))
