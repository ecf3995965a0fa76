"""The people of these stories, and how their letters go."""

import pytest

from accounts.models import User
from tests.accounts.one_life import lives
from tests.factories import OrganisationFactory, UserFactory, publish


@pytest.fixture
def through_the_outbox(settings):
    """Letters go through it, as they do."""
    settings.MAIL_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "notices.outbox.Outbox"


@pytest.fixture
def organisation(db):
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def marta(db):
    return UserFactory(first_name="Marta", last_name="Hribar", role=User.Role.REVIEWER, mail=User.Mail.ALL)


@pytest.fixture
def world(client, organisation, marta):
    return lives(client, organisation, marta)
