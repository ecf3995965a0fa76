"""Organisations that may be the one somebody means."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners import joining, suggestions
from partners.models import Organisation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def organisation(name="", english="", **fields):
    return publish(OrganisationFactory(name_original=name or english, name_english=english, **fields))


# By name


@pytest.mark.parametrize(
    "typed",
    [
        "ZRS Bistra Ptuj",
        "zrs bistra ptuj",
        "Z.R.S. Bistra-Ptuj",
        "ZRS BISTRA",
        "Bistra Ptuj d.o.o.",
        "ZRS Bisrta Ptuj",
        "Scientific Research Centre Bistra",
        "ŽRŠ Bístra Ptuj",
        "Center Bistra, Ptuj",
        "zrsb",
    ],
)
def test_the_same_organisation_is_found_under_what_people_call_it(typed):
    bistra = organisation(
        "ZRS Bistra Ptuj",
        "Scientific Research Centre Bistra Ptuj",
        abbreviation="ZRSB",
        aliases=[{"name": "Center Bistra", "from": 1998, "to": 2004}],
    )
    organisation("Mestna občina Kranj", "City of Kranj")

    assert suggestions.alike(typed) == [bistra]


@pytest.mark.parametrize("typed", ["Gospodarska zbornica Nica", "Ecopark", "the of and", "", "🏭", "a" * 300])
def test_others_are_not(typed):
    organisation("ZRS Bistra Ptuj", "Scientific Research Centre Bistra Ptuj", abbreviation="ZRSB")

    assert suggestions.alike(typed) == []


def test_words_count_in_any_form(db):
    zone = organisation("Industrijska cona Sora")

    assert suggestions.alike("Uprava industrijske cone Sora") == [zone]


def test_an_abbreviation_is_enough():
    bistra = organisation("ZRS Bistra Ptuj", abbreviation="ZRSB")

    assert suggestions.alike("Something else", abbreviation="Z.R.S.B.") == [bistra]


def test_what_waits_for_the_staff_counts_and_cannot_be_joined(browser, luka):
    new = Organisation(name_original="Tehnološki park Sora", original_language="sl", country="SI", town="Secret town")
    joining.register(organisation=new, by=UserFactory())

    [found] = suggestions.alike("Tehnološki park Sora")
    assert (found.pk, found.is_joinable) == (new.pk, False)
    typed = {"name_original": "Tehnološki park Sora", "original_language": "sl", "country": "SI"}
    page = browser(luka).post(reverse("partners:register"), typed).content.decode()
    assert "registered, waits for the network’s staff" in page
    assert "Secret town" not in page
    assert reverse("partners:ask", args=[new.uid]) not in page


def test_what_editors_draft_and_what_was_withdrawn_is_not_told():
    OrganisationFactory(name_original="Tehnološki park Sora")
    withdraw(organisation("Tehnološki park Sava"))

    assert suggestions.alike("Tehnološki park") == suggestions.search("park") == []


def test_the_search_takes_the_beginnings_of_words_and_all_of_them():
    bistra = organisation("ZRS Bistra Ptuj", "Bistra Ptuj", abbreviation="ZRSB")
    organisation("Mestna občina Ptuj", "City of Ptuj")

    assert suggestions.search("bis ptu") == suggestions.search("ZRSB") == [bistra]
    assert len(suggestions.search("ptuj")) == 2
    assert suggestions.search("bistra kranj") == suggestions.search("   ") == suggestions.search("'\"%_\\") == []


# By address


def person(email, **fields):
    return UserFactory(email=email, **fields)


@pytest.mark.parametrize(
    ("email", "website"),
    [
        ("ana@bistra.example", "https://www.bistra.example/sl/"),
        ("ana@bistra.example", "http://bistra.example:8080"),
        ("ana@mail.bistra.example", "https://bistra.example"),
        ("ana@bistra.example", "https://zone.bistra.example"),
        ("ana@gov.example.si", "https://www.gov.example.si"),
    ],
)
def test_the_address_of_the_website_suggests_it(email, website):
    bistra = organisation("Bistra", website=website)
    organisation("Other", website="https://other.example")

    assert suggestions.by_address(person(email)) == [bistra]


@pytest.mark.parametrize("website", ["https://notbistra.example", "https://bistra.example.com", "https://[", ""])
def test_addresses_that_only_look_alike_do_not(website):
    Organisation.objects.filter(pk=organisation("Bistra").pk).update(website=website)

    assert suggestions.by_address(person("ana@bistra.example")) == []


def test_colleagues_with_such_addresses_suggest_it_and_nobody_is_named(browser):
    bistra = organisation("Bistra")
    MembershipFactory(user=person("nina@bistra.example", first_name="Nina"), organisation=bistra)
    ana = person("ana@bistra.example")

    assert suggestions.by_address(ana) == [bistra]
    page = browser(ana).get(reverse("partners:join")).content.decode()
    assert "Because of your address" in page and "Nina" not in page and "nina@" not in page


def test_free_mail_tells_nothing():
    organisation("Mail company", website="https://gmail.com")
    MembershipFactory(user=person("nina@siol.net"), organisation=organisation("Bistra"))

    assert suggestions.by_address(person("ana@gmail.com")) == suggestions.by_address(person("ana@siol.net")) == []


def test_only_confirmed_addresses_count_hers_and_theirs():
    bistra = organisation("Bistra")
    nina, ana = person("nina@bistra.example", member_of=bistra), person("ana@bistra.example")
    EmailAddress.objects.filter(user=nina).update(verified=False)
    assert suggestions.by_address(ana) == []

    EmailAddress.objects.filter(user=nina).update(verified=True)
    EmailAddress.objects.filter(user=ana).update(verified=False)
    assert suggestions.by_address(ana) == []


def test_where_she_belongs_is_not_suggested():
    bistra = organisation("Bistra", website="https://bistra.example")

    assert suggestions.by_address(person("ana@bistra.example", member_of=bistra)) == []


def test_it_costs_the_same_for_one_and_for_three(browser):
    ana = person("ana@bistra.example")

    def costs() -> int:
        client = browser(ana)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{reverse('partners:join')}?q=bistra").status_code == 200
        return len(queries)

    organisation("Bistra 1", website="https://bistra.example")
    costs()
    one = costs()
    organisation("Bistra 2", website="https://bistra.example")
    organisation("Bistra 3", website="https://bistra.example")

    assert costs() == one
