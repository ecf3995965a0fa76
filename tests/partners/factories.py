"""Industrial areas, requests to join and invitations with boring defaults."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts.invited import digest
from catalogue.places import place
from partners.models import IndustrialArea, Invitation, JoinRequest
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, texts


class IndustrialAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndustrialArea

    name = factory.Sequence(lambda number: texts(f"Zone {number}", f"Cona {number}"))
    summary = texts("Firms between the railway and the river.", "Podjetja med železnico in reko.")
    type = "industrial_zone"
    hectares_total = "38.50"
    hectares_free = "4.20"
    firms = 41
    jobs = 1860
    nace = ["C", "H"]
    description = texts("It grew without a plan.", "Rasla je brez načrta.")
    services = texts("- an office\n- a list of halls", "- pisarna\n- seznam hal")
    topics = ["area-management-and-governance"]
    places = [place("SI", town="Ptuj", nuts="SI032", nuts_version=2021)]


class JoinRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JoinRequest

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    organisation_name = factory.LazyAttribute(lambda request: str(request.organisation))


class InvitationFactory(factory.django.DjangoModelFactory):
    """`token` is what stands in the letter's link."""

    class Meta:
        model = Invitation
        exclude = ["token"]

    token = factory.Sequence(lambda number: f"secret-{number}")
    organisation = factory.SubFactory(OrganisationFactory)
    invited_by = factory.LazyAttribute(lambda invitation: MembershipFactory(organisation=invitation.organisation).user)
    email = factory.Sequence(lambda number: f"invited{number}@example.org")
    token_digest = factory.LazyAttribute(lambda invitation: digest(invitation.token))
    expires = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
