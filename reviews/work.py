"""What *My work* shows of records that are written in the portal: one's own, each where its next step is, and what waits for
one's decision. All kinds together cost one query.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from accounts.models import User
from catalogue import kinds
from catalogue.drafting.texts import FORM_LANGUAGES
from catalogue.kinds import Kind
from catalogue.latest import words_of
from catalogue.models import Entry
from catalogue.texts import in_language
from notices import work
from notices.letters import local
from notices.work import Item, Place
from operations.dates import moment
from partners.models import ACTIVE_REVIEW, Organisation, ReviewedRecord
from reviews.models import FieldComment, open_threads_of

Placed = tuple[Place, Item]
OF_RECORD = ("uid", "live", "has_unpublished_changes", "first_published_at", "example", "locked")
OF_DRAFT = {
    "content": F("latest_revision__content"),
    "written": F("latest_revision__created_at"),
    "goes_live": F("latest_revision__approved_go_live_at"),
    "written_by": F("latest_revision__user"),
    "first_name": F("latest_revision__user__first_name"),
    "last_name": F("latest_revision__user__last_name"),
}
OF_REVIEW = JSONObject(
    status="status",
    since="current_task_state__started_at",
    check="current_task_state__task__organisationchecktask",
    decided="current_task_state__finished_at",
    first_name="current_task_state__finished_by__first_name",
    last_name="current_task_state__finished_by__last_name",
    comment="current_task_state__comment",
    submitter_first_name="requested_by__first_name",
    submitter_last_name="requested_by__last_name",
)
OF_ENTRY = JSONObject(slug="slug", card="card", version="version", modified="modified")


def register() -> None:
    work.register(work.Section("records", of))


def of(user) -> Iterator[Placed]:
    for row in _united(_rows(kind, user) for kind in reviewed_kinds()):
        yield from _placed(row)


def waiting_for(user) -> list[SimpleNamespace]:
    """What she is to decide on, oldest first; each row with its review."""
    rows = list(_united(_rows(kind, user).filter(waits=True) for kind in reviewed_kinds()))
    for row in rows:
        row.review = SimpleNamespace(**row.review)
        row.since = time_of(row.review.since)
    return sorted(rows, key=lambda row: row.since)


def _united(found: Iterator[QuerySet]) -> Iterator[SimpleNamespace]:
    first, *others = found
    for row in first.union(*others, all=True):
        yield SimpleNamespace(**row, model=kinds.get(row["kind"]).model)


def reviewed_kinds() -> list[Kind]:
    return [kind for kind in kinds.all_kinds() if issubclass(kind.model, ReviewedRecord)]


def _rows(kind: Kind, user) -> QuerySet:
    """The kind's records with their drafts, reviews and entries, in columns that are the same for all kinds."""
    records = kind.model.objects
    reviews = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(kind.model),
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=ACTIVE_REVIEW,
    )
    entries = Entry.objects.visible().ours().filter(uid=OuterRef("uid"))
    told = OF_DRAFT | {
        "kind": Value(kind.name, CharField()),
        "is_mine": Exists(records.editable_by(user).filter(pk=OuterRef("pk"))),
        "waits": Exists(records.reviewable_by(user).filter(pk=OuterRef("pk"))),
        "review": Subquery(reviews.values(told=OF_REVIEW)[:1]),
        "comments": Subquery(_number_of(open_threads_of(kind.model))),
        "entry": Subquery(entries.values(told=OF_ENTRY)[:1]),
        **_names_of(kind.model.organisation_field),
    }
    return records.readable_by(user).filter(latest_revision__isnull=False).values(*OF_RECORD, **told)


def _number_of(comments: QuerySet[FieldComment]) -> QuerySet:
    return comments.order_by().values("about_uid").annotate(number=Count("pk")).values("number")


def _names_of(organisation: str) -> dict[str, F | Value]:
    """Of the organisation that answers for the record, as far as the record does not say it itself."""
    names = ("name_original", "name_english", "original_language")
    return {
        f"in_charge_{name}": F(f"{organisation}__{name}") if organisation else Value("", CharField()) for name in names
    }


def _placed(row: SimpleNamespace) -> Iterator[Placed]:
    """Nowhere, if nothing is left to do with it; what is published stands there, too, while its draft is at work."""
    review = SimpleNamespace(**row.review) if row.review else None
    if review and row.waits:
        yield Place.WAITS_FOR_YOU, _to_decide(row, review)
    elif review and review.status == WorkflowState.STATUS_NEEDS_CHANGES and not (row.goes_live or row.locked):
        yield Place.WAITS_FOR_YOU, _sent_back(row, review)
    elif review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        yield Place.IN_REVIEW, _under_review(row, review)
    elif row.is_mine and row.has_unpublished_changes:
        yield Place.DRAFTS, _draft(row)
    if row.is_mine and row.live and row.entry:
        yield Place.PUBLISHED, _published(row)


def _to_decide(row: SimpleNamespace, review: SimpleNamespace) -> Item:
    since = time_of(review.since)
    check = _("Check for your organisation") if row.is_mine else _("Check for an organisation")
    submitter = User(first_name=review.submitter_first_name or "", last_name=review.submitter_last_name or "")
    told = {"when": moment(since), "name": submitter.get_full_name()}
    submitted = _("submitted %(when)s by %(name)s") if told["name"] else _("submitted %(when)s")
    return _item(
        row,
        reverse("reviews:review", args=[row.uid]),
        what=check if review.check else _("Review"),
        since=since,
        facts=[str(row.model.reviewed_as), in_charge_of(row), submitted % told],
    )


def _sent_back(row: SimpleNamespace, review: SimpleNamespace) -> Item:
    somebody = _("your organisation") if review.check else _("a reviewer")
    name = User(first_name=review.first_name or "", last_name=review.last_name or "").get_full_name()
    since = time_of(review.decided)
    return _item(
        row,
        _writing(row),
        what=_("Changes asked for"),
        since=since,
        message=review.comment,
        facts=[
            _("sent back by %(name)s, %(when)s") % {"name": name or somebody, "when": moment(since)},
            _to_answer(row),
        ],
    )


def _to_answer(row: SimpleNamespace) -> str:
    told = ngettext("%(number)s comment to answer", "%(number)s comments to answer", row.comments or 0)
    return told % {"number": row.comments} if row.comments else ""


def _under_review(row: SimpleNamespace, review: SimpleNamespace) -> Item:
    since = time_of(review.since)
    step = _("Your organisation checks it.") if review.check else _("A reviewer reads it next.")
    return _item(row, _writing(row), since=since, facts=[step, _("since %(when)s") % {"when": moment(since)}])


def _draft(row: SimpleNamespace) -> Item:
    told = {"when": moment(row.written), "name": User(first_name=row.first_name or "", last_name=row.last_name or "")}
    facts = [_("saved %(when)s by %(name)s") % told if row.written_by else _("saved %(when)s") % told]
    if row.goes_live:
        facts.append(_told_of_time(row) % {"when": moment(row.goes_live)})
    elif row.locked:
        facts.append(_("an editor has locked it: nobody changes it meanwhile"))
    if row.live:
        facts.append(_("changes what is published"))
    elif row.first_published_at:
        facts.append(_("was withdrawn"))
    preview = row.model.preview_path.format(uid=row.uid)
    links = [(_("Preview"), local(preview))] if preview else []
    links += _translating(row, words_of(row.model, row.content).original_language)
    return _item(row, _writing(row), since=row.written, facts=facts, links=links)


def _told_of_time(row: SimpleNamespace) -> str:
    """Without an approval where an editor took it over while its author was asked for changes."""
    if row.review:
        return _("an editor has set a time: will be public on %(when)s")
    return _("approved; will be public on %(when)s")


def _published(row: SimpleNamespace) -> Item:
    entry = SimpleNamespace(**row.entry)
    card = Entry(card=entry.card).short
    title = in_language(card["title"], get_language(), card["original_language"])
    modified = time_of(entry.modified)
    return Item(
        title=title.text,
        language=_other(title.language),
        url=reverse("catalogue:record", args=[row.kind, entry.slug]),
        symbol=kinds.get(row.kind).symbol,
        since=modified,
        facts=[_("version %(number)s") % {"number": entry.version}, moment(modified)],
        links=[(_("Edit"), _writing(row)), *_translating(row, card["original_language"])],
        example=row.example,
    )


def _item(row: SimpleNamespace, url: str, *, since: datetime, facts: Sequence[str], **more) -> Item:
    draft = words_of(row.model, row.content)
    title = in_language(draft.title_map.data, get_language(), draft.original_language)
    return Item(
        title=title.text or str(draft.untitled),
        language=_other(title.language),
        url=url,
        symbol=kinds.get(row.kind).symbol,
        since=since,
        facts=[fact for fact in facts if fact],
        example=row.example,
        **more,
    )


def in_charge_of(row: SimpleNamespace) -> str:
    names = {name: getattr(row, f"in_charge_{name}") for name in ("name_original", "name_english", "original_language")}
    return str(Organisation(**names)) if names["original_language"] else ""


def _translating(row: SimpleNamespace, original: str) -> list[tuple[str, str]]:
    """Into the language that she reads, else into another one; not of what is written in parts."""
    if not row.model.writing_path:
        return []
    into = next(code for code in (get_language(), *FORM_LANGUAGES) if code != original)
    return [(_("Translate"), reverse("translations:edit", args=[row.uid, into]))]


def _writing(row: SimpleNamespace) -> str:
    return local(row.model.writing_path.format(uid=row.uid))


def _other(language: str) -> str:
    return "" if language == get_language() else language


def time_of(written: str) -> datetime:
    """As JSON has it: with its zone, or in UTC."""
    time = parse_datetime(written)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
