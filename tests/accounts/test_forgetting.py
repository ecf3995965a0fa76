"""An address that nobody has confirmed is nobody's: what happens to an account that was begun with it touches no one else."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from accounts import erasure
from accounts.models import FormerAddress, User
from accounts.retention import forget_unconfirmed
from feedback.models import Suggestion
from notices import outbox
from notices.actions import notify
from notices.models import Undeliverable
from partners import inviting
from partners.models import Invitation
from reviews import letters
from tests.factories import PASSWORD, AdminFactory, MembershipFactory, OrganisationFactory, UserFactory, publish
from tests.pages.factories import standard_page

pytestmark = [pytest.mark.core, pytest.mark.django_db, pytest.mark.usefixtures("through_the_outbox")]
INFO = "info@network.example.org"
NEW = {"first_name": "X", "last_name": "", "password1": PASSWORD, "password2": PASSWORD, "terms": "on"}


def begun(email: str, **names) -> User:
    """A stranger signs up, and never comes back."""
    Client().post("/accounts/signup/", NEW | {"email": email} | names)
    User.objects.filter(email=email).update(date_joined=timezone.now() - timedelta(days=15))
    return User.objects.get(email=email)


def forget():
    forget_unconfirmed(timezone.now() - timedelta(days=14))


def what_others_have(page) -> dict:
    page.refresh_from_db()
    return {
        "title": page.title,
        "invitations": list(Invitation.objects.values_list("email", flat=True)),
        "suggestions": list(Suggestion.objects.values_list("sender_name", "sender_email", "text")),
        "letters": list(Email.objects.exclude(headers=None).order_by("pk").values_list("to", "from_email", "subject")),
        "undeliverable": Undeliverable.objects.among([INFO]),
    }


def test_an_account_that_was_never_confirmed_goes_and_takes_nothing_of_others_along():
    organisation, page = publish(OrganisationFactory()), standard_page(title=f"Write to {INFO}")
    coordinator = UserFactory()
    MembershipFactory(user=coordinator, organisation=organisation, role="coordinator")
    inviting.invite(organisation=organisation, email=INFO, by=coordinator)
    suggestion = {"about_kind": "practice", "about_uid": organisation.uid, "version": 1, "language": "en"}
    Suggestion.objects.create(sender_name="The Network", sender_email=INFO, text=f"Mail {INFO}", **suggestion)
    Undeliverable.objects.mark(INFO, "550")
    begun(INFO)
    before = what_others_have(page)

    forget()

    assert not User.objects.filter(email=INFO).exists()
    assert not EmailAddress.objects.filter(email=INFO).exists()
    assert what_others_have(page) == before
    assert before["invitations"] == [INFO]


@pytest.mark.parametrize("confirmed", [False, True])
def test_the_portals_own_address_is_nobodys(settings, confirmed):
    settings.DEFAULT_FROM_EMAIL = "MER portal <portal@mer.example.org>"
    marta = UserFactory(mail=User.Mail.ALL)
    notify([marta], letters.PUBLISHED.name, titles={"en": "T"}, path="my/")
    user = begun("portal@mer.example.org")
    if confirmed:
        user.confirm_address()
        erasure.erase(user=user, by=None)
    else:
        forget()

    outbox.send_due()

    [sent] = [letter for letter in mail.outbox if letter.to == [marta.email]]
    assert sent.from_email == "MER portal <portal@mer.example.org>"


def test_staff_takes_away_an_account_that_was_never_confirmed_and_writes_to_nobody():
    user = begun(INFO)
    Email.objects.all().delete()

    erasure.erase(user=user, by=AdminFactory())

    assert not Email.objects.exists()


def test_an_address_that_was_never_confirmed_does_not_become_a_former_one():
    user = UserFactory(email="nina@example.org")
    EmailAddress.objects.create(user=user, email=INFO)
    user.email = "kos@example.org"
    user.save()

    user.confirm_address()

    assert list(FormerAddress.objects.values_list("email", flat=True)) == ["nina@example.org"]
    assert erasure.addresses_of(user) == {"nina@example.org", "kos@example.org"}
