"""The portal's own eleven topics, and what they are called elsewhere.

keep.eu's themes: the closed list of 42 at https://keep.eu/thematics-what-are-they-how-are-they-assigned-to-projects/,
one to three of them for each project. SDG: the Sustainable Development Goals of the United Nations, by number.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from catalogue.codes.names import name, names


class Topic(TextChoices):
    GREEN_MARKETING = "green-marketing", _("Green marketing")
    AREA_MANAGEMENT_AND_GOVERNANCE = "area-management-and-governance", _("Area management and governance")
    INVESTOR_ATTRACTION = "investor-attraction", _("Investor attraction")
    RENEWAL_AND_BROWNFIELDS = "renewal-and-brownfields", _("Renewal and brownfields")
    ECO_INDUSTRIAL_PARKS_AND_INDUSTRIAL_SYMBIOSIS = (
        "eco-industrial-parks-and-industrial-symbiosis",
        _("Eco-industrial parks and industrial symbiosis"),
    )
    CIRCULAR_ECONOMY = "circular-economy", _("Circular economy")
    RESOURCE_AND_ENERGY_EFFICIENCY = "resource-and-energy-efficiency", _("Resource and energy efficiency")
    TOWN_CENTRE_MANAGEMENT = "town-centre-management", _("Town-centre management")
    CLUSTERS_AND_SME_SERVICES = "clusters-and-sme-services", _("Clusters and SME services")
    INNOVATION_AND_SKILLS = "innovation-and-skills", _("Innovation and skills")
    POLICY_AND_LOBBYING = "policy-and-lobbying", _("Policy and lobbying")


@dataclass(frozen=True)
class TopicFacts:
    keep_themes: tuple[str, ...]
    sdgs: tuple[int, ...]


TOPICS: dict[str, TopicFacts] = {
    Topic.GREEN_MARKETING: TopicFacts(
        keep_themes=("Green technologies", "New products and services"),
        sdgs=(9, 12),
    ),
    Topic.AREA_MANAGEMENT_AND_GOVERNANCE: TopicFacts(
        keep_themes=("Governance, partnership", "Regional planning and development"),
        sdgs=(9, 11, 17),
    ),
    Topic.INVESTOR_ATTRACTION: TopicFacts(
        keep_themes=("Regional planning and development", "SME and entrepreneurship"),
        sdgs=(8, 9),
    ),
    Topic.RENEWAL_AND_BROWNFIELDS: TopicFacts(
        keep_themes=("Construction and renovation", "Urban development", "Soil and air quality"),
        sdgs=(9, 11, 15),
    ),
    Topic.ECO_INDUSTRIAL_PARKS_AND_INDUSTRIAL_SYMBIOSIS: TopicFacts(
        keep_themes=("Green technologies", "Sustainable management of natural resources", "Waste and pollution"),
        sdgs=(9, 12, 17),
    ),
    Topic.CIRCULAR_ECONOMY: TopicFacts(
        keep_themes=("Sustainable management of natural resources", "Waste and pollution"),
        sdgs=(9, 12),
    ),
    Topic.RESOURCE_AND_ENERGY_EFFICIENCY: TopicFacts(
        keep_themes=("Energy efficiency", "Renewable energy", "Sustainable management of natural resources"),
        sdgs=(7, 12, 13),
    ),
    Topic.TOWN_CENTRE_MANAGEMENT: TopicFacts(
        keep_themes=("Urban development", "Governance, partnership"),
        sdgs=(8, 11),
    ),
    Topic.CLUSTERS_AND_SME_SERVICES: TopicFacts(
        keep_themes=("Clustering and economic cooperation", "SME and entrepreneurship"),
        sdgs=(8, 9, 17),
    ),
    Topic.INNOVATION_AND_SKILLS: TopicFacts(
        keep_themes=(
            "Innovation capacity and awareness-raising",
            "Knowledge and technology transfer",
            "Education and training",
        ),
        sdgs=(4, 8, 9),
    ),
    Topic.POLICY_AND_LOBBYING: TopicFacts(
        keep_themes=("Governance, partnership", "Institutional cooperation and cooperation networks"),
        sdgs=(16, 17),
    ),
}


def topic_names(topic: str) -> dict[str, str]:
    """Language → name, in all our languages. Raises ValueError for no topic."""
    return names(Topic(topic))


def topic_name(topic: str, language: str) -> str:
    """The topic's name in `language`, in English where that is not one of ours. Raises ValueError for no topic."""
    return name(Topic(topic), language)
