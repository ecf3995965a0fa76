"""Outside reviewers, several things at once: in threads with connections of their own."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.invited import NotGood
from accounts.models import User
from catalogue import reviewing
from operations.reasons import Reason
from practices.models import GoodPractice
from reviews import actions, advice
from reviews.actions import Said
from reviews.models import FieldComment, OutsideReview
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish
from tests.practices.writing import submitted

pytestmark = [pytest.mark.django_db(transaction=True)]


def outcome(call) -> str:
    try:
        call()
    except (NotGood, PermissionDenied, reviewing.EditConflict) as refusal:
        return type(refusal).__name__
    return "done"


@pytest.fixture
def marta(transactional_db):
    return UserFactory(role=User.Role.REVIEWER)


@pytest.fixture
def vida(transactional_db):
    return UserFactory(email="vida@example.org")


def waiting() -> GoodPractice:
    nina = MembershipFactory(organisation=publish(OrganisationFactory()), role="coordinator")
    return submitted(nina.user, nina.organisation)


def asked_of(practice, marta, vida) -> OutsideReview:
    until = timezone.localdate() + timedelta(days=7)
    return advice.invite(record=practice, email=vida.email, words="", until=until, by=marta)


def test_accepted_twice_at_once_it_is_accepted_once(together, marta, vida):
    asked = asked_of(waiting(), marta, vida)

    def accept():
        return outcome(lambda: advice.accept(asked=asked, by=vida))

    assert sorted(together(accept, accept)) == ["NotGood", "done"]
    assert OutsideReview.objects.held().of(vida).count() == 1


def test_revoked_while_she_accepts_she_reads_nothing(together, marta, vida):
    for _round in range(3):
        practice = waiting()
        asked = asked_of(practice, marta, vida)

        answers = together(
            lambda asked=asked: outcome(lambda: advice.accept(asked=asked, by=vida)),
            lambda asked=asked: outcome(lambda: advice.revoke(asked=asked, by=marta, reason=Reason.DONE)),
        )

        assert answers[1] == "done"
        assert not OutsideReview.objects.held().exists()
        assert list(GoodPractice.objects.shown_to(vida)) == []


def test_a_decision_while_she_comments_leaves_both_whole(together, marta, vida):
    for _round in range(3):
        FieldComment.objects.all().delete()
        practice = waiting()
        advice.accept(asked=asked_of(practice, marta, vida), by=vida)
        revision = practice.latest_revision_id
        told = [Said("Two thousand?", "summary")]

        answers = together(
            lambda practice=practice, told=told, revision=revision: outcome(
                lambda: actions.keep(record=practice, by=vida, comments=told, revision=revision)
            ),
            lambda practice=practice, revision=revision: outcome(
                lambda: actions.send_back(record=practice, by=marta, message="Who pays?", revision=revision)
            ),
        )

        assert answers[1] == "done"
        assert answers[0] in ("done", "PermissionDenied")
        assert FieldComment.objects.count() == (answers[0] == "done")
        assert not FieldComment.objects.filter(sent_at=None).exists()
