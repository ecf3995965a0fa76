"""An address goes from texts however people write it; other people's stay."""

import pytest

from accounts.models import User
from accounts.scrubbing import Scrubber, scrub
from partners.models import Invitation
from tests.factories import GoodPracticeFactory, OrganisationFactory, UserFactory
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
        ("1.zlata@example.org", "1.[…]"),
        ("First:\n12.zlata@example.org", "First:\n12.[…]"),
        ("zlata＠example.org", "[…]"),
        ("ｚｌａｔａ＠example．org", "[…]"),
        ("zlata@example。org", "[…]"),
        ("zlata&#64;example.org", "[…]"),
        ("zlata&#x40;example&period;org", "[…]"),
        ("&#122;&#108;ata&commat;example.org", "[…]"),
        ("%7A%6C%61ta%40example%2Eorg%2C%20", "[…]%2C%20"),
        ("Ask zla\u00adta@exam\u200bple.org!", "Ask […]!"),
        ("zlata\u2060@\ufeffexample.org", "[…]"),
        ("zlata\\u0040example.org", "[…]"),
        ("č zlata@example.org… č", "č […]… č"),
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
        "a\u00adzlata@example.org",
        "ａzlata@example.org",
        "a&shy;zlata&#64;example.org",
        "&#97;zlata@example.org",
        "%61zlata%40example.org",
        "zlata@example.org%2Euk",
        "zlata@example.org．uk",
        "2026.zlata@example.org",
        "no1.zlata@example.org",
        "1.ana.zlata@example.org",
        "soft\u00adly, 100 %41 &amp; \\u0040 %ff",
    ],
)
def test_anothers_stays(text):
    assert Scrubber([HERS]).clean(text) == text


@pytest.mark.parametrize("hers", ["zlata@bücher.example", "zlata@xn--bcher-kva.example"])
def test_a_host_is_known_in_letters_and_as_servers_know_it(hers):
    text = "zlata@bücher.example, zlata@BU\u0308CHER.example, zlata@xn--bcher-kva.example, zlata%40b%C3%BCcher.example"

    assert Scrubber([hers]).clean(text) == "[…], […], […], […]"


def test_without_an_address_nothing_is_touched():
    assert Scrubber([]).clean("Ask zlata@example.org.") == "Ask zlata@example.org."
    assert not Scrubber([]).tells({"a": ["", "b"]})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["zl\u00adata@exam\u200bple.org", "zla&shy;ta&#64;example.org", "&#122;&#108;&#97;ta@example.org"]
)
def test_the_database_finds_what_is_hidden(text):
    practice = GoodPracticeFactory(title={"en": text})

    assert scrub([HERS])["practices.GoodPractice"] == {practice.pk}
    assert str(type(practice).objects.get().title) == "[…]"


@pytest.mark.django_db
def test_an_account_with_a_number_before_the_same_address_is_not_touched():
    other = UserFactory(email="1.zlata@example.org")
    practice = GoodPracticeFactory(title={"en": "1.zlata@example.org 2.zlata@example.org"})

    invitation = InvitationFactory(email="2.zlata@example.org")

    scrub([HERS])

    assert Invitation.objects.get(pk=invitation.pk).email == "2.zlata@example.org"
    assert User.objects.get(pk=other.pk).email == "1.zlata@example.org"
    assert str(type(practice).objects.get().title) == "1.zlata@example.org 2.[…]"


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
