"""The smaller closed lists. `catalogue.codes.names` has their names in all five languages."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerType(TextChoices):
    """Kinds of partners and target groups: list (a) of Jems, the Interreg programmes' monitoring system."""

    LOCAL_PUBLIC_AUTHORITY = "local_public_authority", _("Local public authority")
    REGIONAL_PUBLIC_AUTHORITY = "regional_public_authority", _("Regional public authority")
    NATIONAL_PUBLIC_AUTHORITY = "national_public_authority", _("National public authority")
    SECTORAL_AGENCY = "sectoral_agency", _("Sectoral agency")
    INFRASTRUCTURE_AND_PUBLIC_SERVICE_PROVIDER = (
        "infrastructure_and_public_service_provider",
        _("Infrastructure and (public) service provider"),
    )
    INTEREST_GROUPS_INCLUDING_NGOS = "interest_groups_including_ngos", _("Interest groups including NGOs")
    HIGHER_EDUCATION_AND_RESEARCH = "higher_education_and_research", _("Higher education and research organisation")
    EDUCATION_AND_TRAINING_CENTRE_AND_SCHOOL = (
        "education_and_training_centre_and_school",
        _("Education or training centre, school"),
    )
    ENTERPRISE_EXCEPT_SME = "enterprise_except_sme", _("Enterprise, except SME")
    SME = "sme", _("Small or medium-sized enterprise")
    BUSINESS_SUPPORT_ORGANISATION = "business_support_organisation", _("Business support organisation")
    EGTC = "egtc", _("European grouping of territorial cooperation (EGTC)")
    INTERNATIONAL_ORGANISATION_OR_EEIG = (
        "international_organisation_or_eeig",
        _("International organisation, European economic interest grouping (EEIG)"),
    )
    GENERAL_PUBLIC = "general_public", _("General public")
    HOSPITAL_AND_MEDICAL_CENTRE = "hospital_and_medical_centre", _("Hospital or medical centre")
    CROSS_BORDER_LEGAL_BODY = "cross_border_legal_body", _("Cross-border legal body")
    OTHER = "other", _("Other")


class SmeSize(TextChoices):
    """List (b) of Jems; the limits are those of Commission Recommendation 2003/361/EC."""

    MICRO = "micro", _("Micro-enterprise")
    SMALL = "small", _("Small enterprise")
    MEDIUM_SIZED = "medium_sized", _("Medium-sized enterprise")
    LARGE = "large", _("Large enterprise")


class LegalStatus(TextChoices):
    """List (c) of Jems."""

    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Private")
    OTHER = "other", _("Other")


class Strand(TextChoices):
    """Strands A to D of Interreg (Regulation (EU) 2021/1059, Article 3), or a country's own programme."""

    CROSS_BORDER = "A", _("Cross-border cooperation")
    TRANSNATIONAL = "B", _("Transnational cooperation")
    INTERREGIONAL = "C", _("Interregional cooperation")
    OUTERMOST = "D", _("Outermost regions’ cooperation")
    NATIONAL = "national", _("National programme")


class Period(TextChoices):
    """The EU's programme periods with Interreg's number in each."""

    INTERREG_I = "1989-1993", _("1989–1993, Interreg I")
    INTERREG_II = "1994-1999", _("1994–1999, Interreg II")
    INTERREG_III = "2000-2006", _("2000–2006, Interreg III")
    INTERREG_IV = "2007-2013", _("2007–2013, Interreg IV")
    INTERREG_V = "2014-2020", _("2014–2020, Interreg V")
    INTERREG_VI = "2021-2027", _("2021–2027, Interreg VI")

    @property
    def years(self) -> tuple[int, int]:
        first, last = self.value.split("-")
        return int(first), int(last)


class Sdg(IntegerChoices):
    """The Sustainable Development Goals (United Nations, A/RES/70/1) with the short names of their emblem."""

    NO_POVERTY = 1, _("No poverty")
    ZERO_HUNGER = 2, _("Zero hunger")
    GOOD_HEALTH = 3, _("Good health and well-being")
    QUALITY_EDUCATION = 4, _("Quality education")
    GENDER_EQUALITY = 5, _("Gender equality")
    CLEAN_WATER = 6, _("Clean water and sanitation")
    CLEAN_ENERGY = 7, _("Affordable and clean energy")
    DECENT_WORK = 8, _("Decent work and economic growth")
    INDUSTRY_AND_INNOVATION = 9, _("Industry, innovation and infrastructure")
    REDUCED_INEQUALITIES = 10, _("Reduced inequalities")
    SUSTAINABLE_CITIES = 11, _("Sustainable cities and communities")
    RESPONSIBLE_CONSUMPTION = 12, _("Responsible consumption and production")
    CLIMATE_ACTION = 13, _("Climate action")
    LIFE_BELOW_WATER = 14, _("Life below water")
    LIFE_ON_LAND = 15, _("Life on land")
    PEACE_AND_JUSTICE = 16, _("Peace, justice and strong institutions")
    PARTNERSHIPS = 17, _("Partnerships for the goals")


class NaceSection(TextChoices):
    """Branches of the economy: the sections of NACE Rev. 2 (Regulation (EC) No 1893/2006, Annex I)."""

    A = "A", _("Agriculture, forestry and fishing")
    B = "B", _("Mining and quarrying")
    C = "C", _("Manufacturing")
    D = "D", _("Electricity, gas, steam and air conditioning supply")
    E = "E", _("Water supply; sewerage, waste management and remediation activities")
    F = "F", _("Construction")
    G = "G", _("Wholesale and retail trade; repair of motor vehicles and motorcycles")
    H = "H", _("Transportation and storage")
    I = "I", _("Accommodation and food service activities")  # noqa: E741
    J = "J", _("Information and communication")
    K = "K", _("Financial and insurance activities")
    L = "L", _("Real estate activities")
    M = "M", _("Professional, scientific and technical activities")
    N = "N", _("Administrative and support service activities")
    O = "O", _("Public administration and defence; compulsory social security")  # noqa: E741
    P = "P", _("Education")
    Q = "Q", _("Human health and social work activities")
    R = "R", _("Arts, entertainment and recreation")
    S = "S", _("Other service activities")
    T = "T", _("Activities of households")
    U = "U", _("Activities of extraterritorial organisations and bodies")


class Licence(TextChoices):
    """Licences under which records are taken in, all of them open: identifiers of the SPDX list (https://spdx.org/licenses/)."""

    CC_BY_4 = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA_4 = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC0 = "CC0-1.0", _("Creative Commons Zero 1.0")
    CC_BY_3 = "CC-BY-3.0", _("Creative Commons Attribution 3.0")
    CC_BY_SA_3 = "CC-BY-SA-3.0", _("Creative Commons Attribution-ShareAlike 3.0")
    EUPL = "EUPL-1.2", _("European Union Public Licence 1.2")
    ODC_BY = "ODC-By-1.0", _("Open Data Commons Attribution 1.0")
    ODBL = "ODbL-1.0", _("Open Database Licence 1.0")


LICENCE_URLS = {
    Licence.CC_BY_4: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA_4: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY_3: "https://creativecommons.org/licenses/by/3.0/",
    Licence.CC_BY_SA_3: "https://creativecommons.org/licenses/by-sa/3.0/",
    Licence.EUPL: "https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
    Licence.ODC_BY: "https://opendatacommons.org/licenses/by/1-0/",
    Licence.ODBL: "https://opendatacommons.org/licenses/odbl/1-0/",
}
