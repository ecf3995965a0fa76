"""What is said of a draft, beside the fields that it is said of: read, answered and settled on one page with the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from catalogue.drafting.fields import DraftText
from catalogue.drafting.forms import DraftForm
from catalogue.reviewing import Locked
from catalogue.texts import clean_text
from operations.dates import moment
from pages.languages import language_in_words
from partners.models import ReviewedRecord
from reviews import actions
from reviews.actions import Said
from reviews.models import LONGEST_COMMENT, FieldComment, FieldCommentQuerySet
from reviews.parts import FieldOfForm, fields_of, key_of

Role = FieldComment.Role
ELSEWHERE = ""  # beside no field: what it was about is no longer in the form


@dataclass
class Thread:
    """A comment with its answers, as `components/thread.html` draws it; `reply` and `tick` are bound fields."""

    comment: FieldComment
    about: str
    replies: list[FieldComment] = field(default_factory=list)
    reply: forms.BoundField | None = None
    tick: forms.BoundField | None = None
    reader: User | None = (
        None  # to whom outside reviewers who do not wish to be named have no name; None knows all names
    )

    @property
    def controls(self) -> list[forms.BoundField]:
        return [each for each in (self.reply, self.tick) if each]

    @property
    def id(self) -> str:
        return f"comment-{self.comment.pk}"

    @property
    def messages(self) -> list[dict]:
        return [_message(each, self.reader) for each in (self.comment, *self.replies)]

    @property
    def settled(self) -> str:
        """By whom and when; nothing while it is open."""
        if self.comment.is_open:
            return ""
        told = {"name": self.comment.resolved_by, "when": moment(self.comment.resolved_at)}
        return _("Settled by %(name)s, %(when)s") % told if told["name"] else _("Settled %(when)s") % told

    @property
    def is_begun(self) -> bool:
        """Whether somebody has written an answer that is not kept yet."""
        return bool(self.reply and (self.reply.errors or any(each.value() for each in self.controls)))

    def says(self, text: str, user: User) -> bool:
        """Whether she has said this already."""
        return any(each.author_id == user.pk and each.text == text for each in self.replies)


def _message(comment: FieldComment, reader: User | None) -> dict:
    is_hidden = comment.role == Role.OUTSIDE and not comment.is_named and reader not in (None, comment.author)
    return {
        "author": capfirst(_("somebody")) if is_hidden else comment.author_in_words,
        "role": comment.get_role_display(),
        "date": comment.created.isoformat(),
        "when": moment(comment.created),
        "text": comment.text,
    }


class TalkForm(forms.Form):
    """An answer to each thread and whether it is settled; for those who decide, a new comment on each field."""

    def __init__(self, data, *, threads: Iterable[Thread], fields: Iterable[FieldOfForm], settles: bool = True):
        super().__init__(data)
        for each in fields:
            self.fields[f"comment-{each.key}"] = _words(gettext_lazy("Your comment"), rows=3)
            if len(each.languages) > 1:
                named = [(code, language_in_words(code)) for code in each.languages]
                whole = ("", _("all languages"))
                self.fields[f"language-{each.key}"] = forms.ChoiceField(
                    label=gettext_lazy("About the text in"), choices=[whole, *named], required=False
                )
        for thread in threads:
            self.fields[f"reply-{thread.comment.pk}"] = _words(gettext_lazy("Your reply"), rows=2)
            if settles:
                self.fields[_tick(thread)] = forms.BooleanField(
                    label=gettext_lazy("Mark as settled") if thread.comment.is_open else gettext_lazy("Open it again"),
                    required=False,
                )

    def given(self, prefix: str) -> dict[str, Any]:
        """What was filled in, by what follows the prefix."""
        told = self.cleaned_data.items()
        return {name.removeprefix(prefix): value for name, value in told if name.startswith(prefix) and value}


def _words(label, rows: int) -> DraftText:
    return DraftText(label=label, most=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": rows}))


def _tick(thread: Thread) -> str:
    return f"{'settle' if thread.comment.is_open else 'reopen'}-{thread.comment.pk}"


class Talk:
    """About one record, for one person: an author at her form; with `reviews` somebody who reads what was submitted, and with
    `decides` decides on it, too.
    """

    def __init__(
        self,
        form: DraftForm,
        record: ReviewedRecord,
        user: User,
        posted: Mapping[str, Any] | None = None,
        *,
        reviews: bool = False,
        decides: bool = False,
    ):
        self.record, self.user, self.part = record, user, form.of_part
        self.reviews, self.decides = reviews or decides, decides
        found = list(self._found())
        self.fields = fields_of(form) if self.reviews or found else {}
        self.threads = self._threads(found)
        self.form = TalkForm(
            self._unsaid(posted) if posted is not None else None,
            threads=self.threads,
            fields=self.fields.values() if self.reviews else (),
            settles=decides or not reviews,
        )
        self._put()

    def _put(self) -> None:
        """The controls to their threads, and both to the fields."""
        for thread in self.threads:
            thread.reply = self.form[f"reply-{thread.comment.pk}"]
            thread.tick = self.form[_tick(thread)] if _tick(thread) in self.form.fields else None
        for name, threads in self.shown().items():
            if name != ELSEWHERE:
                self.fields[name].threads = threads
        for name, each in self.fields.items():
            each.written_in = [
                self.form[key] for key in (f"comment-{name}", f"language-{name}") if key in self.form.fields
            ]

    def _found(self) -> FieldCommentQuerySet:
        found = FieldComment.objects.about(self.record).select_related("author", "resolved_by")
        if self.decides:
            return found
        return found.sent_or_by(self.user) if self.reviews else found.sent()

    def _threads(self, found: Iterable[FieldComment]) -> list[Thread]:
        threads: dict[int, Thread] = {}
        for each in found:
            if each.parent_id in threads:
                threads[each.parent_id].replies.append(each)
            elif each.parent_id is None and self.part in (None, each.child):
                threads[each.pk] = Thread(each, self._about(each), reader=None if self.decides else self.user)
        return list(threads.values())

    def _about(self, comment: FieldComment) -> str:
        known = self.fields.get(self._key(comment))
        label = known.label if known else _("something that is no longer in the form")
        return f"{label} ({language_in_words(comment.language)})" if comment.language else label

    def _unsaid(self, posted: Mapping[str, Any]) -> dict[str, Any]:
        """What was sent, without what has been kept already."""
        typed = {name: posted.get(name) for name in posted}
        for thread in self.threads:
            name = f"reply-{thread.comment.pk}"
            if thread.says(clean_text(typed.get(name) or ""), self.user):
                typed[name] = ""
        return typed

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.comment.is_open]

    @property
    def settled(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.comment.is_open]

    def shown(self) -> dict[str, list[Thread]]:
        found: dict[str, list[Thread]] = {}
        for thread in self.threads:
            key = self._key(thread.comment)
            found.setdefault(key if key in self.fields else ELSEWHERE, []).append(thread)
        return found

    def _key(self, comment: FieldComment) -> str:
        """Where the form is of one part alone, that is said of nothing else."""
        return comment.field if self.part else key_of(comment.field, comment.child)

    def names(self) -> Iterable[str]:
        return self.form.fields

    def is_valid(self) -> bool:
        return self.form.is_valid()

    def keep(self) -> None:
        """What an author answers; while the record is locked nothing is kept, and all of it is shown again."""
        try:
            self.tell()
        except Locked:
            return

    def tell(self, revision: int | None = None) -> None:
        """Raises as `actions.keep`, which knows the revision."""
        told = {
            "comments": list(self._comments()),
            "replies": {int(key): text for key, text in self.form.given("reply-").items()},
            "settled": [int(key) for key in self.form.given("settle-")],
            "reopened": [int(key) for key in self.form.given("reopen-")],
        }
        if any(told.values()):
            actions.keep(record=self.record, by=self.user, revision=revision, **told)

    def _comments(self) -> Iterable[Said]:
        languages = self.form.given("language-")
        for key, text in self.form.given("comment-").items():
            about = self.fields[key]
            yield Said(text, about.name, languages.get(key, ""), about.child or self.part)
