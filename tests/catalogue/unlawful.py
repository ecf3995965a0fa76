"""Rows of reviews, opinions and translations that the database refuses (`test_constraints`)."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils.timezone import now

from exchange.models import Client, ClientKey, ClientUse, Delivery, DumpFile, Endpoint
from practices.models import ExpertOpinion
from reviews.models import Assessment, Criterion, FieldComment, Reminder, Score
from tests.factories import GoodPracticeFactory, UserFactory
from tests.reviews.factories import OutsideReviewFactory
from translations.models import MachineProposal, TranslationCall, TranslationRequest


def twice(make):
    make()
    make()


def comment(**fields) -> FieldComment:
    practice = GoodPracticeFactory()
    practice.save_revision()
    begun = practice.get_workflow().start(practice, None)
    known = {
        "about_kind": "practices",
        "about_uid": practice.uid,
        "review": begun,
        "role": "reviewer",
        "text": "Which year?",
    }
    return FieldComment.objects.create(**known | fields)


def assessment(**fields) -> Assessment:
    about = comment()
    known = {"review": about.review, "revision": about.review.current_task_state.revision, "role": "reviewer"}
    return Assessment.objects.create(**known | fields)


def outside(**fields):
    return OutsideReviewFactory(**{"review": fields.pop("review", None) or comment().review} | fields)


def twice_outside(**fields):
    review = comment().review
    person = UserFactory() if "accepted" in fields else None
    twice(lambda: outside(review=review, reviewer=person, **fields))


def two_assessments_of_one_person():
    first = assessment(reviewer=UserFactory())
    assessment(reviewer=first.reviewer, review=first.review, revision=first.revision)


def score(**fields) -> Score:
    return Score.objects.create(
        **{"assessment": assessment(), "criterion": Criterion.objects.first(), "value": 4, **fields}
    )


def two_scores_by_one_criterion():
    score(assessment=score().assessment)


def opinion(**fields) -> ExpertOpinion:
    practice = fields.pop("practice", None) or GoodPracticeFactory()
    known = {"text": {"en": "It lasts."}, "name": "Marta Hribar"}
    return ExpertOpinion.objects.create(practice=practice, **known | fields)


def two_opinions(**fields):
    practice, writer = GoodPracticeFactory(), UserFactory()
    twice(lambda: opinion(practice=practice, writer=writer, **fields))


def reminder(**fields) -> Reminder:
    return Reminder.objects.create(**{"number": 1} | fields)


def two_reminders_of_decisions():
    user = UserFactory()
    twice(lambda: reminder(user=user))


def two_reminders_of_changes():
    user, decision = UserFactory(), comment().review.current_task_state
    twice(lambda: reminder(user=user, decision=decision))


def translation_asked(**fields) -> TranslationRequest:
    known = {"about_kind": "practices", "about_uid": uuid4(), "language": "sl", "source_language": "en"}
    return TranslationRequest.objects.create(**known | fields)


def translation_asked_twice():
    uid = uuid4()
    twice(lambda: translation_asked(about_uid=uid))


def proposed_twice():
    uid = uuid4()
    twice(lambda: MachineProposal.objects.create(uid=uid, path="title", language="sl", text_hash="0" * 64))


def called_twice():
    request, user = translation_asked(), UserFactory()
    twice(lambda: TranslationCall.objects.create(request=request, user=user))


def network_client(**fields) -> Client:
    return Client.objects.create(**{"owner": UserFactory(), "name": "Alpine", "purpose": "To mirror."} | fields)


def client_key(client: Client | None = None, **fields) -> ClientKey:
    made = now()
    known = {"slot": 1, "prefix": "0" * 12, "digest": "0" * 64, "made": made, "expires": made + timedelta(days=1)}
    return ClientKey.objects.create(client=client or network_client(), **known | fields)


def two_keys_in_one_slot() -> None:
    client = network_client()
    for prefix in ("1" * 12, "2" * 12):
        client_key(client, prefix=prefix)


def used_twice_a_day() -> None:
    client = network_client()
    twice(lambda: ClientUse.objects.create(client=client, day=date(2026, 11, 23), door="changes"))


def endpoint(**fields) -> Endpoint:
    known = {"client": network_client(), "url": "https://receiver.example/", "secret": "sealed"}
    return Endpoint.objects.create(**known | fields)


def two_that_wait() -> None:
    of = endpoint()
    twice(lambda: Delivery.objects.create(endpoint=of, body="{}"))


def two_at_one_address() -> None:
    client = network_client()
    twice(lambda: endpoint(client=client))


def two_by_hand_that_wait() -> None:
    of = endpoint()
    twice(lambda: Delivery.objects.create(endpoint=of, body="{}", once=True))


def dump_file(**fields) -> DumpFile:
    known = {"kind": "practices", "format": "csv", "epoch": "e", "position": 0, "at_work": now()}
    return DumpFile.objects.create(**known | fields)


def ready_dump_file(**fields) -> DumpFile:
    return dump_file(**{"state": "ready", "name": "one", "sha256": "0" * 64, "made": now()} | fields)
