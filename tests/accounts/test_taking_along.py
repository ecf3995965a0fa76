"""What a person takes along: her own things, as she knows them, and no way into anybody else's."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts.export import json_of
from accounts.models import FormerAddress, User
from catalogue import reviewing
from notices.actions import notify
from notices.links import without_secrets
from partners import inviting
from practices import actions
from reviews import letters
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish
from tests.practices.writing import whole

pytestmark = [pytest.mark.core, pytest.mark.django_db, pytest.mark.usefixtures("through_the_outbox")]
OFFICE = "office@example.org"


def taken(user) -> dict:
    return json.loads("".join(json_of(user)))


def letters_of(user) -> list[tuple]:
    return [(letter["to"], letter["subject"]) for letter in taken(user)["notices"]["letters"]]


def gets(user, email):
    user.email = email
    user.save()
    user.confirm_address()


def tell(user, title):
    notify([user], letters.PUBLISHED.name, titles={"en": title}, path="my/")


def test_letters_to_an_address_that_is_no_longer_hers_are_not_hers():
    ana, nova = UserFactory(email=OFFICE, mail=User.Mail.ALL), UserFactory(mail=User.Mail.ALL)
    tell(ana, "For Ana")
    Email.objects.update(created=timezone.now())
    gets(ana, "ana@example.org")
    organisation, coordinator = publish(OrganisationFactory()), UserFactory()
    MembershipFactory(user=coordinator, organisation=organisation, role="coordinator")
    inviting.invite(organisation=organisation, email=OFFICE, by=coordinator)
    assert [subject for _to, subject in letters_of(ana)] == ["Published: For Ana"]

    gets(nova, OFFICE)
    tell(nova, "For Nova")

    assert letters_of(ana) == []  # they tell the address of somebody else
    subjects = [subject for _to, subject in letters_of(nova)]
    assert "Published: For Nova" in subjects
    assert "Published: For Ana" not in subjects


def test_letters_of_before_she_had_an_account_are_not_hers():
    tell(UserFactory(email=OFFICE, mail=User.Mail.ALL), "For the last one")
    User.objects.all().delete()
    Email.objects.update(created=timezone.now() - timedelta(days=1))
    nova = UserFactory(email=OFFICE)
    FormerAddress.objects.create(user=nova, email="told@example.org", until=nova.date_joined)

    assert letters_of(nova) == []


def test_an_invitation_is_taken_along_without_its_key():
    organisation, coordinator, nina = (
        publish(OrganisationFactory()),
        UserFactory(),
        UserFactory(email="nina@example.org"),
    )
    MembershipFactory(user=coordinator, organisation=organisation, role="coordinator")
    inviting.invite(organisation=organisation, email="nina@example.org", by=coordinator)

    [letter] = taken(nina)["notices"]["letters"]

    assert "/invitations/[…]/" in letter["text"]


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("/en/my/notices/", "/en/my/notices/"),
        ("/sl/notices/stop/12.0:abc/", "/sl/notices/stop/[…]/"),
        ("/accounts/confirm-email/MQ:1abc:x-y_z/?next=/en/my/", "/accounts/confirm-email/[…]/?next=/en/my/"),
        ("/accounts/password/reset/key/3-abc-def/", "/accounts/password/reset/key/[…]-[…]/"),
        ("/nothing/here/abcdef", "/[…]"),
    ],
)
def test_links_with_a_key_lose_it(settings, path, left):
    text = f"Follow <{settings.PUBLIC_URL}{path}>. https://example.org/key/"

    assert without_secrets(text) == f"Follow <{settings.PUBLIC_URL}{left}>. https://example.org/key/"


def test_a_practice_is_told_as_it_is_now_with_its_texts_as_maps():
    nina, marta = UserFactory(), UserFactory(role=User.Role.REVIEWER)
    organisation = publish(OrganisationFactory())
    MembershipFactory(user=nina, organisation=organisation, role="coordinator")
    practice = actions.create_draft(by=nina, edit=whole, organisation=organisation)
    [draft] = taken(nina)["practices"]["practices"]
    assert (draft["is_public"], draft["slug"]) == (False, None)
    reviewing.submit(record=practice, by=nina)
    practice.refresh_from_db()
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)
    practice.refresh_from_db()

    [told] = taken(nina)["practices"]["practices"]

    assert (told["is_public"], told["slug"]) == (True, practice.slug)
    assert told["text"]["title"] == practice.title.data
    assert {"live", "slug", "latest_revision", "owner"} & told["text"].keys() == set()
    assert "images" in told["text"]
