"""Records that people write in the portal's own pages, and who decides on what they submit.

A review has two steps, and `catalogue.reviewing` moves it: the organisation that answers for the record checks what its
people submit, then an expert reviews it. What its coordinator submits is checked by that. A coordinator may have written with
her people what she checks; no expert reviews a text that she has written in.
"""

import functools
import operator
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision, Task, TaskState, WorkflowState

from accounts import access
from accounts.acts import Role
from accounts.models import User
from catalogue import reviewing
from catalogue.locking import in_publication
from catalogue.record_log import Ending
from catalogue.records import Record, RecordQuerySet
from partners import review_letters
from partners.models import shown
from partners.models.membership import Membership, MembershipQuerySet

if TYPE_CHECKING:
    from partners.models.organisation import Organisation

ACTIVE_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
_AT_CHECK = Q(current_task_state__task__organisationchecktask__isnull=False)


class ReviewedQuerySet(RecordQuerySet):
    """Each kind says by `editable_by` and `removable_by` who writes; who decides is the same for all."""

    def relations(self, user) -> dict[Role, Q]:
        """What makes a record hers, for `accounts.access.rows`."""
        if not user.is_authenticated:
            return {}
        mine = Membership.objects.of(user)
        return {Role(role): Q(pk__in=self._answered_for(mine.filter(role=role))) for role in Membership.Role.values}

    def _answered_for(self, memberships: MembershipQuerySet) -> QuerySet:
        """Keys of the records for which the organisations of the memberships answer."""
        records = self.model.of_membership
        return memberships.filter(**{f"{records}__isnull": False}).values(records)

    def checkable_by(self, user) -> "ReviewedQuerySet":
        """What waits for its organisation: for the coordinator, and for the staff where nobody else coordinates it. Nobody
        checks what she submitted herself.
        """
        if not user.is_authenticated:
            return self.none()
        waiting = _reviews(self.model).filter(_AT_CHECK).exclude(requested_by=user)
        others = Membership.objects.coordinating().exclude(user=Coalesce(OuterRef("requested_by"), 0))
        attended = others.filter(**{self.model.of_membership: OuterRef(OuterRef("pk"))})
        left_alone = Q(Exists(waiting.filter(~Exists(attended))))
        hers = {Role.COORDINATOR: self.relations(user)[Role.COORDINATOR]}
        who = access.rows("reviews.check", user, hers | {Role.EDITOR: left_alone, Role.ADMIN: left_alone})
        return self.filter(who, Exists(waiting))

    def assessable_by(self, user) -> "ReviewedQuerySet":
        """What waits for a reviewer. Nobody reviews what is her organisation's, what she submitted, or what she has written in
        since it was published.
        """
        return self._waiting_for_another_than(user).not_written_by(user)

    def kept_from(self, user) -> "ReviewedQuerySet":
        """What would wait for her as a reviewer, had she not written in it."""
        hers = self._waiting_for_another_than(user)
        return hers.exclude(pk__in=self.model.objects.not_written_by(user).values("pk"))

    def _waiting_for_another_than(self, user) -> "ReviewedQuerySet":
        if not access.may(user, "reviews.assess"):
            return self.none()
        waiting = _reviews(self.model).exclude(_AT_CHECK).exclude(requested_by=user)
        others = self.exclude(pk__in=self._answered_for(Membership.objects.of(user)))
        return others.filter(Exists(waiting))

    def not_written_by(self, user) -> "ReviewedQuerySet":
        """In which she has not written since they were published."""
        since = Coalesce(OuterRef("live_revision"), 0)
        return self.filter(~Exists(Revision.objects.filter(user=user, pk__gt=since, **_of_row(self.model))))

    def foreign_to(self, user) -> "ReviewedQuerySet":
        """With which she has nothing to do: she did not begin it, it is not her organisation's, and she has never written in it
        nor submitted it.
        """
        by_her = Revision.objects.filter(user=user, **_of_row(self.model))
        handed_in = WorkflowState.objects.filter(requested_by=user, **_of_row(self.model))
        others = self.exclude(functools.reduce(operator.or_, self.relations(user).values(), Q(pk__in=[])))
        return others.filter(~Exists(by_her), ~Exists(handed_in))

    def reviewable_by(self, user) -> "ReviewedQuerySet":
        """What waits for her decision, at the step at hand."""
        to_check, to_assess = self.checkable_by(user).values("pk"), self.assessable_by(user).values("pk")
        return self.filter(Q(pk__in=to_check) | Q(pk__in=to_assess))

    def readable_by(self, user) -> "ReviewedQuerySet":
        """Whose drafts she may see: her own work and what she is to decide on."""
        mine, to_review = self.editable_by(user).values("pk"), self.reviewable_by(user).values("pk")
        return self.filter(Q(pk__in=mine) | Q(pk__in=to_review))

    def decided_by(self, user) -> "ReviewedQuerySet":
        """On which she has decided at some step."""
        steps = TaskState.objects.filter(finished_by=user).exclude(status=TaskState.STATUS_CANCELLED)
        return self.filter(Exists(WorkflowState.objects.filter(task_states__in=steps, **_of_row(self.model))))

    def shown_to(self, user) -> "ReviewedQuerySet":
        """Whose pictures and files she may see: of what she may read, and of what others have asked her to read."""
        return self.filter(Q(pk__in=self.model.objects.readable_by(user).values("pk")) | shown.to(user))


def _reviews(model: type[Record]):
    """Reviews in progress of the record at hand."""
    return WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, **_of_row(model))


def _of_row(model: type[Record]) -> dict:
    """How Wagtail's rows lead to the record at hand; they keep its key as text."""
    return {
        "base_content_type": ContentType.objects.get_for_model(model),
        "object_id": Cast(OuterRef("pk"), models.CharField()),
    }


class ReviewedRecord(Record):
    """`of_membership` leads from a membership to the records for which its organisation answers; `organisation_field` from
    the record to that organisation, where it is another record. `writing_path` and `preview_path` are the addresses, below
    the language, where its people write it and look at the draft.
    """

    reviewed_in_portal = True  # its letters are `reviews.letters`; Wagtail's would lead to the admin
    of_membership = ""
    writing_path = ""
    preview_path = ""
    reviewed_as: str | Promise = ""  # what of it is submitted, where that is not the whole

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        abstract = True

    def reviewed_part(self) -> "Organisation | None":
        """The organisation whose part alone was changed, where several have theirs in the record."""

    def read_review(self) -> TaskState | None:
        """At which step it waits. This instance says the same from now on, whatever others decide meanwhile."""
        self._current_workflow_states = list(
            self.workflow_states.active().select_related("current_task_state__task").order_by("pk")[:1]
        )
        return self.current_workflow_task_state

    def writing_address(self) -> str:
        """Below the language."""
        return self.writing_path.format(uid=self.uid)

    def is_written_by(self, user: User) -> bool:
        return type(self).objects.editable_by(user).filter(pk=self.pk).exists()

    def written_together_by(self) -> list[User]:
        """Those who hear what became of it, beside who submitted it."""
        return []

    def its_writers(self) -> list[User]:
        return [user for user in (getattr(self, "owner", None), *self.written_together_by()) if user]

    def tell_of_deletion(self, others: Iterable[User], *, typed: Collection[int], by: User, reason: str) -> None:
        its_people = [user for user in others if self._is_still_written_by(user)]
        review_letters.deleted(self, its_people, typed=typed, by=by, reason=reason)

    def authors(self, submitted_by: User | None) -> list[User]:
        """Who submitted it, and who writes it with her; of those who may not write it any more, nobody. Where she has gone, who
        began it stands for her, or else who answers for it.
        """
        author = [
            user for user in (submitted_by, getattr(self, "owner", None)) if user and self._is_still_written_by(user)
        ]
        together = [user for user in self.written_together_by() if self._is_still_written_by(user)]
        return [*dict.fromkeys([*author[:1], *together])] or self._answering()

    def _is_still_written_by(self, user: User) -> bool:
        return user.is_active and self.is_written_by(user)

    def _answering(self) -> list[User]:
        """The organisation's coordinator, or the rest of its people where it has none."""
        part = self.reviewed_part()
        memberships = part.memberships.all() if part else Membership.objects.filter(**{self.of_membership: self.pk})
        for some in (memberships.coordinating(), memberships):
            people = User.objects.filter(pk__in=some.values("user"), is_active=True).order_by("pk")
            if writing := [user for user in people if self.is_written_by(user)]:
                return writing
        return []

    def coordinators(self) -> QuerySet[User]:
        """Of the organisations that answer for it."""
        answering = Membership.objects.coordinating().filter(**{self.of_membership: self.pk})
        return User.objects.filter(pk__in=answering.values("user"))

    def is_answered_for_by(self, user: User) -> bool:
        return self.coordinators().filter(pk=user.pk).exists()

    def checkers(self, submitted_by: User | None) -> QuerySet[User]:
        """To whom it is shown at its organisation's check (`ReviewedQuerySet.checkable_by`)."""
        submitter = submitted_by.pk if submitted_by else 0
        others = self.coordinators().exclude(pk=submitter)
        return others if others.exists() else access.people("reviews.check").exclude(pk=submitter)

    def reviewers(self, submitted_by: User | None) -> QuerySet[User]:
        """To whom it is shown at the expert review (`ReviewedQuerySet.assessable_by`)."""
        its_people = Membership.objects.filter(**{self.of_membership: self.pk})
        written = Revision.objects.for_instance(self).filter(pk__gt=self.live_revision_id or 0, user__isnull=False)
        others = access.people("reviews.assess").exclude(pk__in=its_people.values("user"))
        others = others.exclude(pk__in=written.values("user"))
        return others.exclude(pk=submitted_by.pk) if submitted_by else others

    @in_publication
    def publish(self, revision, user=None, *args, **kwargs):
        """As every record's; past a review that is open, it ends, and those who wait for its decision hear of it."""
        review = self._end_review(user, Ending.PUBLISHED)
        super().publish(revision, user, *args, **kwargs)
        if review:
            review_letters.published_past(review, by=user)

    @in_publication
    def unpublish(self, *args, user=None, **kwargs):
        """As every record's, at its time, too: an open review ends. Its people hear of it if somebody else did it."""
        self._end_review(user, Ending.WITHDRAWN)
        super().unpublish(*args, user=user, **kwargs)
        review_letters.withdrawn(self, by=user)

    def _end_review(self, user: User | None, why: Ending) -> WorkflowState | None:
        """The review that was open; its decision has been passed by."""
        held = type(self).objects.select_for_update().get(pk=self.pk)
        review = held.current_workflow_state
        if review:
            reviewing.end(record=held, by=user, why=why)
        return review


class OrganisationCheckTask(Task):
    """The organisation that answers for a record reads what one of its people submitted, and hands it on or sends it back.

    Wagtail's admin offers nothing for it: it is done in the portal.
    """

    hands_on = True  # to another step: nothing is published by it

    class Meta:
        verbose_name = gettext_lazy("organisation's check")
        verbose_name_plural = gettext_lazy("organisations' checks")

    def start(self, workflow_state, user=None) -> TaskState:
        """Nobody is asked to check what the coordinator submits."""
        record, submitter = workflow_state.content_object, workflow_state.requested_by
        if submitter is None or not record.is_answered_for_by(submitter):
            return super().start(workflow_state, user=user)
        step = TaskState.objects.create(
            workflow_state=workflow_state, task=self.task_ptr, revision=record.get_latest_revision()
        )
        return step.approve(user=submitter, update=False, comment=_("Submitted by the organisation's coordinator."))

    def locked_for_user(self, obj, user) -> bool:
        """What is submitted changes for nobody until it is decided or taken back."""
        return True

    @classmethod
    def get_description(cls) -> str:
        return str(
            _(
                "The coordinator of the organisation in charge reads it in the portal and hands it on to the next step, or"
                " sends it back with a message."
            )
        )
