"""The log of who did what: rows that are written with what they tell, and edited by nobody.

    audit.register("role.given", _("Role given"))        # in AppConfig.ready()
    audit.note("role.given", by=admin, whom=user, role="Editors")

What is its own reason is registered with it; where somebody has to say why, she chooses (`operations.reasons`).

It tells acts, not readings and sign-ins. It holds no addresses, names or words of people: they are linked to, and the
links end when a person is erased. After two years an entry goes.
"""

from django.db.models import Model
from django.utils.functional import Promise

from operations import reasons
from operations.models import AuditEntry
from operations.reasons import Reason

_words: dict[str, str | Promise] = {}
_its_own_reason: dict[str, Reason] = {}


def register(what: str, label: str | Promise, *, reason: Reason | None = None) -> None:
    """What can happen, such as `membership.accepted`, and how staff read it; a word means one thing only. `reason`: why it
    happens, whoever does it.
    """
    if _words.setdefault(what, label) is not label:
        raise ValueError(f"The word {what!r} of the audit log is registered twice.")
    if reason:
        _its_own_reason[what] = reason


def label_of(what: str) -> str:
    """In the language at hand; the word itself for what an earlier release wrote."""
    return str(_words.get(what, what))


def words() -> list[tuple[str, str]]:
    """All that can happen, with labels, as choices."""
    return sorted(((what, str(label)) for what, label in _words.items()), key=lambda word: word[1].casefold())


def note(
    what: str, *, by: Model | None = None, about: Model | None = None, whom: Model | None = None, **facts
) -> AuditEntry:
    """Writes it in the transaction at hand. Without `by` the portal did it, or somebody who is not known.

    `about`: a record with a `uid`, told by kind, uid and the title it has now. `whom`: the other person. `facts`: numbers,
    yes and no, and words of ours, such as a role's name.
    """
    if what not in _words:
        raise ValueError(f"No app has registered {what!r} for the audit log.")
    if what in _its_own_reason:
        facts.setdefault("reason", _its_own_reason[what].value)
    if wrong := [name for name, fact in facts.items() if not _is_impersonal(fact)]:
        raise ValueError(f"The audit log holds no addresses, texts or parts: {', '.join(wrong)}.")
    return AuditEntry.objects.create(
        what=what,
        actor=by if by and by.pk else None,
        whom=whom,
        about_kind=about._meta.model_name if about else "",
        about_uid=about.uid if about else None,
        about_title=str(about)[:300] if about else "",
        facts=facts,
    )


def reason_of(entry: AuditEntry) -> str:
    """In the language at hand; "" where none was noted."""
    return reasons.in_words(entry.facts.get("reason"))


def _is_impersonal(fact) -> bool:
    """People's addresses and words do not slip in unseen."""
    return isinstance(fact, int | None) or (isinstance(fact, str) and "@" not in fact and len(fact) <= 100)


def forget() -> None:
    AuditEntry.objects.forget()
