"""The abstract base of everything that the portal publishes."""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User
from catalogue import addresses, email_addresses, origins, publication, record_log
from catalogue.children import Part, number_parts, restored_parts
from catalogue.codes import Licence, Topic
from catalogue.fields import CodeListField, LengthPerLanguage, text_or_none, validate_words
from catalogue.locking import in_publication
from catalogue.models import Entry, Reference, TextOrigin, WithdrawalReason
from catalogue.places import place
from catalogue.problems import Problem
from catalogue.texts import Text

NO_EMAIL_ADDRESSES = _(
    "An e-mail address stands here, and everybody could read it. Please take it out; a name is enough."
)


class RecordsAreWithdrawn(Exception):
    """Something tried to delete a published record, or to change past the choke point whether it is published."""


class RecordQuerySet(models.QuerySet):
    def with_parts(self) -> "RecordQuerySet":
        """Everything that a document shows, in a fixed number of queries; kinds with parts override it."""
        return self

    # Who may do what in the portal's own pages (`catalogue.reviewing`): nobody, unless the kind says so.

    def editable_by(self, user) -> "RecordQuerySet":
        """Whose drafts she may change."""
        return self.none()

    def removable_by(self, user) -> "RecordQuerySet":
        """What she may withdraw, or delete while nobody has read it."""
        return self.none()

    def reviewable_by(self, user) -> "RecordQuerySet":
        """What waits for her decision."""
        return self.none()

    def with_hold(self) -> "RecordQuerySet":
        """`is_held`: it is under review, locked, or waits for its time, so that a lock has to be looked for."""
        rows = {
            "base_content_type": ContentType.objects.get_for_model(self.model),
            "object_id": Cast(OuterRef("pk"), models.CharField()),
        }
        reviews = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, **rows)
        scheduled = Revision.objects.filter(approved_go_live_at__isnull=False, **rows)
        return self.annotate(is_held=Q(locked=True) | Exists(reviews) | Exists(scheduled))

    def never_public(self) -> "RecordQuerySet":
        """Drafts of what nobody has read yet; the rest is withdrawn, never deleted."""
        return self.filter(live=False, first_published_at=None)

    def update(self, **values):
        """Refuses the fields that only publishing may change: the catalogue would not hear of it."""
        if {"live", "live_revision", "live_revision_id", "uid"} & set(values):
            raise RecordsAreWithdrawn("Use publish() and unpublish(): the catalogue must follow.")
        return super().update(**values)

    def update_ledger(self, **values) -> int:
        """Writes ledger fields, which do not travel in revisions."""
        unknown = set(values) - set(self.model.ledger_fields)
        if unknown:
            raise ValueError(f"Not in the ledger of {self.model.__name__}: {', '.join(sorted(unknown))}")
        return super().update(**values)

    def delete(self):
        with transaction.atomic():
            if self.filter(live=True).exists():
                raise RecordsAreWithdrawn("Published records are withdrawn or merged, never deleted.")
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class Record(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A record with drafts, revisions, review and a place in the catalogue.

    Every field is *content*, which travels in revisions, or *ledger*, which does not: publishing an older draft must
    not bring back an older owner. Each model lists both, and a test fails when a field is in neither list.
    """

    uid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True, null=True, blank=True, editable=False)
    original_language = models.CharField(
        _("original language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_4)
    topics = CodeListField(_("topics"), codes=Topic)
    keywords = models.JSONField(_("keywords"), default=list, blank=True, validators=[validate_words])
    source_notes = models.JSONField(
        _("notes on sources"),
        default=list,
        blank=True,
        help_text=_("A list of {field, document, line, note}."),
    )
    example = models.BooleanField(_("example"), default=False, help_text=_("Invented, to show how the portal works."))
    created = models.DateTimeField(_("created"), auto_now_add=True)
    saved = models.DateTimeField(_("last saved"), auto_now=True)
    live = models.BooleanField(verbose_name=_("live"), default=False, editable=False)

    objects = RecordQuerySet.as_manager()
    reviewed_in_portal = False  # else its review is none of Wagtail's admin
    organisation_field = ""  # leads to the organisation that answers for it, where it is another record
    links_are_looked_at = False  # whether the pages that it names are still there
    untitled = _("Untitled")  # what it is called before it has a title
    texts_in_document: Mapping[str, str] = {}  # where a text is called otherwise there: `results.text` → what

    base_content_fields = ("original_language", "licence", "topics", "keywords", "source_notes", "example")
    base_ledger_fields = ("uid", "slug", "created", "saved")
    content_fields: tuple[str, ...] = ()
    ledger_fields: tuple[str, ...] = base_ledger_fields

    class Meta:
        abstract = True

    def __str__(self):
        return self.title_map.in_language(get_language() or "en", self.original_language).text or str(self.untitled)

    # What the envelope shows; kinds with other names for these override them.

    @property
    def title_map(self) -> Text:
        return Text(self.title)

    @property
    def summary_map(self) -> Text:
        return Text(self.summary)

    @property
    def slug_text(self) -> str:
        """What the address is made of: the acronym where there is one, else the title in the original language."""
        return getattr(self, "acronym", "") or self.title_map.in_language(self.original_language).text

    @property
    def place_list(self) -> list[dict]:
        return [place(**known) for known in self.places]

    def is_answered_for_by(self, user) -> bool:
        """Whether what she submits is checked by that."""
        return False

    @property
    def entry(self) -> Entry | None:
        return Entry.objects.filter(uid=self.uid).first()

    @property
    def was_public(self) -> bool:
        """It is withdrawn, never deleted."""
        return self.live or self.first_published_at is not None

    def missing_for_publication(self) -> list[str]:
        """Names of the fields without which the record cannot be published."""
        return [] if text_or_none(self.title_map) else ["title"]

    def telling_email_addresses(self) -> list[str]:
        """Names of the fields, parts among them, in which an e-mail address stands: none may be published."""
        content = {name: value for name, value in self.serializable_data().items() if name not in self.ledger_fields}
        return [name for name, value in content.items() if email_addresses.tells_one(value)]

    def texts_too_long(self) -> dict[str, ValidationError]:
        """Field → what is wrong; a draft may be longer."""
        found = {}
        for field in self._meta.fields:
            if getattr(field, "limit", None):
                try:
                    LengthPerLanguage(field.limit)(getattr(self, field.attname))
                except ValidationError as fault:
                    found[field.name] = fault
        return found

    def faults(self) -> dict[str, object]:
        """Field → why the record cannot be published as it stands."""
        found = dict.fromkeys(self.missing_for_publication(), _("Needed for publication."))
        found |= dict.fromkeys(self.telling_email_addresses(), NO_EMAIL_ADDRESSES)
        return found | self.texts_too_long()

    def problems(self) -> list[Problem]:
        """What keeps the draft from being reviewed, in the order of the form; kinds may ask for more."""
        return [
            Problem(name, message)
            for name, fault in self.faults().items()
            for message in ValidationError(fault).messages
        ]

    def advice(self) -> list[Problem]:
        """What could be better, and keeps nobody from submitting it; kinds may have more of it."""
        return [*addresses.advice_on_links(self)] if self.links_are_looked_at else []

    def latest_draft(self) -> "Record":
        """The record as it was last saved; the row itself holds the first draft, later what is published."""
        revision = self.latest_revision if self.has_unpublished_changes else None
        return self.with_content_json(revision.content) if revision else self

    def draft_to_write(self) -> "Record":
        """The latest draft as an instance of its own: what is written into it, the record is none of."""
        draft = self.latest_draft()
        return self.with_content_json(self.row_content) if draft is self else draft

    @cached_property
    def row_content(self) -> dict:
        """What a revision of the row would hold."""
        return json.loads(json.dumps(self.serializable_data(), cls=DjangoJSONEncoder))

    def save_revision(
        self,
        user=None,
        *args,
        clean=True,
        by_machine: Collection[origins.Place] = (),
        read: Collection[origins.Place] = (),
        **kwargs,
    ):
        """As Wagtail's, the parts numbered in the order in which they stand; what a text does not bring is not checked. It is
        noted from which original each translation was made; `by_machine`: which of them a machine did, by path and language;
        `read`: which of a machine's a person has read and found right.

        Wagtail's index of references is made from the row and its parts, of which a draft changes nothing.
        """
        number_parts(self)
        if clean:
            self.full_clean(exclude={*self.ledger_fields, "latest_revision", "live_revision"})
        with transaction.atomic(savepoint=False), disable_reference_index_auto_update():
            former = self.latest_revision
            revision = super().save_revision(user, *args, clean=False, **kwargs)
            origins.note_saved(self, former, revision, by=user, by_machine=by_machine, read=read)
        return revision

    # The choke point. Everything that publishes or withdraws comes through these two.

    @in_publication
    def publish(self, revision, user=None, *args, **kwargs):
        """As Wagtail's, under the catalogue's lock, from rows read after it was taken; the entry follows at once.

        Raises ValidationError when something is missing without which there could be no page, when a text is longer than
        its field allows, or when an e-mail address would become public.
        """
        fresh = type(self).objects.get(pk=self.pk)
        revision = Revision.objects.get(pk=revision.pk)
        wanted = revision.as_object()
        if faults := wanted.faults():
            raise ValidationError(faults)
        super(Record, fresh).publish(revision, user, *args, **kwargs)
        publication.sync(fresh)
        self._follow()

    @in_publication
    def unpublish(
        self,
        set_expired=False,
        commit=True,
        user=None,
        log_action="catalogue.withdraw",
        *,
        reason: str = WithdrawalReason.WITHDRAWN,
        merged_into: uuid.UUID | None = None,
    ):
        """Withdraws the record; permissions are the caller's matter, as Wagtail's own check fails on snippets."""
        fresh = type(self).objects.get(pk=self.pk)
        was_live = fresh.live
        UnpublishAction(fresh, set_expired=set_expired, commit=commit, user=user, log_action=False).execute(
            skip_permission_checks=True
        )
        if was_live and log_action:
            why = {"reason": str(reason)} | ({"merged_into": str(merged_into)} if merged_into else {})
            record_log.note(fresh, log_action if isinstance(log_action, str) else "wagtail.unpublish", by=user, **why)
        publication.sync(fresh, reason=reason, merged_into=merged_into)
        self._follow()

    def _follow(self) -> None:
        """This instance, too, knows what happened to its row."""
        state = type(self).objects.filter(pk=self.pk).values(*_FOLLOWED).get()
        for name, value in state.items():
            setattr(self, name, value)

    def with_content_json(self, content):
        """A revision brings content only; the ledger stays as the row has it."""
        of_the_row = {*self.ledger_fields, "latest_revision", "live_revision"}
        restored = super().with_content_json({name: content[name] for name in content.keys() - of_the_row})
        restored.live_revision_id = self.live_revision_id  # by it Wagtail knows that something is public meanwhile
        for name in self.ledger_fields:
            field = self._meta.get_field(name)
            setattr(restored, field.attname, getattr(self, field.attname))
        return restored

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """As modelcluster's, with few queries however many parts there are; parts with parts have their own way."""
        relations = {relation.get_accessor_name(): relation for relation in get_all_child_relations(cls)}
        plain = [
            name
            for name, relation in relations.items()
            if name in data and not issubclass(relation.related_model, ClusterableModel)
        ]
        record = super().from_serializable_data(
            {name: value for name, value in data.items() if name not in plain}, check_fks, strict_fks
        )
        for name in plain if record else ():
            setattr(record, name, restored_parts(relations[name], data[name]))
        return record

    @property
    def form_place(self) -> str:
        """Under which place the working copies of its own form stand (`catalogue.drafting.desk`)."""
        return ""

    def its_writers(self) -> Iterable[User]:
        """Those whose work it is, whoever else may write it."""
        return ()

    def tell_of_deletion(self, others: Iterable[User], *, typed: Collection[int], by: User, reason: str) -> None:
        """That their draft is about to go; `typed` are the keys of those who had typed into it and not saved."""

    @property
    def may_be_deleted(self) -> bool:
        """Begun by mistake: never public, held by nobody, and nothing else points to it."""
        return not (self.was_public or self.get_lock() or self._is_named())

    def _is_named(self) -> bool:
        if Reference.objects.filter(target_uid=self.uid).exists():
            return True
        naming = (relation for relation in self._meta.get_fields(include_hidden=True) if _names_a_record(relation))
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self.pk}).exists()
            for relation in naming
        )

    def delete(self, *args, **kwargs):
        if self.was_public or Entry.objects.filter(uid=self.uid).exists():
            raise RecordsAreWithdrawn("Published records are withdrawn or merged, never deleted.")
        TextOrigin.objects.of([self.uid]).delete()
        return super().delete(*args, **kwargs)

    # Previews draw the public page from the draft.

    def get_preview_template(self, request, mode_name):
        from catalogue import kinds

        return kinds.of(self).template

    def get_preview_context(self, request, mode_name):
        from catalogue.reading import page_context

        return super().get_preview_context(request, mode_name) | page_context(publication.render_draft(self))


def _names_a_record(relation) -> bool:
    """Of a model's relations: whether another model points here by it, be it with a part of a part."""
    if not isinstance(relation, models.ForeignObjectRel) or relation.one_to_one:
        return False
    model = relation.related_model
    # what is its own goes with it: its parts, its photos
    is_own = isinstance(relation.field, ParentalKey) or model._meta.auto_created
    return not is_own and (relation.one_to_many or issubclass(model, Record | Part))


_FOLLOWED = (
    "live",
    "slug",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "live_revision_id",
    "latest_revision_id",
    "expired",
    "go_live_at",
    "expire_at",
)
