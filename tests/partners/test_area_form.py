"""A coordinator describes the industrial areas that her organisation looks after."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import reviewing, uids, working_copies
from catalogue.models import WorkingCopy
from partners import areas
from partners.area_form import AreaForm
from partners.models import IndustrialArea
from tests.drafting import sent_from
from tests.factories import OrganisationFactory, UserFactory, publish
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]

WHOLE = {
    "original_language": "sl",
    "name_sl": "Cona Talum",
    "summary_sl": "Podjetja ob reki.",
    "type": "industrial_zone",
    "place_1_country": "SI",
    "place_1_town": "Kidričevo",
}


def new(organisation):
    return f"{reverse('pages_of_partners:area_new')}?organisation={organisation.uid}"


def address(area, step="edit"):
    return reverse(f"pages_of_partners:area_{step}", args=[area.uid])


def latest():
    return IndustrialArea.objects.get().latest_draft()


@pytest.fixture
def talum(bistra):
    return publish(IndustrialAreaFactory(manager=bistra, hectares_total="40.00"))


def sent(area, user, **changes):
    return sent_from(AreaForm(draft=area.latest_draft(), user=user), area, **changes)


def test_only_its_managers_coordinator_is_let_in(client, talum, bistra, ida, nina, zala, marta, ema):
    seen = {}
    for user in (ida, nina, zala, marta, ema):
        client.force_login(user)
        paths = (new(bistra), address(talum), address(talum, "preview"))
        seen[user.first_name] = [client.get(path).status_code for path in paths]

    assert seen == {"Ida": [200] * 3} | dict.fromkeys(("Nina", "Zala", "Marta", "Ema"), [404] * 3)


@pytest.mark.parametrize("organisation", ["", "x", "\x00", "0" * 32])
def test_a_new_one_needs_an_organisation_that_is_hers(as_ida, organisation):
    assert as_ida.get(reverse("pages_of_partners:area_new"), {"organisation": organisation}).status_code == 404


def test_every_field_finds_its_place(as_ida, bistra):
    more = {
        "name_en": "Talum zone",
        "description_sl": "Ob reki.",
        "services_sl": "- pisarna",
        "hectares_total": "1 038,5",
        "hectares_free": "0",
        "firms": "41",
        "jobs": "1860",
        "nace": ["H", "C"],
        "topics": ["circular-economy"],
        "website": "talum.example",
        "place_2_country": "AT",
        "action": "save",
    }

    response = as_ida.post(new(bistra), WHOLE | more)

    draft = latest()
    assert (response.status_code, response.url) == (302, address(draft))
    assert (draft.manager, draft.original_language, draft.live) == (bistra, "sl", False)
    assert draft.name.data == {"en": "Talum zone", "sl": "Cona Talum"}
    assert (str(draft.hectares_total), str(draft.hectares_free)) == ("1038.50", "0.00")
    assert (draft.firms, draft.jobs, draft.nace, draft.topics) == (41, 1860, ["C", "H"], ["circular-economy"])
    assert ([each["country"] for each in draft.places], draft.website) == (["SI", "AT"], "https://talum.example")
    assert draft.problems() == []


def test_what_the_form_shows_it_gives_back_unchanged(as_ida, ida, talum):
    shown = sent(talum, ida)
    assert (shown["hectares_total"], shown["hectares_free"]) == ("40", "4.2")

    as_ida.post(address(talum), shown)

    assert IndustrialArea.objects.get().latest_revision_id == talum.latest_revision_id


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"type": "moon_base"}, "type"),
        ({"nace": ["\x00"]}, "nace"),
        ({"topics": ["alchemy"]}, "topics"),
        ({"hectares_total": "many"}, "hectares_total"),
        ({"hectares_total": "NaN"}, "hectares_total"),
        ({"hectares_total": "-1"}, "hectares_total"),
        ({"hectares_total": "1e99"}, "hectares_total"),
        ({"hectares_total": "3", "hectares_free": "4"}, "hectares_free"),
        ({"firms": "1.5"}, "firms"),
        ({"jobs": "9" * 12}, "jobs"),
        ({"website": "ftp://example.org"}, "website"),
        ({"place_1_nuts": "AT130"}, "place_1_nuts"),
        ({"name_sl": "a\x00b"}, "name_sl"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost(as_ida, ida, talum, typed, field):
    response = as_ida.post(address(talum), sent(talum, ida, summary_en="Kept as typed", **typed))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "Kept as typed" in response.content.decode()
    assert IndustrialArea.objects.get().latest_revision_id == talum.latest_revision_id


def test_a_foreign_id_in_any_field_has_no_effect(as_ida, ida, talum):
    other = OrganisationFactory()
    foreign = {"manager": other.pk, "organisation": other.uid, "uid": other.uid, "live": "", "slug": "mine"}

    as_ida.post(address(talum), sent(talum, ida, name_en="Better", **foreign))

    draft = latest()
    assert (draft.manager, draft.uid, draft.slug, draft.name.data["en"]) == (
        *(talum.manager, talum.uid, talum.slug),
        "Better",
    )


def test_pressing_save_twice_makes_one_and_anothers_uid_makes_a_new_one(as_ida, ida, bistra):
    theirs = IndustrialAreaFactory(manager=OrganisationFactory())
    uid = str(uids.fresh(ida))

    first, second = (as_ida.post(new(bistra), WHOLE | {"uid": uid}) for _press in range(2))
    third = as_ida.post(new(bistra), WHOLE | {"uid": str(theirs.uid), "name_sl": "Tretja"})

    assert first.url == second.url != third.url
    assert IndustrialArea.objects.filter(manager=bistra).count() == 2
    assert IndustrialArea.objects.get(pk=theirs.pk).latest_revision is None


def test_who_does_not_coordinate_begins_nothing(bistra, nina):
    with pytest.raises(PermissionDenied):
        areas.begin(by=nina, organisation=bistra, edit=lambda draft: None)


def test_the_review_says_what_is_missing(as_ida, bistra):
    response = as_ida.post(new(bistra), {"summary_en": "s" * 161, "name_sl": "Cona", "action": "submit"}, follow=True)

    assert list(response.context["form"].errors) == ["name_en", "summary_en", "type", "place_1_country"]


def test_of_two_editors_the_second_sees_both_texts(client, talum, ida, ema):
    form = sent(talum, ida, summary_en="By Ida.", hectares_free="3", place_1_town="Ormož")
    meanwhile = latest()
    meanwhile.summary, meanwhile.firms = {"en": "By an editor."}, 7
    meanwhile.save_revision(user=ema)
    client.force_login(ida)

    response = client.post(address(talum), form)

    found = {each.name: (each.mine, each.theirs, each.only_theirs) for each in response.context["differences"]}
    assert response.status_code == 409
    assert found["summary_en"] == ("By Ida.", "By an editor.", False)
    assert found["firms"] == ("41", "7", True)
    assert not {"hectares_free", "places"} & {*found}  # what the other left as it was is hers
    assert 'name="place_1_town" value="Ormož"' in response.content.decode()


def test_what_a_colleague_had_typed_into_a_deleted_draft_stays_hers(as_ida, bistra, talum):
    as_ida.post(new(bistra), WHOLE)
    begun = IndustrialArea.objects.exclude(pk=talum.pk).get()
    colleague = UserFactory(member_of=bistra)
    sheet = working_copies.Sheet(colleague, "areas", begun.uid, str(bistra.uid))
    working_copies.keep(sheet=sheet, typed={"name_en": ["Half a na"]}, revision=None, stamp="s1", known=())

    assert as_ida.post(address(begun, "delete")).status_code == 422
    as_ida.post(address(begun, "delete"), {"reason": "mistake"})

    assert list(IndustrialArea.objects.all()) == [talum]
    kept = WorkingCopy.objects.get()
    assert (kept.person, kept.place, kept.record != begun.uid) == (colleague, str(bistra.uid), True)


def test_a_draft_can_be_deleted_and_what_was_public_cannot(as_ida, bistra, talum):
    as_ida.post(new(bistra), WHOLE)
    begun = IndustrialArea.objects.exclude(pk=talum.pk).get()

    assert "Cona Talum" in as_ida.get(address(begun, "delete")).content.decode()
    as_ida.post(address(begun, "delete"))

    assert as_ida.post(address(talum, "delete")).status_code == 404
    assert list(IndustrialArea.objects.all()) == [talum]


def test_the_preview_is_the_page_as_the_public_would_see_it(as_ida, ida, talum):
    response = as_ida.post(address(talum), sent(talum, ida, summary_en="Seen.", action="preview"), follow=True)

    assert [each.name for each in response.templates][:2] == ["catalogue/drafting/preview.html", "partners/area.html"]
    assert "Seen." in response.content.decode()


def test_a_form_that_is_refused_tells_how_far_it_is(ida, talum):
    typed = QueryDict(mutable=True)
    for name, value in (WHOLE | {"hectares_total": "many", "place_1_nuts": "XX"}).items():
        typed[name] = value
    form = AreaForm(typed, draft=talum.latest_draft(), user=ida)

    assert not form.is_valid()
    assert form.draft_as_typed().name.data["sl"] == "Cona Talum"


def test_the_form_costs_the_same_with_one_place_and_three(as_ida, ida, talum):
    def cost(places):
        def edit(draft):
            draft.places = [talum.places[0] | {"town": f"Town {number}"} for number in range(places)]

        saved = IndustrialArea.objects.get()
        reviewing.save_draft(record=saved, by=ida, edit=edit, expected_revision=saved.latest_revision_id)
        with CaptureQueriesContext(connection) as queries:
            as_ida.get(address(talum))
        return len(queries)

    cost(2)
    assert cost(1) == cost(3)
