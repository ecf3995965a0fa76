"""The read model: what is published, as every page, API door and feed reads it."""

import hashlib
import json
from datetime import datetime
from functools import cached_property

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from catalogue import search
from catalogue.models.network import Network

VERSIONS_KNOWN = 6  # at once: five are shown on the page of a record, and whether there are more


class KindName(models.TextChoices):
    """The contract's words: value of `kind`, collection in addresses, set of OAI-PMH, name of the dump."""

    PRACTICES = "practices", _("Good practices")
    PROJECTS = "projects", _("Projects")
    PROGRAMMES = "programmes", _("Programmes")
    PARTNERS = "partners", _("Partners")
    AREAS = "areas", _("Industrial areas")
    EVENTS = "events", _("Events")
    ACTION_PLANS = "action-plans", _("Action plans")
    ADOPTIONS = "adoptions", _("Adoptions")
    COMMITMENTS = "commitments", _("Commitments")
    LIBRARY = "library", _("Library")


class WithdrawalReason(models.TextChoices):
    """Why a record is no longer there, as the feed tells it."""

    WITHDRAWN = "withdrawn", _("withdrawn by its owner")
    MERGED = "merged", _("merged into another record")
    PERSONAL_DATA = "personal_data", _("removed to protect personal data")
    LEGAL = "legal", _("removed for legal reasons")
    ERROR = "error", _("published by mistake")


class EntryQuerySet(models.QuerySet):
    def visible(self) -> "EntryQuerySet":
        """What the public may see; the only source of every outlet."""
        return self.filter(withdrawn__isnull=True)

    def ours(self) -> "EntryQuerySet":
        return self.filter(network__isnull=True)

    def of_kind(self, kind: str) -> "EntryQuerySet":
        return self.filter(kind=kind)

    def naming(self, uids) -> "EntryQuerySet":
        """Entries whose record points to any of the uids, be they visible or not."""
        return self.filter(pk__in=Reference.objects.filter(target_uid__in=uids).values("source"))

    def with_facet(self, name: str, values) -> "EntryQuerySet":
        """Entries that bear any of the values."""
        return self.filter(pk__in=EntryFacet.objects.filter(name=name, value__in=list(values)).values("entry"))

    def matching(self, words: str) -> "EntryQuerySet":
        """Entries whose texts hold all the words, in any form and in any language; annotated with `relevance`."""
        return search.matching(self, words)

    def coming(self, at: datetime) -> "EntryQuerySet":
        """What has a time and has not ended yet."""
        return self.filter(ends__gt=at)

    def past(self, at: datetime) -> "EntryQuerySet":
        return self.filter(ends__lte=at)

    def with_versions(self) -> "EntryQuerySet":
        """With the number and the day of the latest versions (`Entry.latest_versions`), in the same query."""
        latest = EntryVersion.objects.filter(entry=OuterRef("pk")).exclude(etag="").order_by("-number")
        columns = {
            f"version_{name}_{n}": Subquery(latest.values(name)[n : n + 1])
            for n in range(VERSIONS_KNOWN)
            for name in ("number", "published")
        }
        return self.annotate(**columns)

    def at_slug(self, kind: str, slug: str) -> "Entry | None":
        """The entry of ours that is, or was before its withdrawal, at this address."""
        ours = self.ours().of_kind(kind)
        digest = slug_digest(kind, slug)
        return ours.filter(slug=slug).first() or ours.filter(slug_digest=digest).order_by("-position").first()


class Entry(models.Model):
    """One published, or once published, record of any kind, ours or harvested.

    `document` is the record as the API returns it, in just these bytes; `card` is its short form for lists: the
    contract's envelope and the kind's key facts. Both are JSON texts with root-relative addresses. A withdrawn entry
    keeps kind, uid, a digest of its slug, time and reason, and nothing else. `starts` and `ends` are of what happens at a
    time, such as an event.
    """

    uid = models.UUIDField(_("identity"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KindName)
    network = models.ForeignKey(
        Network, verbose_name=_("network"), null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    slug = models.CharField(_("slug"), max_length=120, blank=True)
    slug_digest = models.CharField(max_length=64, blank=True, db_index=True)
    position = models.BigIntegerField(_("position in the feed"), unique=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    published = models.DateTimeField(_("first published"))
    modified = models.DateTimeField(_("modified"), db_index=True)
    withdrawn = models.DateTimeField(_("withdrawn"), null=True)
    reason = models.CharField(_("reason"), max_length=20, choices=WithdrawalReason, blank=True)
    merged_into = models.UUIDField(_("merged into"), null=True)
    stale_since = models.DateTimeField(_("to be refreshed since"), null=True, db_index=True)
    example = models.BooleanField(_("example"), default=False)
    starts = models.DateTimeField(_("starts"), null=True)
    ends = models.DateTimeField(_("ends"), null=True)
    title_key = models.CharField(max_length=200, blank=True)  # folded original title: the order of lists by title
    etag = models.CharField(max_length=64, blank=True)
    card = models.TextField(blank=True)
    document = models.TextField(blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        indexes = [
            models.Index(fields=["kind", "id"], name="entry_kind_walk"),
            models.Index(fields=["kind", "title_key", "id"], name="entry_kind_title"),
            models.Index(fields=["kind", "modified", "id"], name="entry_kind_modified"),
            models.Index(fields=["kind", "published", "id"], name="entry_kind_published"),
            models.Index(fields=["published", "id"], name="entry_published"),
            models.Index(fields=["kind", "starts", "id"], name="entry_kind_starts"),
            models.Index(fields=["modified", "id"], condition=Q(network__isnull=True), name="entry_ours_modified"),
            models.Index(
                fields=["network", "modified", "id"], condition=Q(network__isnull=False), name="entry_network_modified"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=Q(network__isnull=True, withdrawn__isnull=True),
                name="entry_slug_unique_among_ours",
            ),
            models.UniqueConstraint(
                fields=["kind", "network", "slug"],
                condition=Q(network__isnull=False, withdrawn__isnull=True),
                name="entry_slug_unique_in_its_network",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn__isnull=True, reason="") & ~Q(document="") & ~Q(slug="")
                | Q(withdrawn__isnull=False, document="", card="", slug="", title_key="", etag="")
                & Q(starts__isnull=True, ends__isnull=True)
                & ~Q(reason=""),
                name="entry_is_whole_or_a_tombstone",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False, starts__lte=F("ends")),
                name="entry_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(reason=WithdrawalReason.MERGED, merged_into__isnull=False)
                | ~Q(reason=WithdrawalReason.MERGED) & Q(merged_into__isnull=True),
                name="entry_merged_names_its_successor",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.slug or self.uid}"

    @property
    def url(self) -> str:
        """For ever."""
        return f"/id/{self.uid}/"

    @property
    def is_visible(self) -> bool:
        return self.withdrawn is None

    @cached_property
    def record(self) -> dict:
        """The document, parsed."""
        return json.loads(self.document)

    @cached_property
    def short(self) -> dict:
        """The card, parsed."""
        return json.loads(self.card)

    @property
    def latest_versions(self) -> list[tuple[int, datetime]]:
        """The numbers of the latest, and when each was published; nothing more is asked where they came with the entry."""
        if hasattr(self, "version_number_0"):
            known = [(getattr(self, f"version_number_{n}"), n) for n in range(VERSIONS_KNOWN)]
            return [(number, getattr(self, f"version_published_{n}")) for number, n in known if number]
        versions = self.versions.exclude(etag="").values_list("number", "published")
        return list(versions[:VERSIONS_KNOWN])

    def successor(self) -> "Entry | None":
        """The visible entry in which it goes on after one merge, or after several."""
        entry, met = self, set()
        while entry and entry.merged_into and entry.uid not in met:
            met.add(entry.uid)
            entry = Entry.objects.filter(uid=entry.merged_into).first()
        return entry if entry and entry.is_visible else None


class EntryVersion(models.Model):
    """The document as one human publication left it; append-only, emptied with its entry's withdrawal."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    published = models.DateTimeField()
    etag = models.CharField(max_length=64, blank=True)
    document = models.TextField(blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="version_number_once_per_entry")]

    def __str__(self):
        return f"{self.entry} v{self.number}"

    @property
    def url(self) -> str:
        """For ever, too."""
        return f"{self.entry.url}v/{self.number}/"

    @cached_property
    def record(self) -> dict:
        """The document, parsed."""
        return json.loads(self.document)


class Reference(models.Model):
    """`source` points to `target_uid` by `relation`: the edge list of the graph. The target may be unseen yet."""

    source = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="references")
    target_uid = models.UUIDField(db_index=True)
    relation = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.UniqueConstraint(fields=["source", "target_uid", "relation"], name="reference_stands_once")
        ]

    def __str__(self):
        return f"{self.source} {self.relation} {self.target_uid}"


class EntryFacet(models.Model):
    """A value under which a visible entry is found: country=SI, topic=circular-economy, nuts=SI0, project={uid}."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("facet")
        verbose_name_plural = _("facets")
        constraints = [models.UniqueConstraint(fields=["name", "value", "entry"], name="facet_value_stands_once")]

    def __str__(self):
        return f"{self.name}={self.value}"


class FormerTopic(models.Model):
    """A topic under which an entry was found once and is not any more: it has another now, or was withdrawn.

    Who mirrors a topic alone would otherwise keep it for ever. A code of a closed list tells nothing of what was said.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="former_topics")
    topic = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("former topic")
        verbose_name_plural = _("former topics")
        constraints = [models.UniqueConstraint(fields=["topic", "entry"], name="former_topic_stands_once")]

    def __str__(self):
        return self.topic


class EntryWords(models.Model):
    """The folded words and lemmas of a visible entry. The database keeps its own full-text index of this row."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="words")
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search words")
        verbose_name_plural = _("search words")

    def __str__(self):
        return str(self.entry_id)


class OldSlugManager(models.Manager):
    def at(self, kind: str, slug: str) -> "OldSlug | None":
        return self.filter(kind=kind, slug__in=[slug, slug_digest(kind, slug)]).first()

    def forget(self, uid) -> None:
        """Keep only the digests of a record's former addresses."""
        for former in self.filter(uid=uid).exclude(slug__regex=r"^[0-9a-f]{64}$"):
            former.slug = slug_digest(former.kind, former.slug)
            former.save(update_fields=["slug"])


class OldSlug(models.Model):
    """An address that a record of ours had before; it redirects for ever.

    Once the record is withdrawn only the address's digest is kept.
    """

    kind = models.CharField(max_length=20, choices=KindName)
    slug = models.CharField(max_length=120)
    uid = models.UUIDField()

    objects = OldSlugManager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="old_slug_leads_to_one_record")]

    def __str__(self):
        return f"{self.kind}/{self.slug}"


def slug_digest(kind: str, slug: str) -> str:
    """What a tombstone remembers of its address, so that the address can answer 410."""
    return hashlib.sha256(f"{kind}/{slug}".encode()).hexdigest()
