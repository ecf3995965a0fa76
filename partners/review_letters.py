"""What people are told of records that are reviewed, by whoever may know it (`notices`): what each is called, and that it was
withdrawn, or published past its review. Of reviews tells `reviews.letters`.
"""

from collections.abc import Collection, Iterable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.models import WorkflowState

from accounts.models import User
from catalogue import kinds as record_kinds
from catalogue.latest import known_words, latest_words
from catalogue.texts import in_language
from notices import kinds
from notices.actions import notify
from notices.kinds import Kind
from operations import reasons

WITHDRAWN = Kind(
    "record-withdrawn",
    what=gettext_lazy("Withdrawn"),
    subject=gettext_lazy("Withdrawn: %(title)s"),
    sentence=gettext_lazy("an editor has withdrawn “%(title)s” from the public."),
    lead=gettext_lazy("Your text is still here:"),
)
PUBLISHED_PAST = Kind(
    "record-published-past-its-review",
    what=gettext_lazy("Published by an editor"),
    subject=gettext_lazy("Published by an editor: %(title)s"),
    sentence=gettext_lazy(
        "an editor has decided to publish “%(title)s”, and its review is over. It is public now, or will be at the time"
        " that was set:"
    ),
    waits=True,  # its author waits to hear what becomes of it
)
DELETED = Kind(
    "record-deleted",
    what=gettext_lazy("Draft deleted"),
    subject=gettext_lazy("Draft deleted: %(title)s"),
    sentence=gettext_lazy("%(name)s has deleted the draft “%(title)s”. It was never published."),
    nameless=gettext_lazy("the draft “%(title)s” has been deleted. It was never published."),
    waits=True,  # nothing is left to do, but she is told why
)
TYPED_IN_IT = gettext_lazy(
    "What you had typed and not saved is kept: it stands in My work as something that you have begun."
)


def register() -> None:
    for kind in (WITHDRAWN, PUBLISHED_PAST, DELETED):
        kinds.register(kind)


def withdrawn(record, *, by: User | None) -> None:
    """By staff; what its own people do, they know."""
    if by is None or record.is_written_by(by):
        return
    its_people = {getattr(record, "owner", None), *record.written_together_by(), *record.coordinators()} - {None}
    tell(record, WITHDRAWN, its_people, path=record.writing_address(), by=by)


def deleted(record, people: Iterable[User], *, typed: Collection[int], by: User, reason: str) -> None:
    """Its page is about to go, and the notice leads to the list of what is hers."""
    people = list(people)
    told = {"path": "my/", "by": by, "message": reasons.told(reason)}
    tell(record, DELETED, [user for user in people if user.pk not in typed], **told)
    tell(record, DELETED, [user for user in people if user.pk in typed], more=TYPED_IN_IT, **told)


def published_past(review: WorkflowState, *, by: User | None) -> None:
    record = review.content_object
    tell(record, PUBLISHED_PAST, authors_of(review), path=record.writing_address(), by=by)


def tell(
    record,
    kind: Kind,
    people: Iterable[User],
    *,
    to_read: bool = False,
    known_as: Mapping[str, str] | None = None,
    **more,
) -> None:
    """Those who may not read its draft hear of it by the titles under which they know it (`known_as`): its last public ones,
    if nothing else is said. `to_read`: they are asked to read it, and can in a moment.
    """
    about, titles, people = (record_kinds.of(record).name, record.uid), titles_of(record), list(people)
    known_as = titles if to_read else known_as or titles_of(record, known_words(record))
    readers = people if known_as == titles else [user for user in people if _may_read(record, user)]
    notify(readers, kind.name, titles=titles, about=about, **more)
    if others := [user for user in people if user not in readers]:
        notify(others, kind.name, titles=known_as, about=about, **more)


def authors_of(review: WorkflowState) -> list[User]:
    return review.content_object.authors(review.requested_by)


def _may_read(record, user: User) -> bool:
    return type(record).objects.shown_to(user).filter(pk=record.pk).exists()


def titles_of(record, words=None) -> dict[str, str]:
    """As it was saved last, or as `words` have it, for readers of every language."""
    draft, part_of, found = words or latest_words(record), record.reviewed_part(), {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            text = in_language(draft.title_map.data, code, draft.original_language).text or str(record.untitled)
            told = {"title": text, "organisation": part_of}
            found[code] = _("%(title)s: the part of %(organisation)s") % told if part_of else text
    return found
