"""The only writer of experts' opinions: beside a review, with its approval into the public, and afterwards.

One opinion stands with a practice at a time. One of an older version gives way to a newer one; otherwise it is changed and
withdrawn by who wrote it, or by editors, who say why. It is part of the version with which it comes out; withdrawn, it goes
from all versions.
"""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState

from accounts import access
from accounts.models import User
from catalogue import publication
from catalogue.locking import in_publication
from catalogue.models import Entry
from operations import audit, reasons
from operations.models import AuditEntry
from partners import record_words
from partners.review_letters import tell
from practices import letters
from practices.models.opinion import ExpertOpinion

WORDS = {
    "opinion.published": _("Expert’s opinion published"),
    "opinion.changed": _("Expert’s opinion changed"),
    "opinion.replaced": _("Expert’s opinion replaced by a newer one"),
    "opinion.withdrawn": _("Expert’s opinion withdrawn"),
}
LEDGER = ("expert_opinion", "expert_opinion_name", "expert_opinion_network", "expert_opinion_date")


class Reason(TextChoices):
    """Why what an expert has said is changed or withdrawn: an editor chooses, and her own wish is the expert's."""

    ASKED = "asked", _("the expert asked for it")
    MISTAKE = "mistake", _("it has a mistake")
    OUTDATED = "outdated", _("it is no longer true")
    RULES = "rules", _("it is against the rules of the portal")
    OWN_WISH = reasons.Reason.OWN_WISH.value, reasons.Reason.OWN_WISH.label


TO_CHOOSE = tuple((each.value, each.label) for each in Reason if each != Reason.OWN_WISH)
CHOSEN = frozenset(value for value, _label in TO_CHOOSE)


class Written(NamedTuple):
    """As `ExpertOpinion` has it; `stays` only of the expert herself."""

    text: dict[str, str]
    name: str
    network: str = ""
    stays: bool = False


def register() -> None:
    for what, label in WORDS.items():
        audit.register(what, label)
        record_words.register(what, _why)


def _why(entry: AuditEntry) -> str:
    """In the language at hand."""
    reason = entry.facts.get("reason")
    return str(Reason(reason).label) if reason in Reason.values else ""


# Beside a review


@transaction.atomic
def keep(*, practice, by: User, written: Written | None) -> None:
    """While the practice waits for her decision; None takes away what she had kept. Raises PermissionDenied."""
    held = _held(practice)
    hers = ExpertOpinion.objects.waiting().filter(practice=held, writer=by)
    if written is None or _stands_already(held, by, written):
        hers.delete()
        return
    if not type(held).objects.assessable_by(by).filter(pk=held.pk).exists():
        raise PermissionDenied
    if not (known := hers.first()) or _as_written(known) != written:
        hers.delete()
        ExpertOpinion.objects.create(practice=held, writer=by, **written._asdict())


def _stands_already(practice, by: User, written: Written) -> bool:
    """Hers, in the very same words: an approval does not give it anew."""
    standing = ExpertOpinion.objects.standing().filter(practice=practice, writer=by).first()
    return bool(standing) and _as_written(standing) == written


def come_out(practice, revision: Revision) -> None:
    """As the revision is published: with the opinion that whoever approved it had kept by then.

    Called with the catalogue's lock held; the version that the publication makes holds the opinion.
    """
    approved = TaskState.objects.filter(
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        finished_by=OuterRef("writer"),
        finished_at__gte=OuterRef("agreed"),
    )
    waiting = ExpertOpinion.objects.waiting().filter(Exists(approved), practice=practice.pk)
    if opinion := waiting.select_for_update().first():
        _stand(practice, opinion, by=opinion.writer)
        type(practice).objects.filter(pk=practice.pk).update_ledger(**_ledger_of(opinion))


def tell_who_waits(practice, *, by: User | None) -> None:
    """It was published without those whose opinions wait. Each can publish hers now, where nobody else has spoken of it."""
    waiting = ExpertOpinion.objects.waiting().filter(practice=practice.pk).exclude(writer=None)
    if writers := [each.writer for each in waiting.select_related("writer")]:
        tell(practice, letters.OPINION_WAITS, writers, path=f"my/practices/{practice.uid}/opinion/", by=by)


# In public


@in_publication
def write(*, practice, by: User, written: Written, reason: str = "") -> None:
    """Of what is published: hers, new or anew, or in an editor's correction, which tells a reason. It holds at once, as a new
    version. Raises PermissionDenied.
    """
    held = _held(practice)
    standing = standing_of(held) if held.live else None
    if standing and standing.writer_id == by.pk:
        _change(held, standing, written, by, Reason.OWN_WISH.value)
    elif is_open_to(held, by):
        ExpertOpinion.objects.waiting().filter(practice=held, writer=by).delete()
        opinion = ExpertOpinion.objects.create(practice=held, writer=by, **written._asdict())
        _stand(held, opinion, by=by)
        publication.change_ledger(held, **_ledger_of(opinion))
    elif may_mend(held, by) and reason in CHOSEN:
        _change(held, standing, written, by, reason)
    else:
        raise PermissionDenied


@in_publication
def withdraw(*, practice, by: User, reason: str = "") -> None:
    """From the page and from all versions, without a new one; what only waits is thrown away. Doing it twice does it once."""
    held = _held(practice)
    hers = ExpertOpinion.objects.filter(practice=held, writer=by, last_version=None)
    if hers.exists():
        _take_out(held, list(hers), by, Reason.OWN_WISH.value)
    elif not may_mend(held, by) or reason not in CHOSEN:
        raise PermissionDenied
    else:
        _take_out(held, [standing_of(held)], by, reason)


def is_open_to(practice, user: User) -> bool:
    return type(practice).objects.open_to_opinion_of(user).filter(pk=practice.pk).exists()


def may_mend(practice, user: User) -> bool:
    return bool(practice.live and practice.expert_opinion) and access.may(user, "practices.mend_opinion")


def only_mends(practice, user: User) -> bool:
    """Whether it is somebody else's that she, as an editor, sees."""
    hers = ExpertOpinion.objects.filter(practice=practice, writer=user, last_version=None)
    return not hers.exists() and not is_open_to(practice, user) and may_mend(practice, user)


def standing_of(practice) -> ExpertOpinion | None:
    """What stands in public; not saved, where it came with the practice."""
    standing = ExpertOpinion.objects.standing().filter(practice=practice).first()
    return standing or (_of_ledger(practice) if practice.expert_opinion else None)


def forget(user: User) -> None:
    """Her account ends. What she has not agreed to leave goes from everywhere."""
    for opinion in ExpertOpinion.objects.filter(writer=user).exclude(stays=True, first_version__isnull=False):
        _take_out(_held(opinion.practice), [opinion], by=None, reason="")


def _held(practice):
    held = type(practice).objects.select_for_update().filter(pk=practice.pk).first()
    if held is None:
        raise PermissionDenied
    return held


def _as_written(opinion: ExpertOpinion) -> Written:
    return Written(dict(opinion.text.data), opinion.name, opinion.network, opinion.stays)


def _next_version(practice) -> int:
    entry = Entry.objects.filter(uid=practice.uid).first()
    return (entry.version if entry else 0) + 1


def _stand(practice, opinion: ExpertOpinion, *, by: User) -> None:
    """In the version that comes next; what stood there gives way."""
    number = _next_version(practice)
    for former in ExpertOpinion.objects.standing().filter(practice=practice.pk):
        former.last_version = max(number - 1, former.first_version)
        former.save()
        if former.writer_id != by.pk:
            audit.note("opinion.replaced", by=by, about=practice, version=number)
            tell(practice, letters.OPINION_REPLACED, filter(None, [former.writer]), path=f"/id/{practice.uid}/", by=by)
    opinion.version = opinion.first_version = number
    opinion.written = timezone.localdate()
    opinion.save()
    audit.note("opinion.published", by=by, about=practice, version=number)
    tell(practice, letters.OPINION, practice.its_people(), path=f"/id/{practice.uid}/", by=by)


def _change(practice, opinion: ExpertOpinion, written: Written, by: User, reason: str) -> None:
    """Who wrote it speaks of the practice as it is now; an editor mends words and dates nothing anew."""
    is_hers = opinion.writer_id == by.pk
    written = written if is_hers else written._replace(stays=opinion.stays)
    if _as_written(opinion) == written:
        return
    number = _next_version(practice)
    for name, value in written._asdict().items():
        setattr(opinion, name, value)
    if is_hers:
        opinion.written, opinion.version = timezone.localdate(), number
    opinion.first_version = opinion.first_version or number
    opinion.save()
    publication.change_ledger(practice, **_ledger_of(opinion))
    audit.note("opinion.changed", by=by, about=practice, whom=_other(opinion.writer, by), version=number, reason=reason)
    its_people = {*practice.its_people(), opinion.writer} - {None}
    tell(practice, letters.OPINION_CHANGED, its_people, path=f"/id/{practice.uid}/", by=by)


def _of_ledger(practice) -> ExpertOpinion:
    """One that came with the practice, of whom no account is known."""
    return ExpertOpinion(
        practice=practice,
        text=practice.expert_opinion,
        name=practice.expert_opinion_name,
        network=practice.expert_opinion_network,
        written=practice.expert_opinion_date or timezone.localdate(),
        version=practice.expert_opinion_version,
    )


def _ledger_of(opinion: ExpertOpinion) -> dict:
    told = (opinion.text, opinion.name, opinion.network, opinion.written)
    return dict(zip(LEDGER, told, strict=True)) | {"expert_opinion_version": opinion.version}


def _take_out(practice, opinions: list[ExpertOpinion], by: User | None, reason: str) -> None:
    for opinion in opinions:
        is_standing = opinion.last_version is None and (opinion.first_version or not opinion.pk)
        first, last = opinion.first_version or (1 if is_standing else None), opinion.last_version
        if opinion.pk:
            ExpertOpinion.objects.filter(pk=opinion.pk).delete()
        if is_standing:
            empty = {"expert_opinion": {}, "expert_opinion_name": "", "expert_opinion_network": ""}
            nothing = {"expert_opinion_date": None, "expert_opinion_version": None}
            publication.change_ledger(practice, human=False, **empty, **nothing)
            audit.note("opinion.withdrawn", by=by, about=practice, whom=_other(opinion.writer, by), reason=reason)
            if by:
                told = {*practice.its_people(), opinion.writer} - {None}
                tell(practice, letters.OPINION_WITHDRAWN, told, path=practice.writing_address(), by=by)
        if first:
            publication.forget_in_versions(practice.uid, "expert_opinion", since=first, until=last)


def _other(writer: User | None, by: User | None) -> User | None:
    return writer if writer and writer != by else None
