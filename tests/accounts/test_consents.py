"""To what people agree: in which words, when, and how they take it back."""

import hashlib

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import consents, purposes
from accounts.models import Consent, User
from accounts.purposes import TERMS, Purpose
from seeds.pages import load_pages
from tests.accounts.test_sign_up import sign_up
from tests.factories import PASSWORD, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMED = "named-by-organisation"

# Purpose → version of its words, and their digest. Who changes words gives them a new version: the day of the change.
DIGESTS = {
    "terms": ("2026-11-22", "658073f7d51e9c26"),
    "named-by-organisation": ("2026-11-22", "e8610ba83acebfb8"),
}


def words_of(purpose: Purpose) -> str:
    """What people read: the sentence, and the page that it speaks of."""
    whole_text = settings.BASE_DIR / "seeds/pages/terms.yaml"
    return str(purpose.text) + (whole_text.read_text(encoding="utf-8") if purpose.page else "")


@pytest.fixture
def new_terms(monkeypatch):
    """The terms have changed since everybody agreed."""
    changed = Purpose("terms", "Terms of use", "I agree to the new terms.", "2027-03-01", True, "terms-of-use")
    monkeypatch.setitem(purposes._purposes, "terms", changed)
    return changed


def test_words_belong_to_their_version():
    told = {p.name: (p.version, hashlib.sha256(words_of(p).encode()).hexdigest()[:16]) for p in purposes.all_purposes()}
    assert told == DIGESTS


def test_there_is_no_account_without_the_terms(client):
    page = sign_up(client, terms="")

    assert "terms" in page.context["form"].errors
    assert not User.objects.exists()


def test_signing_up_notes_the_words_and_their_language(client):
    client.get("/accounts/signup/?next=/sl/")
    sign_up(client, next="/sl/")

    [consent] = Consent.objects.all()
    assert (consent.purpose, consent.text_version, consent.language) == ("terms", TERMS.version, "sl")
    assert consents.due(User.objects.get()) == []


def test_the_terms_can_be_read_where_they_are_agreed_to(client):
    load_pages()

    assert '<a href="/en/terms-of-use/">' in client.get("/accounts/signup/").content.decode()
    assert '<a href="/sl/pogoji-uporabe/">' in client.get("/accounts/signup/?next=/sl/").content.decode()


def test_without_such_a_page_there_is_no_link(client):
    assert "Read the terms of use" not in client.get("/accounts/signup/").content.decode()


# Given and taken back


def test_pressing_twice_agrees_once():
    user = UserFactory()

    assert consents.give(user, "terms") == consents.give(user, "terms")


def test_new_words_end_the_consent_to_the_old_ones(new_terms):
    user = UserFactory()
    old = Consent.objects.create(user=user, purpose="terms", text_version=TERMS.version, language="en")

    assert consents.due(user) == [new_terms]
    consents.give(user, "terms")

    old.refresh_from_db()
    assert old.withdrawn
    assert consents.due(user) == []


def test_one_organisation_is_not_another():
    user, here, there = UserFactory(), OrganisationFactory(), OrganisationFactory()
    consents.give(user, NAMED, here.uid)

    assert consents.has(user, NAMED, here.uid)
    assert not consents.has(user, NAMED, there.uid)
    assert not consents.has(UserFactory(), NAMED, here.uid)

    assert consents.withdraw(user, NAMED, here.uid)
    assert not consents.has(user, NAMED, here.uid)
    assert not consents.withdraw(user, NAMED, here.uid)


def test_nothing_is_agreed_to_that_nobody_asks():
    with pytest.raises(ValueError):
        consents.give(UserFactory(), "everything")


def test_two_clicks_at_once_agree_once(together):
    user = UserFactory()

    together(*[lambda: consents.give(user, "terms")] * 2)

    assert Consent.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": ""},
        {"text_version": ""},
        {"withdrawn": timezone.now() - timezone.timedelta(days=1)},
        {},  # a second open one
    ],
)
def test_the_database_refuses(wrong):
    whole = {"user": UserFactory(), "purpose": "terms", "text_version": "2026-11-22", "language": "en"}
    Consent.objects.create(**whole)

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(**whole | ({"about": "other"} | wrong if wrong else {}))


# Her page


def sign_in(client, user):
    client.logout()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


@pytest.fixture
def maja(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_my_work_says_that_there_are_new_terms_until_she_agrees(client, maja, request):
    consents.give(maja, "terms")
    request.getfixturevalue("new_terms")
    sign_in(client, maja)
    assert "Please read this anew" in client.get("/en/my/").content.decode()

    client.post("/en/my/consents/give/", {"purpose": "terms"})

    assert "Please read this anew" not in client.get("/en/my/").content.decode()
    assert consents.has(maja, "terms")


def test_who_never_agreed_is_not_asked_to_read_it_again(client, maja):
    sign_in(client, maja)

    assert "Please read this:" in client.get("/en/my/").content.decode()


def test_who_agreed_is_asked_nothing_at_the_door(client, maja):
    consents.give(maja, "terms")
    sign_in(client, maja)

    assert "Please read this" not in client.get("/en/my/").content.decode()


def test_she_takes_back_what_is_hers_to_take_back(client, maja):
    organisation = OrganisationFactory(name_english="Zone Agency")
    consent = consents.give(maja, NAMED, organisation.uid)
    assert "Zone Agency" in client.get("/en/my/consents/").content.decode()

    client.post("/en/my/consents/withdraw/", {"consent": consent.pk})

    assert not consents.has(maja, NAMED, organisation.uid)
    page = client.get("/en/my/consents/").content.decode()
    assert "ended" in page and "Take it back" not in page


def test_nobody_takes_back_what_is_not_there_for_her(client, maja):
    others = consents.give(UserFactory(), NAMED, OrganisationFactory().uid)
    terms = consents.give(maja, "terms")  # ends with the account

    for consent in (others.pk, terms.pk, 0, "x", "9" * 30, ""):
        assert client.post("/en/my/consents/withdraw/", {"consent": consent}).status_code == 404
    for purpose in (NAMED, "everything", ""):
        assert client.post("/en/my/consents/give/", {"purpose": purpose}).status_code == 404
    assert Consent.objects.filter(withdrawn=None).count() == 2


def test_many_consents_cost_no_more_queries_than_one(client, maja):
    consents.give(maja, NAMED, OrganisationFactory().uid)
    client.get("/en/my/consents/")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as told:
            client.get("/en/my/consents/")
        return len(told)

    one = queries()
    for _n in range(2):
        consents.give(maja, NAMED, OrganisationFactory().uid)
    assert queries() == one
