"""Outside reviews, with boring defaults."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts.invited import digest
from reviews.models import OutsideReview


class OutsideReviewFactory(factory.django.DjangoModelFactory):
    """Of a `review` that there is; `token` is what stands in the letter's link."""

    class Meta:
        model = OutsideReview
        exclude = ["token"]

    token = factory.Sequence(lambda number: f"secret-{number}")
    about_kind = "practices"
    about_uid = "0f0e0d0c-0b0a-4908-8706-050403020100"
    email = factory.Sequence(lambda number: f"invited{number}@example.org")
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    token_digest = factory.LazyAttribute(lambda asked: digest(asked.token))
    expires = factory.LazyFunction(lambda: timezone.now() + timedelta(days=28))
