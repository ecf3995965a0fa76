"""Invitations to write a practice, with boring defaults."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts.invited import digest
from practices.models import CoAuthorInvitation
from tests.factories import GoodPracticeFactory


class CoAuthorInvitationFactory(factory.django.DjangoModelFactory):
    """`token` is what stands in the letter's link."""

    class Meta:
        model = CoAuthorInvitation
        exclude = ["token"]

    token = factory.Sequence(lambda number: f"secret-{number}")
    practice = factory.SubFactory(GoodPracticeFactory)
    email = factory.Sequence(lambda number: f"invited{number}@example.org")
    token_digest = factory.LazyAttribute(lambda invitation: digest(invitation.token))
    expires = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
