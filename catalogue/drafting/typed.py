"""What a form would have sent, as a working copy holds it: by the names of its controls, whatever fields stand behind them."""

import re
from uuid import UUID

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from accounts.models import User
from catalogue.drafting import lookups
from catalogue.drafting.difference import CHOICE
from catalogue.drafting.fields import as_uid, number, without_unstorable
from catalogue.drafting.forms import DraftForm
from catalogue.models import WorkingCopy
from catalogue.records import Record
from catalogue.reviewing import content_of

MOST_NAMES = 3000
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_.-]{0,119}")
# Of the sending, not of the text.
_ENVELOPE = frozenset({"action", "change", "revision", "uid", "stamp", "known", "person"})
_SECRET = re.compile(r"token|password|secret", re.IGNORECASE)


def typed_in(posted: QueryDict) -> dict[str, list[str]]:
    """Name → values, without files and secrets. A form reads of it what it knows, and nothing else."""
    names = [name for name in posted if _is_text(name)][:MOST_NAMES]
    return {name: [without_unstorable(value) for value in posted.getlist(name)] for name in names}


def _is_text(name: str) -> bool:
    is_name = _NAME.fullmatch(name) and name not in _ENVELOPE and not name.startswith(CHOICE)
    return bool(is_name and not _SECRET.search(name))


def data_of(copy: WorkingCopy) -> QueryDict:
    """As if the form had sent it, with the revision on which it was begun."""
    data = QueryDict(mutable=True)
    for name, values in copy.typed.items():
        data.setlist(name, values)
    data["revision"] = str(copy.revision or "")
    return data


def says_the_same(form: DraftForm, draft: Record, again: Record) -> bool:
    """Whether the valid form would change nothing of the draft; `again` is another instance of it, which is written to."""
    form.write_to(again)
    form.write_ledger(form.cleaned_data, again)
    return content_of(again) == content_of(draft) and form.initial_of(again) == form.initial_of(draft)


def has_more(form: DraftForm) -> bool:
    """Whether something was typed that stands beside the fields, and is no part of the draft (`catalogue.drafting.beside`)."""
    own, repeated = {*form.fields, "revision", "shown_language"}, {each.name for each in form.repeated}
    others = (name for name in form.data if not name.endswith("_kept") and name.split("-")[0] not in repeated)
    others = (name for name in others if name not in own and not name.endswith(lookups.TYPED))
    return any(value.strip() for name in others for value in form.data.getlist(name))


def text_in(copy: WorkingCopy, name: str, language: str) -> tuple[str, str]:
    """What was typed for a text in the language, else in any; and which it is."""
    texts = {key.removeprefix(f"{name}_"): " ".join(values[0].split()) for key, values in _of(copy, name).items()}
    for code in (language, "en", *sorted(texts)):
        if texts.get(code):
            return texts[code], code
    return "", ""


def _of(copy: WorkingCopy, name: str) -> dict[str, list[str]]:
    pattern = re.compile(rf"{re.escape(name)}_[a-z]{{2,3}}")
    return {key: values for key, values in copy.typed.items() if values and pattern.fullmatch(key)}


def mark_of(person: User) -> str:
    """Tells one person's browser from another's, and nothing else of them."""
    return salted_hmac("catalogue.working_copies", str(person.pk)).hexdigest()[:16]


def uid_in(*texts: str | None) -> UUID | None:
    """The first that is one."""
    return next((uid for uid in map(as_uid, texts) if uid), None)


def revision_in(posted: QueryDict) -> int | None:
    return number(posted.get("revision"))
