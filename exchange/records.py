"""One record, its history, and what points to it."""

from functools import cached_property
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from catalogue import kinds
from catalogue.cursors import scope_of
from catalogue.models import Entry, EntryVersion
from catalogue.publication import dumps
from catalogue.relations import pointing_to
from catalogue.serializers import utc
from exchange import parameters, problems
from exchange.doors import Door, joined
from exchange.paging import Page

PAGE_SIZE, MOST = 50, 500


class RecordDoor(Door):
    """A door of one record. Its answers depend on that record alone, if `version` says nothing else."""

    faults = (400, 404, 406, 410)

    @cached_property
    def entry(self) -> Entry:
        """The visible entry, without its texts. Raises Http404, or the problem with the tombstone."""
        uid = self.kwargs["uid"]
        try:
            entry = Entry.objects.of_kind(self.kind).defer("document", "card").get(uid=UUID(uid))
        except (Entry.DoesNotExist, ValueError):
            raise Http404(f"There is no record {parameters.shown(uid)} among the {self.kind}.") from None
        if not entry.is_visible:
            raise problems.withdrawn(entry)
        return entry

    def version(self) -> str:
        """With the etag, as after a restored backup another record may stand at the same position."""
        return f"{self.entry.pk}-{self.entry.position}-{self.entry.etag}"


class RecordDetail(RecordDoor):
    """One record, in just the bytes that its `etag` in the state of the catalogue is made of."""

    operation = "read"
    parameters = (parameters.UID,)

    def body(self) -> str:
        self.asked.only()
        document = Entry.objects.visible().filter(pk=self.entry.pk).values_list("document", flat=True).first()
        if document is None:  # withdrawn since the entry was looked up
            raise problems.withdrawn(Entry.objects.get(pk=self.entry.pk))
        return document

    @property
    def shape(self):
        return kinds.get(self.kind).serializer


class VersionList(RecordDoor):
    """The versions of a record, oldest first: one for each publication by a person."""

    operation = "versions"
    parameters = (
        parameters.UID,
        parameters.page_size(default=PAGE_SIZE, most=MOST, text=_("At most 500.")),
        parameters.CURSOR,
    )
    shape = "VersionList"

    def body(self) -> str:
        size = self.asked.number("page_size", default=PAGE_SIZE, most=MOST)
        page = Page(self, scope=scope_of(self.kind, {"versions of": [str(self.entry.uid)]}))
        self.asked.only("page_size", "cursor")
        # those that a withdrawal emptied are gone, even if the record came back
        rows = self.entry.versions.exclude(document="").values_list("id", "number", "published", "etag", named=True)
        found = page.of(rows, size)
        results = [
            {
                "version": row.number,
                "published": utc(row.published),
                "etag": row.etag,
                "url": f"/api/v1/{self.kind}/{self.entry.uid}/versions/{row.number}/",
            }
            for row in found.rows
        ]
        return f'{page.head(found)},"results":{dumps(results)}}}'


class VersionDetail(RecordDoor):
    """A record as a person published it then; never changes, and goes only with the record."""

    operation = "version"
    parameters = (parameters.UID, parameters.NUMBER)

    def body(self) -> str:
        self.asked.only()
        number = self.kwargs["number"]
        version = EntryVersion.objects.filter(entry=self.entry.pk, number=number).first()
        if version is None:
            raise Http404(f"There is no version {number} of this record.")
        if not version.document:
            raise problems.Problem("withdrawn", f"Version {number} went with an earlier withdrawal of the record.")
        return version.document

    @property
    def shape(self):
        return kinds.get(self.kind).serializer


class Related(RecordDoor):
    """The records of ours that point to this one, each with the name of the relation, in their short form."""

    operation = "related"
    parameters = (
        parameters.UID,
        parameters.KIND,
        parameters.page_size(default=PAGE_SIZE, most=MOST, text=_("At most 500.")),
        parameters.CURSOR,
    )
    shape = "RelatedList"

    def version(self) -> str:
        """What points here may change without the record: anything that is published counts."""
        return f"{self.entry.pk}-{self.state}"

    def body(self) -> bytes:
        size = self.asked.number("page_size", default=PAGE_SIZE, most=MOST)
        asked_kinds = self.asked.kinds()
        filters = {"related to": [str(self.entry.uid)], "kind": asked_kinds}
        page = Page(self, scope=scope_of(self.kind, filters))
        self.asked.only("kind", "page_size", "cursor", repeated="kind")
        references = pointing_to(self.entry.uid).filter(source__in=Entry.objects.ours())
        if asked_kinds:
            references = references.filter(source__kind__in=asked_kinds)
        rows = references.values_list("id", "relation", "source__card", named=True)
        found = page.of(rows, size)
        results = (f'{{"relation":{dumps(row.relation)},"record":{row[-1]}}}' for row in found.rows)
        return joined(f'{page.head(found)},"results":[', results, "]}")
