"""What the database refuses, whoever writes to it. Every constraint of our own has its failing insert here."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from wagtail.models import Locale

from accounts.models import Consent, SpokenLanguage, User
from catalogue.models import (
    CatalogueState,
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    FormerTopic,
    Network,
    OldSlug,
    Reference,
    TextOrigin,
    WorkingCopy,
)
from events.models import WorkshopPage
from exchange.models import Delivery
from feedback.models import Suggestion
from notices.models import Digest, Notification, Undeliverable
from operations.models import AuditEntry, Heartbeat, LinkCheck
from pages.models import FooterColumn, FooterLink, Menu, MenuSection, MenuSectionItem, SiteState
from partners.models import Membership
from practices.models import CoAuthor, GoodPractice, Photo
from reviews.models import Criterion
from tests.actionplans.factories import FundingFactory, LocalActionPlanFactory, MeasureFactory
from tests.catalogue.unlawful import (
    called_twice,
    client_key,
    comment,
    dump_file,
    endpoint,
    network_client,
    opinion,
    outside,
    proposed_twice,
    ready_dump_file,
    score,
    translation_asked,
    translation_asked_twice,
    twice,
    twice_outside,
    two_assessments_of_one_person,
    two_at_one_address,
    two_by_hand_that_wait,
    two_keys_in_one_slot,
    two_opinions,
    two_reminders_of_changes,
    two_reminders_of_decisions,
    two_scores_by_one_criterion,
    two_that_wait,
    used_twice_a_day,
)
from tests.events.factories import AgendaItemFactory, EventFactory
from tests.events.workshop_pages import page_of
from tests.factories import (
    BEGINNING,
    GoodPracticeFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    PhotoFactory,
    ProjectFactory,
    UserFactory,
    bare_entries,
)
from tests.library.factories import ChapterFactory, LibraryItemFactory
from tests.pages.factories import home
from tests.partners.factories import IndustrialAreaFactory, InvitationFactory, JoinRequestFactory
from tests.practices.factories import CoAuthorInvitationFactory

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]

OUR_APPS = [name for name in settings.INSTALLED_APPS if (settings.BASE_DIR / name).is_dir()]


def entry(**fields):
    return bare_entries(1, **fields)[0]


def working_copy(person):
    return WorkingCopy.objects.create(
        person=person, kind="practices", record="0" * 32, stamp=str(uuid4()), saved_at=now()
    )


def text_origin(**fields):
    known = {"uid": "0" * 32, "path": "title", "language": "sl", "source_language": "en"}
    return TextOrigin.objects.create(**known | {"text_hash": "a" * 64, "source_hash": "b" * 64} | fields)


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


def two_pages_of_an_event_in_one_language():
    """Nothing but the row itself can say so."""
    event = EventFactory()
    page_of(event)
    WorkshopPage.objects.filter(pk=page_of(EventFactory()).pk).update(event=event)


def notice(**fields) -> Notification:
    return Notification.objects.create(**{"recipient": UserFactory(), "kind": "asked", "path": "my/"} | fields)


def agreed(**fields) -> Consent:
    return Consent.objects.create(
        **{"user": fields.pop("user", None) or UserFactory(), "purpose": "terms", "text_version": "1"} | fields
    )


def speaks_twice():
    user = UserFactory()
    twice(lambda: SpokenLanguage.objects.create(user=user, language="sl"))


def two_open_consents():
    user = UserFactory()
    twice(lambda: agreed(user=user))


def suggestion(**fields) -> Suggestion:
    known = {"about_kind": "practices", "about_uid": uuid4(), "version": 1, "language": "en", "text": "It has moved."}
    return Suggestion.objects.create(**known | fields)


def menu() -> Menu:
    return Menu.objects.create(locale=Locale.get_default())


def leading_to_two_places() -> dict:
    return {"label": "About us", "page": home(), "address": "/en/practices/"}


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
        lambda: tombstone(starts=BEGINNING, ends=BEGINNING),
    ],
    "entry_begins_before_it_ends": [
        lambda: entry(starts=BEGINNING, ends=BEGINNING - timedelta(seconds=1)),
        lambda: entry(starts=BEGINNING),
        lambda: entry(ends=BEGINNING),
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
    "former_topic_stands_once": [
        lambda: [FormerTopic.objects.create(entry=of, topic="circular-economy") for of in [entry()] * 2]
    ],
    "old_slug_leads_to_one_record": [
        lambda: [OldSlug.objects.create(kind="practices", slug="old", uid=of.uid) for of in bare_entries(2)]
    ],
    "network_slug_all_means_every_network": [lambda: NetworkFactory(slug="all")],
    "one_working_copy_a_person": [lambda: [working_copy(of) for of in [UserFactory()] * 2]],
    "each_origin_known_once": [lambda: [text_origin() for _again in range(2)]],
    "a_translation_is_in_another_language": [lambda: text_origin(source_language="sl")],
    "text_origin_state": [lambda: text_origin(state="guessed")],
    "catalogue_has_one_state": [lambda: CatalogueState.objects.create(pk=2)],
    "membership_once_per_organisation": [
        lambda: [MembershipFactory(user=first.user, organisation=first.organisation) for first in [MembershipFactory()]]
    ],
    "membership_one_coordinator": [
        lambda: [MembershipFactory(organisation=of, role="coordinator") for of in [OrganisationFactory()] * 2]
    ],
    "join_request_open_once": [
        lambda: [
            JoinRequestFactory(user=first.user, organisation=first.organisation) for first in [JoinRequestFactory()]
        ]
    ],
    "join_request_is_decided_at_a_time": [
        lambda: JoinRequestFactory(outcome="accepted"),
        lambda: JoinRequestFactory(decided=now()),
    ],
    "invitation_pending_once": [
        lambda: [InvitationFactory(organisation=of, email="maja@example.org") for of in [OrganisationFactory()] * 2]
    ],
    "invitation_lasts": [lambda: InvitationFactory(expires=now() - timedelta(days=1))],
    "invitation_ends_in_one_way": [
        lambda: InvitationFactory(accepted=now(), revoked=now()),
        lambda: InvitationFactory(accepted=now(), declined=now()),
        lambda: InvitationFactory(declined=now(), revoked=now()),
    ],
    "co_author_once": [
        lambda: [
            CoAuthor.objects.create(practice=of, user=user)
            for of, user in [(GoodPracticeFactory(), UserFactory())]
            for _twice in range(2)
        ]
    ],
    "co_author_invitation_pending_once": [
        lambda: [CoAuthorInvitationFactory(practice=of, email="maja@example.org") for of in [GoodPracticeFactory()] * 2]
    ],
    "co_author_invitation_lasts": [lambda: CoAuthorInvitationFactory(expires=now() - timedelta(days=1))],
    "co_author_invitation_ends_in_one_way": [lambda: CoAuthorInvitationFactory(accepted=now(), revoked=now())],
    "outside_review_pending_once": [lambda: twice_outside(email="maja@example.org")],
    "outside_review_lasts": [lambda: outside(expires=now() - timedelta(days=1))],
    "outside_review_ends_in_one_way": [lambda: outside(declined=now(), revoked=now())],
    "outside_review_once_per_person": [lambda: twice_outside(accepted=now())],
    "outside_review_begins_when_accepted": [lambda: outside(given=now()), lambda: outside(reviewer=UserFactory())],
    "user_email_unique_in_any_case": [
        lambda: [User.objects.create(email=email) for email in ("maja@example.org", "Maja@Example.org")]
    ],
    "notification_says_what_and_where": [lambda: notice(kind=""), lambda: notice(path="")],
    "notification_is_about_a_record_or_none": [
        lambda: notice(about_kind="practices"),
        lambda: notice(about_uid="0f0e0d0c-0b0a-4908-8706-050403020100"),
    ],
    "undeliverable_says_why": [lambda: Undeliverable.objects.create(digest="0" * 64, since=now())],
    "digest_once_a_day": [
        lambda: [Digest.objects.create(recipient=of, day=date(2026, 5, 3)) for of in [UserFactory()] * 2]
    ],
    "area_has_no_more_free_land_than_land": [lambda: IndustrialAreaFactory(hectares_total=2, hectares_free="2.01")],
    "area_has_no_negative_land": [
        lambda: IndustrialAreaFactory(hectares_total=-1, hectares_free=None),
        lambda: IndustrialAreaFactory(hectares_total=None, hectares_free="-0.01"),
    ],
    "library_chapters_alone_are_numbered": [
        lambda: LibraryItemFactory(chapter=1),
        lambda: ChapterFactory(chapter=0),
    ],
    "library_chapters_alone_have_a_book": [lambda: LibraryItemFactory(book={"en": "A book"})],
    "library_day_or_year_of_issue": [lambda: LibraryItemFactory(year=2024, issued=date(2024, 5, 1))],
    "library_announced_is_not_dated": [
        lambda: LibraryItemFactory(status="announced", year=2024),
        lambda: LibraryItemFactory(status="announced", year=None, issued=date(2024, 5, 1)),
    ],
    "plan_starts_before_it_ends": [lambda: LocalActionPlanFactory(start=date(2026, 2, 1), end=date(2026, 1, 1))],
    "plan_is_adopted_after_its_draft": [
        lambda: LocalActionPlanFactory(status="draft", adopted_on=date(2026, 1, 1)),
        lambda: LocalActionPlanFactory(status="consultation", adopted_on=date(2026, 1, 1)),
    ],
    "measure_starts_before_it_ends": [lambda: MeasureFactory(start=date(2026, 2, 1), end=date(2026, 1, 1))],
    "measure_progress_is_a_percentage": [lambda: MeasureFactory(progress=101)],
    "measure_costs_are_a_range": [
        lambda: MeasureFactory(cost_low=2, cost_high=1),
        lambda: MeasureFactory(cost_low=-1),
        lambda: MeasureFactory(cost_high=-1),
    ],
    "funding_is_not_negative": [lambda: FundingFactory(amount=-1)],
    "event_begins_before_it_ends": [
        lambda: EventFactory(ends_on=date(2027, 4, 14)),
        lambda: EventFactory(ends_on=None, starts_at=time(9), ends_at=time(9)),
        lambda: EventFactory(ends_on=date(2027, 4, 15), starts_at=time(9), ends_at=time(8)),
    ],
    "event_coordinates_are_a_pair_of_degrees": [
        lambda: EventFactory(lat=46.42),
        lambda: EventFactory(lng=15.87),
        lambda: EventFactory(lat=91, lng=0),
        lambda: EventFactory(lat=0, lng=181),
    ],
    "agenda_item_begins_before_it_ends": [
        lambda: AgendaItemFactory(start=time(9), end=time(9)),
        lambda: AgendaItemFactory(start=None, end=time(9)),
    ],
    "event_has_one_page_a_language": [two_pages_of_an_event_in_one_language],
    "menu_section_leads_to_one_place": [lambda: MenuSection.objects.create(menu=menu(), **leading_to_two_places())],
    "menu_item_leads_to_one_place": [
        lambda: MenuSectionItem.objects.create(
            section=MenuSection.objects.create(menu=menu(), label="About us"), **leading_to_two_places()
        )
    ],
    "footer_link_leads_to_one_place": [
        lambda: FooterLink.objects.create(
            column=FooterColumn.objects.create(menu=menu(), heading="About us"), **leading_to_two_places()
        )
    ],
    "site_has_one_state": [lambda: SiteState.objects.create(pk=2)],
    "translation_request_open_once": [translation_asked_twice],
    "translation_request_ends_in_one_way": [
        lambda: translation_asked(taken_at=now(), done_at=now(), withdrawn_at=now()),
    ],
    "translation_request_taken_at_a_time": [
        lambda: translation_asked(taken_by=UserFactory()),
        lambda: translation_asked(done_at=now()),
    ],
    "translation_request_into_another_language": [lambda: translation_asked(language="en")],
    "translation_call_once": [called_twice],
    "machine_proposal_known_once": [proposed_twice],
    "spoken_language_once": [speaks_twice],
    "spoken_language_is_one": [lambda: SpokenLanguage.objects.create(user=UserFactory(), language="")],
    "consent_open_once": [two_open_consents],
    "consent_says_to_what": [lambda: agreed(purpose=""), lambda: agreed(text_version="")],
    "consent_withdrawn_after_given": [lambda: agreed(withdrawn=now() - timedelta(days=1))],
    "linkcheck_new_until_looked_at": [
        lambda: LinkCheck.objects.create(address="https://a.example/", checked=now()),
        lambda: LinkCheck.objects.create(address="https://a.example/", state="fine"),
    ],
    "linkcheck_says_why": [
        lambda: LinkCheck.objects.create(address="https://a.example/", state="dead", checked=now()),
        lambda: LinkCheck.objects.create(address="https://a.example/", state="fine", checked=now(), reason="gone"),
    ],
    "auditentry_says_what": [lambda: AuditEntry.objects.create(what="")],
    "auditentry_is_about_a_record_or_none": [
        lambda: AuditEntry.objects.create(what="account.opened", about_kind="practices"),
        lambda: AuditEntry.objects.create(what="account.opened", about_uid=uuid4()),
    ],
    "field_comment_says_something": [lambda: comment(text="")],
    "field_comment_is_settled_as_a_thread": [lambda: comment(parent=comment(), resolved_at=now())],
    "field_comment_settled_has_a_time": [lambda: comment(resolved_by=UserFactory())],
    "criterion_weight_from_one_to_ten": [
        lambda: Criterion.objects.create(kind="practices", weight=0),
        lambda: Criterion.objects.create(kind="practices", weight=11),
    ],
    "assessment_once_per_person_and_revision": [two_assessments_of_one_person],
    "score_once_per_criterion": [two_scores_by_one_criterion],
    "score_from_nought_to_four": [lambda: score(value=5)],
    "opinion_says_something_and_who": [lambda: opinion(text={}), lambda: opinion(name="")],
    "opinion_ends_after_it_began": [lambda: opinion(last_version=1)],
    "opinion_waits_once": [two_opinions],
    "opinion_stands_alone": [lambda: two_opinions(first_version=1)],
    "reminder_of_decisions_once": [two_reminders_of_decisions],
    "reminder_of_changes_once": [two_reminders_of_changes],
    "suggestion_says_something": [lambda: suggestion(text="")],
    "suggestion_sender_is_known_once": [
        lambda: suggestion(sender=UserFactory(), sender_name="Luka"),
        lambda: suggestion(sender=UserFactory(), sender_email="luka@example.com"),
    ],
    "suggestion_is_new_or_answered": [
        lambda: suggestion(state="new", answer="Yes."),
        lambda: suggestion(state="done"),
        lambda: suggestion(state="declined", answered=now()),
    ],
    "practice_resources_setup_are_not_negative": [
        lambda: GoodPracticeFactory(resources_setup_amount=-1),
        lambda: GoodPracticeFactory(resources_setup_fte=-1),
    ],
    "practice_resources_running_are_not_negative": [
        lambda: GoodPracticeFactory(resources_running_amount=-1),
        lambda: GoodPracticeFactory(resources_running_fte=-1),
    ],
    "client_says_who_and_what_for": [lambda: network_client(name=""), lambda: network_client(purpose="")],
    "clientkey_has_its_slot": [two_keys_in_one_slot],
    "clientkey_two_at_once": [lambda: client_key(slot=0), lambda: client_key(slot=3)],
    "clientkey_ends_after_it_begins": [lambda: client_key(expires=now() - timedelta(days=1))],
    "clientuse_once_a_day_and_door": [used_twice_a_day],
    "endpoint_once_in_a_network": [two_at_one_address],
    "endpoint_has_a_secret": [lambda: endpoint(secret="")],
    "endpoint_former_secret_ends": [lambda: endpoint(former_secret="sealed"), lambda: endpoint(former_until=now())],
    "endpoint_says_why_it_stopped": [lambda: endpoint(why="gone"), lambda: endpoint(disabled=now())],
    "delivery_one_waits_for_an_endpoint": [two_that_wait],
    "delivery_one_waits_by_hand": [two_by_hand_that_wait],
    "delivery_says_something": [lambda: Delivery.objects.create(endpoint=endpoint(), body="")],
    "dumpfile_is_made_once_at_a_time": [lambda: twice(dump_file)],
    "dumpfile_one_is_ready": [lambda: [ready_dump_file(name=name) for name in ("one", "two")]],
    "dumpfile_name_is_its_own": [lambda: [ready_dump_file(kind=kind) for kind in ("events", "practices")]],
    "dumpfile_is_told_when_made": [
        lambda: dump_file(state="ready"),
        lambda: dump_file(name="one"),
        lambda: ready_dump_file(state="former"),
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
        lambda: twice(lambda: InvitationFactory(token="same")),
        lambda: twice(lambda: UserFactory(email="maja@example.org")),
        lambda: twice(lambda: Heartbeat.objects.create(work="same", began=now())),
        lambda: twice(lambda: LinkCheck.objects.create(address="https://a.example/")),
        lambda: [EntryWords.objects.create(entry=of) for of in [entry()] * 2],
        lambda: twice(menu),
        lambda: [client_key() for _time in range(2)],
        lambda: [network_client(uid="0f0e0d0c-0b0a-4908-8706-050403020100") for _time in range(2)],
        lambda: [endpoint(uid="0f0e0d0c-0b0a-4908-8706-050403020100") for _time in range(2)],
        lambda: [Delivery.objects.create(endpoint=endpoint(), body="{}", message_id="same") for _time in range(2)],
        lambda: twice(lambda: Undeliverable.objects.create(digest="0" * 64, reason="550")),
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
