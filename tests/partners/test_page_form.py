"""A coordinator writes the page of her organisation, in the same kind of form as a practice."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import reviewing
from partners.models import Organisation
from partners.organisation_form import OrganisationPageForm
from tests.drafting import sent_from
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, reread

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def address(organisation, step="edit"):
    return reverse(f"pages_of_partners:organisation_{step}", args=[organisation.uid])


def sent(organisation, user, **changes):
    return sent_from(OrganisationPageForm(draft=organisation.latest_draft(), user=user), organisation, **changes)


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def latest(organisation):
    return Organisation.objects.get(pk=organisation.pk).latest_draft()


def test_it_is_there_for_its_coordinator_alone(client, bistra, ida, nina, zala, marta, ema):
    seen = {}
    for user in (ida, nina, zala, marta, ema):
        client.force_login(user)
        seen[user.first_name] = [client.get(address(bistra, step)).status_code for step in ("edit", "preview")]

    assert seen == {"Ida": [200, 200]} | dict.fromkeys(("Nina", "Zala", "Marta", "Ema"), [404, 404])


def test_what_is_saved_is_a_draft_and_the_page_stays(as_ida, ida, bistra):
    response = as_ida.post(
        address(bistra),
        sent(bistra, ida, name_english="Bistra Ptuj, R&D", description_en="Advises towns.", action="save"),
    )

    assert (response.status_code, response.url, told(response)) == (302, address(bistra), ["The draft is saved."])
    draft = latest(bistra)
    assert (draft.name_english, draft.description.data["en"]) == ("Bistra Ptuj, R&D", "Advises towns.")
    assert (reread(bistra).name_english, bistra.entry.record["title"]["en"]) == ("Bistra Ptuj", "Bistra Ptuj")


def test_every_field_finds_its_place(as_ida, ida, bistra):
    values = {
        "original_language": "sl",
        "name_original": "Zavod",
        "abbreviation": "ZRS",
        "department_sl": "Oddelek za cone",
        "aliases": "Bistra (1998–2004)\n\n SRC  Bistra \nMRA (–1997)",
        "description_sl": "Svetuje.",
        "partner_type": "sme",
        "topics": ["green-marketing", "circular-economy"],
        "website": "www.bistra.example/o nas".replace(" ", "-"),
        "street": "Slovenski trg 6",
        "postal_code": "2250",
        "town": "Ptuj",
        "country": "SI",
        "nuts": "si032",
        "legal_status": "public",
        "sme_size": "micro",
        "nace": "72.20",
        "pic": "998877665",
        "other_id": "SI12345678",
        "other_id_scheme": "VAT",
        "ror": "https://ror.org/05060sz93",
    }

    as_ida.post(address(bistra), sent(bistra, ida, **values))

    draft = latest(bistra)
    plain = [name for name in values if name not in ("aliases", "department_sl", "description_sl", "nuts", "website")]
    assert {name: getattr(draft, name) for name in plain} == {name: values[name] for name in plain}
    assert (draft.department.data["sl"], draft.description.data["sl"]) == ("Oddelek za cone", "Svetuje.")
    assert (draft.nuts, draft.nuts_version, draft.website) == ("SI032", 2024, "https://www.bistra.example/o-nas")
    assert draft.aliases == [
        {"name": "Bistra", "from": 1998, "to": 2004},
        {"name": "SRC Bistra", "from": None, "to": None},
        {"name": "MRA", "from": None, "to": 1997},
    ]


def test_what_the_form_shows_it_gives_back_unchanged(as_ida, ida, bistra):
    Organisation.objects.filter(pk=bistra.pk).update(
        aliases=[{"name": "Bistra", "from": 1998, "to": None}], nuts="SI032", nuts_version=2013, lat=46.4, lng=15.9
    )
    revision = reread(bistra).save_revision()

    as_ida.post(address(bistra), sent(reread(bistra), ida))

    assert Organisation.objects.get().latest_revision_id == revision.pk


def test_another_town_forgets_where_the_old_one_was(as_ida, ida, bistra):
    Organisation.objects.filter(pk=bistra.pk).update(lat=46.4, lng=15.9)
    reread(bistra).save_revision()

    typed_before = sent(reread(bistra), ida, town="Maribor")  # in a form that did not show it
    as_ida.post(address(bistra), {name: value for name, value in typed_before.items() if name not in ("lat", "lng")})

    assert (latest(bistra).lat, latest(bistra).lng) == (None, None)


def test_the_spot_is_what_the_form_says(as_ida, ida, bistra):
    as_ida.post(address(bistra), sent(bistra, ida, lat="46,42", lng="15.87° E"))
    assert (latest(bistra).lat, latest(bistra).lng) == (46.42, 15.87)

    as_ida.post(address(bistra), sent(reread(bistra), ida, town="Maribor"))
    assert (latest(bistra).town, latest(bistra).lat) == ("Maribor", 46.42)

    as_ida.post(address(bistra), sent(reread(bistra), ida, lat="", lng=""))
    assert (latest(bistra).lat, latest(bistra).lng) == (None, None)


def test_a_region_may_be_called_by_its_name(as_ida, ida, bistra):
    as_ida.post(address(bistra), sent(bistra, ida, nuts="podravska"))

    assert (latest(bistra).nuts, latest(bistra).nuts_version) == ("SI032", 2024)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"original_language": "hr"}, "original_language"),
        ({"partner_type": "x"}, "partner_type"),
        ({"partner_type": "\x00"}, "partner_type"),
        ({"sme_size": "giant"}, "sme_size"),
        ({"legal_status": "royal"}, "legal_status"),
        ({"topics": ["alchemy"]}, "topics"),
        ({"country": "XX"}, "country"),
        ({"nuts": "AT130"}, "nuts"),
        ({"nuts": "SI"}, "nuts"),
        ({"nuts": "Podravska", "country": ""}, "nuts"),
        ({"lat": "91", "lng": "15"}, "lat"),
        ({"lat": "46"}, "lng"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://example.org/\x00"}, "website"),
        ({"ror": "not an address"}, "ror"),
        ({"aliases": "Bistra (2004–1998)"}, "aliases"),
        ({"name_original": "a\x07b"}, "name_original"),
        ({"name_english": "x" * 251}, "name_english"),
        ({"description_sl": "x" * 20_001}, "description_sl"),
        ({"logo_kept": "0" * 64}, "logo"),
        ({"logo_kept": "\x00"}, "logo"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost(as_ida, ida, bistra, typed, field):
    response = as_ida.post(address(bistra), sent(bistra, ida, street="Kept as typed 7", **typed))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert 'value="Kept as typed 7"' in response.content.decode()
    assert Organisation.objects.get(pk=bistra.pk).latest_revision_id == bistra.latest_revision_id


def test_what_is_not_in_the_form_has_no_effect(as_ida, ida, bistra):
    other = OrganisationFactory()
    foreign = {
        "uid": other.uid,
        "id": other.pk,
        "slug": "mine",
        "live": "",
        "example": "on",
        "licence": "CC0-1.0",
        "nuts_version": "2010",
    }

    as_ida.post(address(bistra), sent(bistra, ida, name_english="Better", **foreign))

    draft = latest(bistra)
    assert (
        draft.uid,
        draft.slug,
        draft.live,
        draft.example,
        draft.licence,
        draft.nuts_version,
        draft.name_english,
    ) == (
        *(bistra.uid, bistra.slug, True, False, "CC-BY-4.0", bistra.nuts_version),
        "Better",
    )


def test_the_review_says_beside_the_fields_what_is_missing(as_ida, ida, bistra):
    changes = {"name_original": "", "name_english": "", "description_sl": "", "partner_type": "", "country": ""}

    response = as_ida.post(
        address(bistra), sent(bistra, ida, **changes, street="jana@example.org", action="submit"), follow=True
    )

    assert response.redirect_chain[-1] == (f"{address(bistra)}?check", 302)
    assert set(response.context["form"].errors) == {
        "name_original",
        "description_sl",
        "partner_type",
        "country",
        "street",
    }


def test_of_two_editors_the_second_sees_both_texts(client, bistra, ida, ema):
    form = sent(bistra, ida, description_en="By Ida.", town="Ormož", action="save")
    meanwhile = latest(bistra)
    meanwhile.description = {"en": "By an editor."}
    meanwhile.save_revision(user=ema)
    client.force_login(ida)

    response = client.post(address(bistra), form)

    differences = {each.name: (each.mine, each.theirs) for each in response.context["differences"]}
    assert response.status_code == 409
    assert differences["description_en"] == ("By Ida.", "By an editor.")
    assert "town" not in differences  # the editor left it as it was: it is Ida's
    assert latest(bistra).description.data["en"] == "By an editor."

    chosen = form | {"revision": str(Organisation.objects.get(pk=bistra.pk).latest_revision_id)}
    client.post(address(bistra), chosen | {"choice_description_en": "theirs"})

    assert (latest(bistra).description.data["en"], latest(bistra).town) == ("By an editor.", "Ormož")


def test_what_an_editor_has_locked_is_shown_and_not_changed(as_ida, ida, bistra, ema):
    Organisation.objects.filter(pk=bistra.pk).update(locked=True, locked_by=ema)

    assert "An editor holds it" in as_ida.get(address(bistra)).content.decode()
    response = as_ida.post(address(bistra), sent(reread(bistra), ida, town="Ormož"))

    assert response.status_code == 409
    assert 'value="Ormož"' in response.content.decode()
    assert latest(bistra).town == "Ptuj"


def test_the_preview_is_the_page_as_the_public_would_see_it(as_ida, ida, bistra):
    response = as_ida.post(address(bistra), sent(bistra, ida, description_en="Seen.", action="preview"), follow=True)

    assert response.redirect_chain == [(address(bistra, "preview"), 302)]
    assert [each.name for each in response.templates][:2] == [
        "catalogue/drafting/preview.html",
        "partners/partner.html",
    ]
    assert "Seen." in response.content.decode()


def test_a_published_page_that_nobody_changed_is_not_submitted(as_ida, bistra):
    response = as_ida.post(address(bistra, "submit"))

    assert told(response) == ["There is nothing to review: what you see is published as it stands."]


def test_what_she_submits_is_public_when_a_reviewer_has_read_it(client, bistra, ida, marta):
    client.force_login(ida)
    client.post(address(bistra), sent(bistra, ida, description_en="Advises towns.", action="submit"))
    submitted = Organisation.objects.get(pk=bistra.pk)
    assert "A reviewer reads it next" in client.get(address(bistra)).content.decode()
    assert bistra.entry.record["description"]["en"] == "Helps firms and towns."

    client.force_login(marta)
    review = reverse("reviews:review", args=[bistra.uid])
    assert "Advises towns." in client.get(review).content.decode()
    client.post(review, {"action": "approve", "revision": submitted.latest_revision_id})

    assert bistra.entry.record["description"]["en"] == "Advises towns."


def test_sent_back_it_says_what_the_reviewer_wants(client, bistra, ida, marta):
    client.force_login(ida)
    client.post(address(bistra), sent(bistra, ida, description_en="Advises towns.", action="submit"))
    revision = Organisation.objects.get(pk=bistra.pk).latest_revision_id
    reviewing.send_back(record=bistra, by=marta, message="Which towns?", revision=revision)

    assert "Which towns?" in client.get(address(bistra)).content.decode()


def test_she_takes_it_back(as_ida, ida, bistra):
    as_ida.post(address(bistra), sent(bistra, ida, description_en="Advises towns.", action="submit"))

    response = as_ida.post(address(bistra, "take_back"))

    assert told(response)[-1] == "It is a draft again, and you can change it."
    assert not Organisation.objects.get(pk=bistra.pk).workflow_in_progress


def test_who_is_no_longer_coordinator_changes_nothing(bistra, ida):
    ida.memberships.update(role="member")

    with pytest.raises(reviewing.PermissionDenied):
        reviewing.save_draft(record=bistra, by=ida, edit=lambda draft: None, expected_revision=None)


def test_the_form_costs_the_same_whatever_stands_around_it(as_ida, ida, bistra):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            as_ida.get(address(bistra))
        return len(queries)

    latest(bistra).save_revision(user=ida)
    cost()
    before = cost()
    for _number in range(2):
        latest(bistra).save_revision(user=ida)
        MembershipFactory(user=UserFactory(), organisation=bistra)
        MembershipFactory(user=ida, organisation=OrganisationFactory(), role="coordinator")

    assert cost() == before
