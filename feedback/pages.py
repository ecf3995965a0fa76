"""What the page of a suggestion shows beside it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.models import Entry
from catalogue.texts import is_text_map
from feedback.forms import AnswerForm, part_name
from feedback.letters import title_in
from feedback.models import Suggestion
from operations.dates import moment
from pages.languages import language_in_words


def suggestion_page(suggestion: Suggestion, form: AnswerForm) -> dict:
    """The suggestion, and the record as it is now: its page, and the text that the suggestion is about."""
    entry = Entry.objects.visible().filter(uid=suggestion.about_uid).first()
    kind = kinds.get(suggestion.about_kind)
    document = entry.record if entry else {}
    now = document.get(suggestion.part)
    return {
        "suggestion": suggestion,
        "form": form,
        "entry": entry,
        "record": document,
        "kind": kind,
        "title": title_in(document or None, get_language()),
        "part_now": now if isinstance(now, dict) and is_text_map(now) else None,
        "facts": _facts(suggestion, kind, entry),
        "answered_when": moment(suggestion.answered) if suggestion.answered else "",
    }


def _facts(suggestion: Suggestion, kind: kinds.Kind, entry: Entry | None) -> list[dict]:
    read = _("version %(number)s") % {"number": suggestion.version}
    if entry and entry.version != suggestion.version:
        read = _("version %(number)s; now it is %(now)s") % {"number": suggestion.version, "now": entry.version}
    address = suggestion.sender_email
    part = part_name(kind.model, suggestion.part) or _("The whole record")
    return [
        {"label": _("About"), "value": part},
        {"label": _("From"), "value": suggestion.sender_in_words},
        {"label": _("E-mail"), "value": address, "url": f"mailto:{address}"},
        {"label": _("When"), "value": moment(suggestion.created)},
        {"label": _("The reader saw"), "value": read},
        {"label": _("Language"), "value": language_in_words(suggestion.language)},
    ]
