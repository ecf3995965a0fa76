"""What people are told of records that are reviewed, by whoever may know it (`notices`): what each is called, and that it was
withdrawn. Of reviews tells `reviews.letters`.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from catalogue import kinds as record_kinds
from catalogue.latest import latest_words
from catalogue.texts import in_language
from notices import kinds
from notices.actions import notify
from notices.kinds import Kind

WITHDRAWN = Kind(
    "record-withdrawn",
    what=gettext_lazy("Withdrawn"),
    subject=gettext_lazy("Withdrawn: %(title)s"),
    sentence=gettext_lazy("an editor has withdrawn “%(title)s” from the public."),
    lead=gettext_lazy("Your text is still here:"),
)


def register() -> None:
    kinds.register(WITHDRAWN)


def withdrawn(record, *, by: User | None) -> None:
    """By staff; what its own people do, they know."""
    if by is None or record.is_written_by(by):
        return
    its_people = {getattr(record, "owner", None), *record.written_together_by(), *record.coordinators()} - {None}
    tell(record, WITHDRAWN, its_people, path=record.writing_address(), by=by)


def tell(record, kind: Kind, people: Iterable[User], **more) -> None:
    about = (record_kinds.of(record).name, record.uid)
    notify(people, kind.name, titles=titles_of(record), about=about, **more)


def titles_of(record) -> dict[str, str]:
    """As it was saved last, for readers of every language."""
    draft, part_of, found = latest_words(record), record.reviewed_part(), {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            text = in_language(draft.title_map.data, code, draft.original_language).text or str(record.untitled)
            told = {"title": text, "organisation": part_of}
            found[code] = _("%(title)s: the part of %(organisation)s") % told if part_of else text
    return found
