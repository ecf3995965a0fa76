"""An address goes from texts however people write it; other people's stay."""

import pytest

from accounts.models import User
from accounts.scrubbing import Scrubber, scrub
from partners.models import Invitation
from tests.factories import OrganisationFactory, UserFactory
from tests.partners.factories import InvitationFactory

HERS = "zlata@example.org"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to zlata@example.org.", "Write to […]."),
        ("-zlata@example.org", "-[…]"),
        ("Well...zlata@example.org", "Well...zlata@example.org"),
        ("Write: ...Zlata@Example.org", "Write: ...[…]"),
        ("_zlata@example.org_", "_[…]_"),
        ("**zlata@example.org**", "**[…]**"),
        ("zlata@example.org.Thanks", "[…].Thanks"),
        ("zlata@example.org-", "[…]-"),
        ("<zlata@example.org>", "<[…]>"),
        ("?to=zlata%40example.org&x=1", "?to=[…]&x=1"),
        ("?to=%3Czlata%40example.org%3E", "?to=%3C[…]%3E"),
        ('{"to": ["zlata@example.org"]}', '{"to": ["[\\u2026]"]}'),
        ("mailto:zlata@example.org?subject=x", "mailto:[…]?subject=x"),
        ("x" * 60 + " ______zlata@example.org", "x" * 60 + " ______[…]"),
    ],
)
def test_hers_goes(text, left):
    assert Scrubber([HERS]).clean(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "ana.zlata@example.org",
        "ana-zlata@example.org",
        "anazlata@example.org",
        "žzlata@example.org",
        "zlata@example.org.uk",
        "zlata@example.organic",
        "zlata@example.org-old.si",
    ],
)
def test_anothers_stays(text):
    assert Scrubber([HERS]).clean(text) == text


@pytest.mark.django_db
def test_rows_that_may_not_be_alike_stay_apart():
    bistra = OrganisationFactory()
    for number in (1, 2):
        InvitationFactory(organisation=bistra, email=f"zlata{number}@example.org")

    scrub({"zlata1@example.org", "zlata2@example.org"})

    left = set(Invitation.objects.values_list("email", flat=True))
    assert len(left) == 2
    assert all(each.startswith("[…") for each in left)


@pytest.mark.django_db
def test_the_account_of_a_namesake_is_not_touched():
    other = UserFactory(email="ana.zlata@example.org")

    scrub({HERS})

    assert User.objects.get(pk=other.pk).email == "ana.zlata@example.org"
