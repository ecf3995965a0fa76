"""An organisation's logo: what is taken in, what is left of it, and who may see it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image

from catalogue import reviewing
from partners import logos
from partners.models import Logo, Organisation
from partners.organisation_form import OrganisationPageForm
from partners.readiness import problems_of
from tests.admin import edit
from tests.drafting import sent_from
from tests.factories import publish, reread
from tests.partners.test_page_form import address
from tests.practices.writing import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.core]

TRANSPARENT = picture((300, 100), "PNG", "RGBA", (200, 30, 30, 0))


def kept(logo):
    image = Image.open(BytesIO(logo.content()))
    image.load()
    return image


def with_logo(logo, alt="A red fish"):
    def write(draft):
        draft.logo, draft.logo_alt = logo, {"en": alt, "sl": "Rdeča riba"}

    return write


def shown_by(organisation, logo, by):
    """In a draft."""
    revision = organisation.latest_revision_id
    return reviewing.save_draft(record=organisation, by=by, edit=with_logo(logo), expected_revision=revision)


# What is taken in


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "P"), ("WEBP", "RGB")])
def test_logos_become_pngs(ida, form, mode):
    logo = logos.keep(upload(picture((320, 200), form, mode, None)), by=ida)

    assert (kept(logo).format, kept(logo).size, (logo.width, logo.height)) == ("PNG", (320, 200), (320, 200))
    assert logo.url == f"/logos/{logo.digest}.png"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_is_transparent_stays_so(ida, form):
    logo = logos.keep(upload(picture((300, 100), form, "RGBA", (200, 30, 30, 0))), by=ida)

    assert (kept(logo).mode, kept(logo).getpixel((5, 5))[3]) == ("RGBA", 0)


def test_large_ones_are_made_smaller_and_tell_nothing_of_where_they_come_from(ida):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ida"
    original = picture((3000, 1500), "PNG", exif=exif) + b"PK\x03\x04 hidden behind"

    logo = logos.keep(upload(original), by=ida)

    assert kept(logo).size == (600, 300)
    assert (dict(kept(logo).getexif()), kept(logo).info) == ({}, {})
    assert b"Ida" not in logo.content() and b"hidden" not in logo.content()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Only pictures in JPEG, PNG or WebP can be shown."),
        (picture((800, 600), "PNG")[:-60], "The file is damaged and cannot be read as a picture."),
        (picture() + b"\0" * 2 * 1024 * 1024, "The logo is larger than 2 MB. Please choose a smaller one."),
        (
            picture((4001, 10), "PNG"),
            "The logo is wider or higher than 4,000 pixels. Please make it smaller.",
        ),
    ],
    ids=["svg", "truncated", "heavy", "wide"],
)
def test_other_files_are_refused_in_plain_words(as_ida, bistra, ida, content, message):
    form = sent_from(OrganisationPageForm(draft=bistra.latest_draft(), user=ida), bistra, town="Kept")
    response = as_ida.post(address(bistra), form | {"logo": upload(content)})

    assert (response.status_code, response.context["form"].errors) == (422, {"logo": [message]})
    assert ('value="Kept"' in response.content.decode(), Logo.objects.count()) == (True, 0)


def test_the_file_is_kept_once_whoever_sends_it(ida, zala):
    first, second = (logos.keep(upload(TRANSPARENT), by=user) for user in (ida, zala))

    assert first == second
    assert storages["records"].listdir(f"logos/{first.digest[:2]}") == ([], [f"{first.digest}.png"])


# In the form


def test_it_is_chosen_described_kept_and_taken_out(as_ida, ida, bistra):
    def send(**changes):
        draft = Organisation.objects.get().latest_draft()
        form = OrganisationPageForm(draft=draft, user=ida)
        response = as_ida.post(address(bistra), sent_from(form, Organisation.objects.get(), **changes))
        return response, Organisation.objects.get().latest_draft()

    refused, _draft = send(logo=upload(TRANSPARENT), topics=["alchemy"])
    logo = Logo.objects.get()
    assert refused.context["form"].picture_shown == logo

    _saved, draft = send(logo_kept=logo.digest, logo_alt_en="A red fish")
    assert (draft.logo, draft.logo_alt.data) == (logo, {"en": "A red fish"})
    _saved, draft = send(town="Ormož")
    assert draft.logo == logo
    _saved, draft = send(logo_remove="on")
    assert draft.logo is None


def test_somebody_elses_logo_cannot_be_taken(as_ida, ida, zala, bistra):
    theirs = logos.keep(upload(TRANSPARENT), by=zala)
    form = sent_from(OrganisationPageForm(draft=bistra.latest_draft(), user=ida), bistra, logo_kept=theirs.digest)

    response = as_ida.post(address(bistra), form)

    assert response.context["form"].errors == {"logo": ["This picture is not there any more. Please choose it again."]}


def test_the_review_asks_what_it_shows(ida, bistra):
    draft = shown_by(bistra, logos.keep(upload(TRANSPARENT), by=ida), ida).latest_draft()
    draft.logo_alt = {"en": "A red fish"}

    assert [(each.field, each.language) for each in problems_of(draft)] == [("logo_alt", "sl")]


# Who sees it


def seen_by(client, logo, *users):
    seen = []
    for user in users:
        client.logout()
        if user:
            client.force_login(user)
        seen.append(client.get(logo.url).status_code == 200)
    return seen


def test_before_publication_who_writes_and_who_keeps_the_catalogue(client, ida, nina, zala, ema, bistra):
    logo = logos.keep(upload(TRANSPARENT), by=ida)
    assert seen_by(client, logo, ida, nina, zala, ema, None) == [True, False, False, False, False]

    shown_by(bistra, logo, ida)
    assert seen_by(client, logo, ida, nina, zala, ema, None) == [True, False, False, True, False]


def test_a_coordinator_after_her_sees_what_the_draft_shows_now(client, ida, nina, bistra):
    logo = logos.keep(upload(TRANSPARENT), by=ida)
    shown = shown_by(bistra, logo, ida)
    ida.memberships.update(role="member")
    nina.memberships.update(role="coordinator")
    assert seen_by(client, logo, nina) == [True]

    revision = shown.latest_revision_id
    reviewing.save_draft(record=shown, by=nina, edit=with_logo(None), expected_revision=revision)
    assert seen_by(client, logo, nina) == [False]


def test_the_page_shows_it_to_everybody_until_it_is_withdrawn(client, ida, bistra):
    logo = logos.keep(upload(TRANSPARENT), by=ida)
    draft = shown_by(bistra, logo, ida).latest_draft()
    publish(draft)

    told = reread(bistra).entry.record["logo"]
    assert told == {"url": logo.url, "alt": {"en": "A red fish", "sl": "Rdeča riba"}, "width": 300, "height": 100}
    page = client.get(f"/sl/partners/{bistra.slug}/").content.decode()
    assert f'src="{logo.url}"' in page and 'alt="Rdeča riba"' in page
    response = client.get(logo.url)
    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (
        *(200, "image/png"),
        "public, max-age=300",
    )
    bistra.unpublish()
    assert client.get(logo.url).status_code == 404


def test_without_one_the_document_says_so(bistra):
    assert bistra.entry.record["logo"] is None


def test_addresses_that_lead_nowhere(client, ida):
    lost = logos.keep(upload(TRANSPARENT), by=ida)
    storages["records"].delete(lost.path)
    client.force_login(ida)

    paths = (lost.url, f"/logos/{'0' * 64}.png", f"/logos/{lost.digest}.jpg", "/logos/")
    assert [client.get(path).status_code for path in paths] == [404] * 4


# At the editors' desk


def test_editors_see_it_and_can_take_it_out(client, ida, ema, zala, bistra):
    logo, theirs = logos.keep(upload(TRANSPARENT), by=ida), logos.keep(upload(), by=zala)
    publish(shown_by(bistra, logo, ida).latest_draft())
    client.force_login(ema)

    refused = edit(client, bistra, "publish", logo=str(theirs.pk))
    assert "logo" in refused.context["form"].errors
    assert logo.url in refused.content.decode()
    edit(client, bistra, "publish", logo="")

    assert reread(bistra).entry.record["logo"] is None


# What nobody uses


def test_what_was_sent_and_never_saved_is_cleared_away(ida, bistra):
    used, unused = logos.keep(upload(TRANSPARENT), by=ida), logos.keep(upload(), by=ida)
    shown_by(bistra, used, ida)
    Logo.objects.update(uploaded=timezone.now() - timedelta(days=2))

    logos.remove_unused()

    assert list(Logo.objects.all()) == [used]
    assert not storages["records"].exists(unused.path)


def test_a_file_that_is_too_heavy_is_not_even_read(ida):
    class Unreadable:
        size = 3 * 1024 * 1024

    with pytest.raises(ValidationError, match="larger than 2 MB"):
        logos.keep(Unreadable(), by=ida)
