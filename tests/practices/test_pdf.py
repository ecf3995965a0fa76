"""A practice on paper: what stands in it, who gets it, and that programs which read aloud can read it."""

import re
import zlib
from io import BytesIO

import pikepdf
import pytest
from django.core.cache import caches
from django.utils.translation import override

from catalogue import typesetting, unprintable
from practices import pdf, photos
from practices.models import GoodPractice
from tests.factories import (
    AttachmentFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    PracticeImageFactory,
    PracticeLinkFactory,
    ProjectFactory,
    ResultFactory,
    UserFactory,
    publish,
    republish,
    texts,
    withdraw,
)
from tests.practices.writing import upload

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def practice():
    organisation = publish(OrganisationFactory(name_english="Bistra Ptuj", name_original="Bistra hiša Ptuj"))
    return publish(
        GoodPracticeFactory(organisation_in_charge=organisation, title=texts("Open yards", "Odprta dvorišča"))
    )


def address(practice, language="en", version="") -> str:
    return f"/{language}/practices/{practice.slug}/{version}{practice.slug}.pdf"


def content(practice, language="en", number=None) -> dict:
    version = practice.entry.versions.get(number=number or practice.entry.version)
    with override(language):
        return pdf.content_of(version, practice.entry, pdf.context_of(version, practice.entry))[0]


def headings(told: dict) -> list[str]:
    return [section["heading"] for section in told["sections"]]


def facts(told: dict) -> dict[str, str]:
    every = [*told["facts"], *told["about"]["blocks"][0]["facts"]]
    return {fact["label"]: ", ".join(line["text"] for line in fact["lines"]) for fact in every}


def metadata(answer) -> str:
    return re.search(rb"<x:xmpmeta.*</x:xmpmeta>", answer.content, re.DOTALL)[0].decode()


def everything_in(answer) -> bytes:
    """The file with its streams unpacked: the tree of tags stands in them or beside them."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", answer.content, re.DOTALL)
    return answer.content + b"".join(_unpacked(stream) for stream in streams)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


# What it is


def test_it_is_a_tagged_file_that_says_its_title_and_language(client, practice):
    answer = client.get(address(practice, "sl"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="{practice.slug}.pdf"'
    told = metadata(answer)
    assert "Odprta dvorišča" in re.search(r"<dc:title>.*</dc:title>", told)[0]
    assert re.search(r"<dc:creator>.*</dc:creator>", told)[0].count("Bistra hiša Ptuj") == 1
    assert "<pdfuaid:part>1</pdfuaid:part>" in told
    whole = everything_in(answer)
    assert b"/Lang(sl)" in whole
    assert b"/StructTreeRoot" in whole
    assert b"/Marked true" in whole
    assert whole.count(b"/S/H1") == 4  # three guided parts, and what stands about the record


def test_the_page_leads_to_it_and_a_version_to_its_own(client, practice):
    republish(practice, title=texts("Open gates", "Odprta vrata"))

    page = client.get(f"/en/practices/{practice.slug}/").content.decode()
    assert f'href="{address(practice)}" type="application/pdf"' in page
    page = client.get(f"/en/practices/{practice.slug}/v/1/").content.decode()
    assert f'href="{address(practice, version="v/1/")}"' in page


def test_kinds_without_one_do_not_offer_it(client):
    organisation = publish(OrganisationFactory())

    assert ".pdf" not in client.get(f"/en/partners/{organisation.slug}/").content.decode()


# What stands in it


def test_it_tells_what_the_page_tells_in_the_readers_language(practice, settings):
    told = content(practice, "sl")

    assert (told["title"]["text"], told["lang"]) == ("Odprta dvorišča", "sl")
    assert headings(told) == ["Problem", "Kako deluje", "Kdo sodeluje in kdo ima korist"]
    assert told["sections"][0]["blocks"] == [
        {"type": "prose", "lang": "sl", "parts": [{"is_list": False, "lines": ["Območje je bilo napol prazno."]}]}
    ]
    told = facts(told)
    assert told["Kraj"] == "Ptuj, Slovenija"
    assert told["Trajni naslov"] == f"{settings.PUBLIC_URL}/id/{practice.uid}/v/1/"
    assert told["Licenca"] == "CC-BY-4.0"


def test_it_is_cited_with_its_version_and_day(practice, settings):
    told = content(practice)

    year, url = practice.entry.published.year, f"{settings.PUBLIC_URL}/id/{practice.uid}/v/1/"
    assert facts(told)["Cite as"] == f"Bistra Ptuj ({year}): Open yards. MER portal, version 1. {url}. CC-BY-4.0."
    assert told["edition"].startswith("Version 1, ")


def test_a_text_in_another_language_says_so_and_is_marked():
    practice = publish(
        GoodPracticeFactory(original_language="sl", how_it_works={"sl": "Ena pisarna.\n\n- prva\n- druga"})
    )

    told = content(practice)

    assert told["notes"] == [
        "This text is a translation; the original is in Slovenian.",
        "Not wholly translated yet. Parts of the text do not exist in English; they stand in Slovenian.",
    ]
    [block] = told["sections"][1]["blocks"]
    assert block["lang"] == "sl"
    assert block["parts"] == [
        {"is_list": False, "lines": ["Ena pisarna."]},
        {"is_list": True, "lines": ["prva", "druga"]},
    ]


def test_its_pictures_stand_in_it_with_their_words_and_rights(client):
    practice = GoodPracticeFactory()
    photo = photos.keep(upload(), by=UserFactory())
    practice.images.add(
        PracticeImageFactory.build(practice=practice, photo=photo, credit="M. Novak", licence="CC-BY-SA-4.0")
    )
    practice.save()
    publish(practice)

    [shown] = content(practice)["sections"][0]["blocks"]

    assert (shown["alt"], shown["caption"]) == ("A street with trees", "M. Novak. CC-BY-SA-4.0")
    assert b"/Alt(A street with trees)" in everything_in(client.get(address(practice)))


def test_a_picture_whose_file_is_lost_leaves_a_gap(client):
    practice = GoodPracticeFactory()
    practice.images.add(PracticeImageFactory.build(practice=practice, photo=photos.keep(upload(), by=UserFactory())))
    practice.save()
    publish(practice)
    photos.pictures.storage().delete(practice.images.get().photo.path)

    assert headings(content(practice))[0] == "The problem"
    assert client.get(address(practice)).status_code == 200


def test_what_it_grew_from_leads_to_the_portal(practice, settings):
    result = ResultFactory(project=ProjectFactory(acronym="ECOMARK"))
    project = publish(result.project)
    practice.projects.add(project)
    republish(practice, grew_from=[str(result.uid)])

    [links] = content(practice)["sections"][-1]["blocks"]

    assert links["lines"] == [
        {
            "text": "A handbook was written. (ECOMARK)",
            "url": f"{settings.PUBLIC_URL}/en/projects/{project.slug}/#{result.uid}",
            "lang": "",
        }
    ]


def test_files_lead_to_the_portal_and_sums_say_of_which_year_they_are(settings):
    practice = GoodPracticeFactory(
        resources_setup_amount=4500, resources_setup_currency="EUR", resources_setup_year=2024
    )
    attached = AttachmentFactory(practice=practice)

    told = content(publish(practice))

    [files] = next(section["blocks"] for section in told["sections"] if section["heading"] == "Files")
    assert [line["text"] for line in files["lines"]] == [attached.title.data["en"]]
    assert files["lines"][0]["url"].startswith(f"{settings.PUBLIC_URL}/")
    assert facts(told)["Setting it up"] == "€4,500 in the money of 2024"


@pytest.mark.parametrize(
    "text",
    [
        '#panic("run")',
        '"] #eval("1/0") [',
        "= no heading\n- item\n\n- \n-",
        "$x^2$ @label <label> `raw` \\ /* //",
        "č š ž đ ő",
    ],
)
def test_what_people_write_is_never_part_of_the_template(client, text):
    practice = publish(GoodPracticeFactory(title={"en": text[:90].replace("\n", " ")}, how_it_works={"en": text}))

    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(client.get(address(practice)))


def test_a_sign_that_no_font_has_is_said_otherwise_wherever_it_stands(client, caplog):
    family = "\U0001f469\u200d\U0001f467"
    practice = GoodPracticeFactory(
        title={"en": "A yard 🌹 in bloom"},
        summary={"en": f"For every {family}."},
        how_it_works={"en": "It works 👍🏽 for 漢字."},
        keywords=["roses 🌹"],
    )
    practice.links.add(PracticeLinkFactory.build(practice=practice, url="https://roses.example/🌹"))

    answer = client.get(address(publish(practice)))

    known = metadata(answer)
    assert "<pdfuaid:part>1</pdfuaid:part>" in known
    assert "A yard [rose] in bloom" in known and "For every [woman][girl]." in known and "roses [rose]" in known
    assert b"https://roses.example/%F0%9F%8C%B9" in everything_in(answer)
    assert "PDF/UA-1" not in caplog.text


def test_what_cannot_be_said_otherwise_does_not_stop_it(client, caplog, monkeypatch):
    monkeypatch.setattr(typesetting, "is_printable", lambda sign: True)

    answer = client.get(address(publish(GoodPracticeFactory(how_it_works={"en": "It works 😀."}))))

    assert answer.status_code == 200
    assert "pdfuaid" not in metadata(answer)  # it claims nothing that is not so
    assert b"/StructTreeRoot" in everything_in(answer)
    assert "does not meet PDF/UA-1" in caplog.text


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("漢字", "□□"),
        ("a 🌹️", "a [rose]"),
        ("👍🏽!", "[thumbs up sign]!"),
        ("č ž € – ½", "č ž € – ½"),
        ("a\x07b", "ab"),
        ("\u0378", "□"),
    ],
)
def test_how_it_is_said(text, stated):
    assert unprintable.stated([{"text": text}], typesetting.is_printable) == [{"text": stated}]


def test_a_text_of_very_many_such_signs_costs_no_more(monkeypatch):
    asked = []
    text = "".join(chr(number) for number in range(0x4E00, 0x5E00))

    assert set(unprintable.stated(text, lambda sign: bool(asked.append(sign)))) == {"□"}
    assert len(asked) == unprintable.MOST_ASKED


# Who gets it


def test_a_draft_is_not_there_and_never_in_it(client, practice):
    draft = GoodPracticeFactory()
    draft.save_revision()
    practice.title = texts("A secret title", "Skrivnost")
    practice.save_revision()

    assert client.get(address(draft)).status_code == 404
    assert "Open yards" in metadata(client.get(address(practice)))


def test_what_is_withdrawn_is_gone(client, practice):
    name = address(practice)
    assert client.get(name).status_code == 200
    withdraw(practice)

    assert client.get(name).status_code == 410


def test_other_names_and_versions_are_not_there(client, practice):
    assert client.get(f"/en/practices/{practice.slug}/another.pdf").status_code == 404
    assert client.get("/en/practices/none-such/none-such.pdf").status_code == 404
    assert client.get(address(practice, version="v/2/")).status_code == 404


def test_a_former_address_leads_to_the_page(client, practice):
    former = address(practice)
    GoodPractice.objects.filter(pk=practice.pk).update_ledger(slug="open-gates")
    republish(practice)

    assert client.get(former)["Location"] == "/en/practices/open-gates/"


def test_an_earlier_version_stays_as_it_was_and_says_so(client, practice):
    republish(practice, title=texts("Open gates", "Odprta vrata"))

    assert "Open yards" in metadata(client.get(address(practice, version="v/1/")))
    assert "Open gates" in metadata(client.get(address(practice)))
    assert content(practice, number=1)["notes"] == ["This is an earlier version. The record has been changed since."]
    assert content(practice)["notes"] == []


# How often it is made


def test_it_is_set_once_for_each_version_and_language(client, practice, monkeypatch):
    made = []
    real = typesetting.pdf
    monkeypatch.setattr(typesetting, "pdf", lambda *args, **more: made.append(1) or real(*args, **more))

    first = client.get(address(practice))
    assert client.get(address(practice)).content == first.content
    assert len(made) == 1
    client.get(address(practice, "sl"))
    republish(practice, title=texts("Open gates", "Odprta vrata"))
    client.get(address(practice))
    assert len(made) == 3


def test_the_same_practice_gives_the_same_bytes(client, practice):
    first = client.get(address(practice)).content
    caches["pdfs"].clear()

    assert client.get(address(practice)).content == first


def test_who_has_it_already_is_told_so(client, practice):
    answer = client.get(address(practice))
    again = client.get(address(practice), headers={"If-None-Match": answer["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert answer["Cache-Control"] == again["Cache-Control"] == "public, max-age=300"


def test_a_renamed_organisation_is_named_anew(client, practice):
    before = client.get(address(practice))["ETag"]
    republish(practice.organisation_in_charge, name_english="Bistra House")

    answer = client.get(address(practice))

    assert answer["ETag"] != before
    assert facts(content(practice))["In charge"] == "Bistra House"


def test_the_emblem_never_stands_on_a_page_alone(practice):
    """However long the text before it is."""
    version, told = practice.entry.versions.get(), content(practice)
    emblem = {"emblem.svg": pdf.EMBLEM.read_bytes()}
    line = {"type": "prose", "lang": "en", "parts": [{"is_list": False, "lines": ["A line."]}]}
    with_links = []
    for number in range(0, 60, 2):
        long = told | {"sections": [{"heading": "Long", "blocks": [line] * number}]}
        made = typesetting.pdf("practice.typ", long, files=emblem, made=version.published)
        with pikepdf.open(BytesIO(made)) as paper:
            with_links.append("/Annots" in paper.pages[-1])  # the permanent address stands above it

    assert with_links == [True] * 30
