"""The people of these stories: Ida coordinates Bistra, which took part in ECOLE; so does Zala's; Ema is an editor."""

import pytest

from accounts.models import User
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    UserFactory,
    publish,
)


@pytest.fixture
def bistra(db):
    return publish(OrganisationFactory(name_original="ZRS Bistra Ptuj", name_english="Bistra Ptuj"))


@pytest.fixture
def ida(bistra):
    ida = UserFactory(email="ida@bistra.example", first_name="Ida", last_name="Zupan")
    MembershipFactory(user=ida, organisation=bistra, role="coordinator")
    return ida


@pytest.fixture
def nina(bistra):
    return UserFactory(email="nina@bistra.example", first_name="Nina", member_of=bistra)


@pytest.fixture
def graz(db):
    return publish(OrganisationFactory(name_original="Graz", name_english="Graz"))


@pytest.fixture
def zala(graz):
    zala = UserFactory(email="zala@example.org", first_name="Zala", last_name="Vidmar")
    MembershipFactory(user=zala, organisation=graz, role="coordinator")
    return zala


@pytest.fixture
def ema(db):
    return UserFactory(email="ema@example.org", first_name="Ema", last_name="Editor", role=User.Role.EDITOR)


@pytest.fixture
def ecole(bistra, graz):
    project = ProjectFactory(acronym="ECOLE")
    ParticipationFactory(project=project, organisation=bistra)
    ParticipationFactory(project=project, organisation=graz, total_eligible_budget="180000")
    return publish(project)


@pytest.fixture
def as_ida(client, ida):
    client.force_login(ida)
    return client
