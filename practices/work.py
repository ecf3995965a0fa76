"""What *My work* shows of practices."""

from collections.abc import Iterable, Iterator, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from catalogue.dates import moment
from catalogue.models import Entry
from catalogue.texts import Text, in_language
from notices import work
from notices.work import Item, Place
from practices.models import ACTIVE_REVIEW, GoodPractice


def register() -> None:
    work.register(work.Section("practices", of))


def of(user) -> Iterator[tuple[Place, Item]]:
    """Her own practices, each where its next step is, and what she is to review: all in three queries."""
    is_mine = Exists(GoodPractice.objects.editable_by(user).filter(pk=OuterRef("pk")))
    readable = GoodPractice.objects.readable_by(user).annotate(is_mine=is_mine)
    practices = list(
        readable.filter(latest_revision__isnull=False).select_related("latest_revision__user", "organisation_in_charge")
    )
    reviews = _reviews_of(practices)
    for practice in practices:
        if placed := _placed(practice, reviews.get(practice.pk)):
            yield placed
    for item in published([practice for practice in practices if practice.is_mine and practice.live]):
        yield Place.PUBLISHED, item


def _placed(practice: GoodPractice, review: WorkflowState | None) -> tuple[Place, Item] | None:
    """Nowhere, if nothing is left to do with it."""
    if review is None:
        is_draft = practice.is_mine and practice.has_unpublished_changes
        return (Place.DRAFTS, _draft(practice)) if is_draft else None
    step = review.current_task_state
    if not practice.is_mine:
        return Place.WAITS_FOR_YOU, _to_review(practice, step)
    if review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Place.WAITS_FOR_YOU, _sent_back(practice, step)
    return Place.IN_REVIEW, _under_review(practice, step)


def _to_review(practice: GoodPractice, step) -> Item:
    submitted = _("submitted %(when)s") % {"when": moment(step.started_at)}
    return _item(
        practice,
        "practices:review",
        what=_("Review"),
        since=step.started_at,
        facts=[str(practice.organisation_in_charge or ""), submitted],
    )


def _sent_back(practice: GoodPractice, decision) -> Item:
    reviewer = decision.finished_by.get_full_name() if decision.finished_by else ""
    told = {"name": reviewer or _("a reviewer"), "when": moment(decision.finished_at)}
    return _item(
        practice,
        "practices:edit",
        what=_("Changes asked for"),
        since=decision.finished_at,
        message=decision.comment,
        facts=[_("sent back by %(name)s, %(when)s") % told],
    )


def _draft(practice: GoodPractice) -> Item:
    revision = practice.latest_revision
    saved = {"when": moment(revision.created_at), "name": revision.user or ""}
    facts = [_("saved %(when)s by %(name)s") % saved if revision.user else _("saved %(when)s") % saved]
    if revision.approved_go_live_at:
        facts.append(_("approved; will be public on %(when)s") % {"when": moment(revision.approved_go_live_at)})
    if practice.live:
        facts.append(_("changes what is published"))
    elif practice.first_published_at:
        facts.append(_("was withdrawn"))
    preview = (_("Preview"), reverse("practices:preview", args=[practice.uid]))
    return _item(practice, "practices:edit", since=revision.created_at, facts=facts, links=[preview])


def _under_review(practice: GoodPractice, step) -> Item:
    return _item(
        practice,
        "practices:edit",
        since=step.started_at,
        facts=[_("submitted %(when)s") % {"when": moment(step.started_at)}, _("A reviewer reads it next.")],
    )


def published(practices: list[GoodPractice]) -> list[Item]:
    if not practices:
        return []
    uids = [practice.uid for practice in practices]
    entries = Entry.objects.visible().ours().of_kind("practices").filter(uid__in=uids).defer("document")
    return [_published(entry) for entry in entries]


def _published(entry: Entry) -> Item:
    title = in_language(entry.short["title"], get_language(), entry.short["original_language"])
    return Item(
        title=title.text,
        language=_other(title.language),
        url=reverse("catalogue:record", args=[entry.kind, entry.slug]),
        symbol="practice",
        since=entry.modified,
        facts=[_("version %(number)s") % {"number": entry.version}, moment(entry.modified)],
        links=[(_("Edit"), reverse("practices:edit", args=[entry.uid]))],
        example=entry.example,
    )


def _reviews_of(practices: Iterable[GoodPractice]) -> dict[int, WorkflowState]:
    """Practice's key → its active review, with the step it is at."""
    found = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(GoodPractice),
        object_id__in=[str(practice.pk) for practice in practices],
        status__in=ACTIVE_REVIEW,
    ).select_related("current_task_state__finished_by")
    return {int(review.object_id): review for review in found}


def _item(practice: GoodPractice, view: str, *, since, facts: Sequence[str], **more) -> Item:
    title = draft_title(practice)
    return Item(
        title=title.text or _("Untitled practice"),
        language=_other(title.language),
        url=reverse(view, args=[practice.uid]),
        symbol="practice",
        since=since,
        facts=[fact for fact in facts if fact],
        example=practice.example,
        **more,
    )


def draft_title(practice: GoodPractice):
    """The title as it was last saved; the row of a practice that was never published holds its first draft."""
    content = practice.latest_revision.content if practice.latest_revision else {}
    title = Text(content["title"]) if content else practice.title
    return in_language(title.data, get_language(), content.get("original_language"))


def _other(language: str) -> str:
    return "" if language == get_language() else language
