"""Industrial areas with boring defaults."""

import factory

from catalogue.places import place
from partners.models import IndustrialArea
from tests.factories import texts


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
