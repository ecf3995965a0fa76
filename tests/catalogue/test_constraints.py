"""What the database refuses, whoever writes to it. Every constraint of our own has its failing insert here."""

from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from accounts.models import User
from catalogue.models import (
    CatalogueState,
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    Network,
    OldSlug,
    Reference,
)
from operations.models import Heartbeat
from partners.models import Membership
from practices.models import GoodPractice, Photo
from tests.factories import (
    BEGINNING,
    GoodPracticeFactory,
    MembershipFactory,
    NetworkFactory,
    PhotoFactory,
    ProjectFactory,
    UserFactory,
    bare_entries,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

OUR_APPS = [name for name in settings.INSTALLED_APPS if (settings.BASE_DIR / name).is_dir()]


def entry(**fields):
    return bare_entries(1, **fields)[0]


def tombstone(**fields):
    emptied = dict.fromkeys(["slug", "title_key", "etag", "card", "document"], "")
    return entry(**emptied | {"withdrawn": BEGINNING, "reason": "withdrawn"} | fields)


def two_of_ours_at_one_address():
    entry(slug="same")
    entry(slug="same")


def two_of_a_network_at_one_address():
    network = NetworkFactory()
    entry(slug="same", network=network)
    entry(slug="same", network=network)


def twice(make):
    make()
    make()


REFUSED = {
    "entry_slug_unique_among_ours": [two_of_ours_at_one_address],
    "entry_slug_unique_in_its_network": [two_of_a_network_at_one_address],
    "entry_is_whole_or_a_tombstone": [
        lambda: entry(document=""),
        lambda: entry(slug=""),
        lambda: entry(reason="legal"),
        lambda: entry(withdrawn=BEGINNING, reason="withdrawn"),
        lambda: tombstone(reason=""),
        lambda: tombstone(withdrawn=None),
        lambda: tombstone(document="{}"),
        lambda: tombstone(card="{}"),
        lambda: tombstone(slug="still-there"),
        lambda: tombstone(title_key="still there"),
        lambda: tombstone(etag="0"),
    ],
    "entry_merged_names_its_successor": [
        lambda: tombstone(reason="merged"),
        lambda: tombstone(merged_into="0f0e0d0c-0b0a-4908-8706-050403020100"),
        lambda: entry(merged_into="0f0e0d0c-0b0a-4908-8706-050403020100"),
    ],
    "version_number_once_per_entry": [
        lambda: [EntryVersion.objects.create(entry=of, number=1, published=BEGINNING) for of in [entry()] * 2]
    ],
    "reference_stands_once": [
        lambda: [Reference.objects.create(source=of, target_uid=of.uid, relation="project") for of in [entry()] * 2]
    ],
    "facet_value_stands_once": [
        lambda: [EntryFacet.objects.create(entry=of, name="country", value="SI") for of in [entry()] * 2]
    ],
    "old_slug_leads_to_one_record": [
        lambda: [OldSlug.objects.create(kind="practices", slug="old", uid=of.uid) for of in bare_entries(2)]
    ],
    "network_slug_all_means_every_network": [lambda: NetworkFactory(slug="all")],
    "catalogue_has_one_state": [lambda: CatalogueState.objects.create(pk=2)],
    "membership_once_per_organisation": [
        lambda: [MembershipFactory(user=first.user, organisation=first.organisation) for first in [MembershipFactory()]]
    ],
    "user_email_unique_in_any_case": [
        lambda: [User.objects.create(email=email) for email in ("maja@example.org", "Maja@Example.org")]
    ],
    "project_starts_before_it_ends": [lambda: ProjectFactory(start=date(2026, 2, 1), end=date(2026, 1, 1))],
}


def constraints_of_our_own():
    models = [model for name in OUR_APPS for model in apps.get_app_config(name).get_models()]
    return {constraint.name for model in models for constraint in model._meta.constraints}


def test_every_constraint_is_proven_here():
    assert set(REFUSED) == constraints_of_our_own()


@pytest.mark.parametrize(
    ("name", "insert"), [(name, insert) for name, inserts in REFUSED.items() for insert in inserts]
)
def test_the_database_refuses(name, insert):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        insert()

    assert name in str(refusal.value) or "UNIQUE constraint failed" in str(refusal.value)


@pytest.mark.parametrize(
    "insert",
    [
        lambda: twice(lambda: entry(uid="0f0e0d0c-0b0a-4908-8706-050403020100")),
        lambda: twice(lambda: entry(position=1_000_000)),
        lambda: twice(lambda: NetworkFactory(slug="same")),
        lambda: twice(lambda: GoodPracticeFactory(uid="0f0e0d0c-0b0a-4908-8706-050403020100")),
        lambda: twice(lambda: GoodPracticeFactory(slug="same")),
        lambda: twice(lambda: PhotoFactory(digest="0" * 64)),
        lambda: twice(lambda: UserFactory(email="maja@example.org")),
        lambda: twice(lambda: Heartbeat.objects.create(work="same", began=now())),
        lambda: [EntryWords.objects.create(entry=of) for of in [entry()] * 2],
    ],
)
def test_the_database_refuses_a_second_one(insert):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert()


@pytest.mark.parametrize("insert", [tombstone, entry, lambda: tombstone(reason="merged", merged_into="0" * 32)])
def test_what_is_whole_or_a_tombstone_is_taken(insert):
    assert insert().pk is not None


def test_a_withdrawn_entrys_address_is_free_and_drafts_have_none():
    tombstone()
    tombstone()
    GoodPracticeFactory.create_batch(2, slug=None)

    assert (Entry.objects.count(), GoodPractice.objects.count()) == (2, 2)


def test_a_network_with_entries_is_not_deleted():
    network = NetworkFactory()
    entry(network=network)

    with pytest.raises(IntegrityError), transaction.atomic():
        network.delete()

    assert (Network.objects.count(), Membership.objects.count(), Photo.objects.count()) == (1, 0, 0)
