"""Industrial areas in the Wagtail admin."""

import pytest

from accounts.models import User
from partners.models import IndustrialArea
from tests.admin import add, address, edit, errors_of, new_row
from tests.factories import OrganisationFactory, UserFactory, publish, reread
from tests.partners.factories import IndustrialAreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


def test_every_field_can_be_edited(editor):
    form = editor.get(address(IndustrialArea, "add")).context["form"]
    assert set(IndustrialArea.content_fields) - set(form.fields) == set()


def test_an_area_is_begun_and_published_with_all_that_it_has(editor):
    manager = publish(OrganisationFactory())
    typed = {
        "name_0": "Old Sawmill",
        "name_1": "Stara žaga",
        "summary_0": "Forty firms.",
        "type": "business_park",
        "manager": manager.pk,
        "hectares_total": "12.5",
        "hectares_free": "0",
        "firms": "40",
        "nace": ["G", "C"],
        **new_row("places", 0, country="SI", town="Ptuj"),
    }

    add(editor, IndustrialArea, "publish", **typed)

    record = IndustrialArea.objects.get().entry.record
    assert record["pages"] == {"en": "/en/areas/old-sawmill/", "sl": "/sl/areas/old-sawmill/"}
    assert (record["hectares_total"], record["hectares_free"], record["nace"]) == ("12.5", "0", ["C", "G"])
    assert record["manager"]["uid"] == str(manager.uid)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"hectares_free": "38.51"}, "hectares_free"),
        ({"hectares_total": "-1", "hectares_free": ""}, "hectares_total"),
        ({"hectares_total": "1000000000"}, "hectares_total"),
        ({"hectares_total": "nan"}, "hectares_total"),
        ({"firms": "-1"}, "firms"),
        ({"jobs": "99999999999999999999"}, "jobs"),
        ({"type": "castle"}, "type"),
        ({"nace": "Z"}, "nace"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"name_0": "", "name_1": ""}, "name"),
        ({"summary_0": "a" * 161}, "summary"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(editor, typed, field):
    area = IndustrialAreaFactory()

    page = edit(editor, area, "publish", **typed)

    assert list(errors_of(page)) == [field]
    assert not reread(area).live


def test_more_free_land_than_land_is_said_in_words(editor):
    page = edit(editor, IndustrialAreaFactory(), hectares_free="50")

    assert errors_of(page)["hectares_free"] == ["More land is free than there is: at most 38.50 hectares."]


def test_the_list_tells_type_and_manager_and_costs_the_same_for_one_and_for_three(
    editor, django_assert_max_num_queries
):
    def queries() -> int:
        with django_assert_max_num_queries(100) as counted:
            page = editor.get(address(IndustrialArea, "list"))
        assert "Industrial zone" in page.content.decode() or "industrial zone" in page.content.decode()
        return len(counted)

    publish(IndustrialAreaFactory(manager=publish(OrganisationFactory())))
    queries()
    one = queries()
    publish(IndustrialAreaFactory(manager=publish(OrganisationFactory())))
    publish(IndustrialAreaFactory(manager=publish(OrganisationFactory())))

    assert queries() == one
