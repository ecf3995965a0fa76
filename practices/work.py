"""What *My work* shows of practices."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from catalogue.dates import long_date
from catalogue.models import Entry
from catalogue.texts import Text, in_language
from notices import work
from notices.work import Item, Place
from practices.models import ACTIVE_REVIEW, GoodPractice


def register() -> None:
    work.register(work.Section("practices to review", Place.WAITS_FOR_YOU, to_review))
    work.register(work.Section("practices sent back", Place.WAITS_FOR_YOU, sent_back))
    work.register(work.Section("drafts of practices", Place.DRAFTS, drafts))
    work.register(work.Section("practices under review", Place.IN_REVIEW, under_review))
    work.register(work.Section("published practices", Place.PUBLISHED, published))


def to_review(user) -> list[Item]:
    practices = _with_drafts(GoodPractice.objects.reviewable_by(user).select_related("organisation_in_charge"))
    reviews = _reviews_of(practices)
    return [
        _item(
            practice,
            "practices:review",
            what=_("Review"),
            since=reviews[practice.pk].current_task_state.started_at,
            facts=[
                str(practice.organisation_in_charge or ""),
                _("submitted %(when)s") % {"when": moment(reviews[practice.pk].current_task_state.started_at)},
            ],
        )
        for practice in practices
    ]


def sent_back(user) -> list[Item]:
    practices = _with_drafts(GoodPractice.objects.editable_by(user).sent_back())
    reviews = _reviews_of(practices)
    return [_sent_back(practice, reviews[practice.pk].current_task_state) for practice in practices]


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


def drafts(user) -> list[Item]:
    mine = GoodPractice.objects.editable_by(user).without_review().filter(has_unpublished_changes=True)
    return [_draft(practice) for practice in _with_drafts(mine)]


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


def under_review(user) -> list[Item]:
    practices = _with_drafts(GoodPractice.objects.editable_by(user).under_review())
    reviews = _reviews_of(practices)
    return [_under_review(practice, reviews[practice.pk].current_task_state) for practice in practices]


def _under_review(practice: GoodPractice, step) -> Item:
    return _item(
        practice,
        "practices:edit",
        since=step.started_at,
        facts=[_("submitted %(when)s") % {"when": moment(step.started_at)}, _("A reviewer reads it next.")],
    )


def published(user) -> list[Item]:
    mine = GoodPractice.objects.editable_by(user).filter(live=True)
    titles = {practice.uid: practice for practice in mine}
    entries = Entry.objects.visible().ours().of_kind("practices").filter(uid__in=titles).defer("document")
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


def _with_drafts(practices) -> list[GoodPractice]:
    return list(practices.filter(latest_revision__isnull=False).select_related("latest_revision__user"))


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


def moment(when: datetime) -> str:
    """A date and a time of day, in the reader's language and the portal's time zone."""
    return f"{long_date(when)}, {localtime(when):%H:%M}"
