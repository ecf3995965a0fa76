"""Records with boring defaults, and the shortest way to publish them.

    practice = publish(GoodPracticeFactory(organisation_in_charge=OrganisationFactory()))
    practice = republish(practice, title={"en": "A better title"})

A factory saves a draft; only `publish` makes it public. Texts stand in English and Slovenian.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import factory
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from catalogue import publication
from catalogue.models import CatalogueState, Entry, EntryFacet, Network
from catalogue.models.entry import slug_digest
from catalogue.places import place
from catalogue.search import fold
from catalogue.serializers import utc
from partners.models import Membership, Organisation
from practices.models import (
    AttachedFile,
    Attachment,
    BuildingBlock,
    Evidence,
    GoodPractice,
    Photo,
    PracticeImage,
    PracticeLink,
)
from projects.models import Participation, Programme, Project, ProjectIndicator, ProjectIndicatorValue, Result

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
BARE = '{"title":{"en":"Bare"},"url":"/id/bare/"}'
PASSWORD = "correct horse battery staple"  # of every user made here


def texts(en: str, sl: str) -> dict[str, str]:
    return {"en": en, "sl": sl}


# Publishing


def publish(record, *, by=None):
    """Save a revision and publish it, as an approval does; returns the same instance as its rows now are."""
    record.save_revision(user=by).publish(user=by)
    return reread(record)


def republish(record, *, by=None, **changes):
    """Edit and publish."""
    for name, value in changes.items():
        setattr(record, name, value)
    return publish(record, by=by)


def withdraw(record, **told):
    """Take a record from the public; `told` is a reason, or a record that it was merged into."""
    record.unpublish(**told)
    return reread(record)


def reread(record):
    """The instance with everything it remembers thrown away, children included."""
    fresh = type(record).objects.get(pk=record.pk)
    record.__dict__.clear()
    record.__dict__.update(fresh.__dict__)
    return record


# People


class UserFactory(factory.django.DjangoModelFactory):
    """`UserFactory(role=User.Role.REVIEWER)`, `UserFactory(member_of=organisation)`; the password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    first_name = "Maja"
    last_name = factory.Sequence(lambda number: f"Novak {number}")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return model_class.objects.create_user(*args, **fields)

    @factory.post_generation
    def role(user, create, role, **options):
        if role:
            user.groups.add(Group.objects.get_or_create(name=role)[0])

    @factory.post_generation
    def member_of(user, create, organisation, **options):
        if organisation:
            MembershipFactory(user=user, organisation=organisation)


class AdminFactory(UserFactory):
    first_name = "Ana"
    is_staff = True
    is_superuser = True


# Records


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name_original = factory.Sequence(lambda number: f"Razvojna agencija {number}")
    name_english = factory.Sequence(lambda number: f"Development Agency {number}")
    original_language = "sl"
    description = texts("Helps firms and towns.", "Pomaga podjetjem in mestom.")
    partner_type = "sectoral_agency"
    country = "SI"
    town = "Ptuj"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence(lambda number: texts(f"Programme {number}", f"Program {number}"))
    acronym = factory.Sequence(lambda number: f"PROG {number}")
    description = texts("Pays for cooperation.", "Plačuje sodelovanje.")
    period = "2007-2013"
    strand = "B"


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    acronym = factory.Sequence(lambda number: f"PROJ {number}")
    title = factory.Sequence(lambda number: texts(f"Project {number}", f"Projekt {number}"))
    summary = texts("What towns learned together.", "Kaj so se mesta skupaj naučila.")
    type = "international"
    status = "finished"
    topics = ["circular-economy"]
    places = [place("SI", town="Ptuj")]


class PartFactory(factory.django.DjangoModelFactory):
    """Parts stand in the order in which they were made."""

    class Meta:
        abstract = True

    sort_order = factory.Sequence(lambda number: number)


class ParticipationFactory(PartFactory):
    class Meta:
        model = Participation

    project = factory.SubFactory(ProjectFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    name_as_printed = "RA Ptuj"
    country = "SI"
    country_as_printed = "Slovenija"


class ResultFactory(PartFactory):
    class Meta:
        model = Result

    project = factory.SubFactory(ProjectFactory)
    text = texts("A handbook was written.", "Napisan je bil priročnik.")


class IndicatorFactory(PartFactory):
    class Meta:
        model = ProjectIndicator

    project = factory.SubFactory(ProjectFactory)
    name = texts("Towns advised", "Mesta, ki so dobila nasvet")
    target = 20


class IndicatorValueFactory(PartFactory):
    class Meta:
        model = ProjectIndicatorValue

    indicator = factory.SubFactory(IndicatorFactory)
    year = 2007
    value = 21


class GoodPracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GoodPractice

    title = factory.Sequence(lambda number: texts(f"Practice {number}", f"Praksa {number}"))
    summary = texts("What the area did.", "Kaj je območje naredilo.")
    problem_and_context = texts("The area stood half empty.", "Območje je bilo napol prazno.")
    how_it_works = texts("One office answers all questions.", "Ena pisarna odgovarja na vsa vprašanja.")
    stakeholders_and_beneficiaries = texts("Firms of the area.", "Podjetja na območju.")
    status = "running"
    topics = ["area-management-and-governance"]
    places = [place("SI", town="Ptuj")]


class PhotoFactory(factory.django.DjangoModelFactory):
    """The row alone; the file is written by `practices.photos`."""

    class Meta:
        model = Photo

    digest = factory.Sequence(lambda number: hashlib.sha256(str(number).encode()).hexdigest())
    width = 1600
    height = 1200


class PracticeImageFactory(PartFactory):
    class Meta:
        model = PracticeImage

    practice = factory.SubFactory(GoodPracticeFactory)
    photo = factory.SubFactory(PhotoFactory)
    alt = texts("A street with trees", "Ulica z drevesi")


class BuildingBlockFactory(PartFactory):
    class Meta:
        model = BuildingBlock

    practice = factory.SubFactory(GoodPracticeFactory)
    title = texts("One name on the door", "Eno ime na vratih")
    description = texts("A single person answers.", "Odgovarja en sam človek.")


class EvidenceFactory(PartFactory):
    class Meta:
        model = Evidence

    practice = factory.SubFactory(GoodPracticeFactory)
    indicator = texts("Firms advised", "Podjetja, ki so dobila nasvet")
    value = 41
    unit = texts("firms", "podjetij")
    year = 2020


class PracticeLinkFactory(PartFactory):
    class Meta:
        model = PracticeLink

    practice = factory.SubFactory(GoodPracticeFactory)
    title = texts("The handbook", "Priročnik")
    url = "https://handbook.example/"


class AttachedFileFactory(factory.django.DjangoModelFactory):
    """The row alone; the file is written by `practices.attachments`."""

    class Meta:
        model = AttachedFile

    format = "pdf"
    size = 1000


class AttachmentFactory(PartFactory):
    class Meta:
        model = Attachment

    practice = factory.SubFactory(GoodPracticeFactory)
    file = factory.SubFactory(AttachedFileFactory)
    title = texts("The contract", "Pogodba")


# Entries without records: harvested ones, and many at once


class NetworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Network

    slug = factory.Sequence(lambda number: f"network-{number}")
    name = factory.Sequence(lambda number: f"Network {number}")
    homepage = "https://network.example/"


def harvested_entry(network: Network, **changes) -> Entry:
    """A practice that another network sent: a whole document (`changes` go into it), with facets and words."""
    uid = uuid.uuid4()
    with transaction.atomic():
        position, modified = CatalogueState.objects.advance()
        document = publication.render_draft(GoodPracticeFactory.build(uid=uid, slug=str(uid)))
        document |= {"published": utc(modified), "modified": utc(modified), **changes}
        text = publication.dumps(document)
        entry = Entry.objects.create(
            uid=uid,
            kind="practices",
            network=network,
            slug=str(uid),
            slug_digest=slug_digest("practices", str(uid)),
            position=position,
            published=modified,
            modified=modified,
            title_key=fold(document["title"]["en"]),
            etag=publication.etag_of(text),
            card=publication.dumps(publication.card_of(document)),
            document=text,
        )
        publication.index(entry)
    return entry


def bare_entries(number: int, *, facets: Callable[[int], Iterable[tuple[str, str]]] = lambda index: (), **fields):
    """Many rows at once, with facets but hardly a document; `fields` may be functions of the index, from 0."""
    with transaction.atomic():
        state = CatalogueState.objects.lock()
        start = state.position
        state.position += number
        state.save()

    def own(index: int) -> dict:
        return {name: value(index) if callable(value) else value for name, value in fields.items()}

    entries = Entry.objects.bulk_create(
        Entry(
            **{
                "uid": uuid.uuid4(),
                "kind": "practices",
                "slug": f"entry-{start + index}",
                "position": start + index + 1,
                "published": BEGINNING + timedelta(seconds=start + index),
                "modified": BEGINNING + timedelta(seconds=start + index),
                "title_key": f"entry {start + index:06}",
                "etag": publication.etag_of(BARE),
                "card": BARE,
                "document": BARE,
            }
            | own(index)
        )
        for index in range(number)
    )
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, name=name, value=value)
        for index, entry in enumerate(entries)
        for name, value in facets(index)
    )
    return entries
