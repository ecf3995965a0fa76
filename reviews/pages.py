"""What a reviewer has before her: the page as the public would see it, the draft field by field, and the decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue import kinds, reviewing
from catalogue.drafting.desk import draft_context
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.page import Section
from catalogue.drafting.written import form_of
from catalogue.reading import language_name
from partners.models import ReviewedRecord
from reviews.forms import SendBackForm
from reviews.parts import grouped, mark_behind
from reviews.talk import ELSEWHERE, Talk


def talk_about(record: ReviewedRecord, user: User, posted: Mapping[str, Any] | None = None) -> Talk:
    """What is said of the text that waits for her decision."""
    return _talk(_form(record, user)[0], record, user, posted)


def _form(record: ReviewedRecord, user: User) -> tuple[DraftForm, Sequence[Section]]:
    draft = record.current_workflow_task_state.revision.as_object()
    form, sections = form_of(record, draft, user)
    return form or DraftForm(draft=draft, user=user), sections


def _talk(form: DraftForm, record: ReviewedRecord, user: User, posted=None) -> Talk:
    return Talk(form, record, user, posted, decides=True)


def show(
    request: HttpRequest,
    record: ReviewedRecord,
    decision: SendBackForm | None = None,
    talk: Talk | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    step = record.current_workflow_task_state
    form, sections = _form(record, request.user)
    talk = talk or _talk(form, record, request.user)
    draft, kind = form.draft, kinds.of(record)
    mark_behind(talk.fields, form)
    decision = decision or SendBackForm(commented=bool(talk.open))
    context = draft_context(draft, untitled=record.untitled, page_template=kind.template, form=decision, step=step)
    context |= {
        "is_check": reviewing.hands_on(step),
        "part_of": record.reviewed_part(),
        "submitter": step.workflow_state.requested_by,
        "scheduled": draft.go_live_at if draft.go_live_at and draft.go_live_at > timezone.now() else None,
        "talk": talk,
        "address": reverse("reviews:review", args=[record.uid]),
        "elsewhere": talk.shown().get(ELSEWHERE, []),
        "groups": grouped(talk.fields, sections),
        "review_links": _links(record, context["record"]),
    }
    return render(request, "reviews/review.html", context, status=status)


def show_field(request: HttpRequest, record: ReviewedRecord, name: str) -> HttpResponse:
    """One field as it is now, for a page that is open."""
    form, _sections = _form(record, request.user)
    talk = _talk(form, record, request.user)
    mark_behind(talk.fields, form)
    if name not in talk.fields:
        raise Http404
    address = reverse("reviews:review", args=[record.uid])
    return render(request, "reviews/field.html", {"field": talk.fields[name], "fresh": True, "address": address})


def _links(record: ReviewedRecord, document: dict) -> list[dict]:
    """To the decision, to the text in other languages, and to what is published now."""
    address = reverse("reviews:review", args=[record.uid])
    others = [code for code in document["title"] or {} if code != get_language()]
    links = [{"label": _("Field by field"), "url": "#fields"}, {"label": _("To your decision"), "url": "#decision"}]
    links += [{"label": language_name(code), "url": translate_url(address, code), "lang": code} for code in others]
    if record.live:
        published = reverse("catalogue:record", args=[document["kind"], record.slug])
        links.append({"label": _("What is published now"), "url": published})
    return links
