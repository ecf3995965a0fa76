"""What is said, and kept, when one draft was saved twice."""

import re

import pytest
from django.urls import reverse

from practices.models import GoodPractice, Photo
from tests.factories import MembershipFactory, OrganisationFactory, publish
from tests.practices.writing import begun, save, sent_from, upload

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def address(view, practice):
    return reverse(f"practices:{view}", args=[practice.uid])


def test_the_second_of_two_sees_both_texts_and_who_was_first(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="By Nina", summary_sl="Samo Nina.", action="save")
    save(practice, janez, title={"en": "By Janez", "sl": "Dan odprtih dvorišč"}, topics=["circular-economy"])

    response = as_nina.post(address("edit", practice), sent)

    found = [(each.name, each.mine, each.theirs, each.only_theirs) for each in response.context["differences"]]
    assert response.status_code == 409
    assert found == [
        ("title_en", "By Nina", "By Janez", False),
        ("topics", "Green marketing", "Circular economy", True),
    ]
    assert response.context["theirs"].user == janez
    assert "Janez Zupan saved it first" in response.content.decode()
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "By Janez"


def test_where_the_two_meet_nowhere_both_stand(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="The same idea", author="Nina Kos", action="save")
    save(practice, janez, title={"en": "The same idea", "sl": "Dan odprtih dvorišč"})

    response = as_nina.post(address("edit", practice), sent, follow=True)

    assert "Janez Zupan saved something else meanwhile; what both of you wrote stands." in response.content.decode()
    draft = GoodPractice.objects.get().latest_draft()
    assert (draft.title.data["en"], draft.author) == ("The same idea", "Nina Kos")


def test_an_organisation_that_the_other_chose_is_asked_about(as_nina, nina, janez, organisation):
    """It travels in no revision, so that nobody can tell who changed it."""
    other = publish(OrganisationFactory())
    for person in (nina, janez):
        MembershipFactory(user=person, organisation=other)
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="By Nina", action="save")
    save(practice, janez, title={"en": "By Janez", "sl": "Dan odprtih dvorišč"})
    GoodPractice.objects.filter(pk=practice.pk).update(organisation_in_charge=other)

    response = as_nina.post(address("edit", practice), sent)

    assert [each.name for each in response.context["differences"]] == ["title_en", "organisation"]


def fields_of(page: str) -> dict:
    """What a browser would send back from a page whose fields are all hidden or chosen."""
    sent: dict[str, list] = {}
    for tag in re.findall(r"<input [^>]+>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("radio" not in tag or "checked" in tag):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    return sent


def test_she_keeps_her_text_knowingly(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="By Nina", action="save")
    save(practice, janez, title={"en": "By Janez"}, topics=["circular-economy"])
    page = as_nina.post(address("edit", practice), sent).content.decode()

    response = as_nina.post(address("edit", practice), fields_of(page))

    draft = GoodPractice.objects.get().latest_draft()
    assert response.status_code == 302
    assert draft.title.data["en"] == "By Nina"


def test_what_she_did_not_touch_is_the_others_unless_she_says_so(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="By Nina")
    save(practice, janez, summary={"en": "Shorter."}, topics=["circular-economy"])
    page = as_nina.post(address("edit", practice), sent).content.decode()

    as_nina.post(address("edit", practice), fields_of(page))

    draft = GoodPractice.objects.get().latest_draft()
    assert (draft.title.data["en"], draft.summary.data["en"], draft.topics) == (
        "By Nina",
        "Shorter.",
        ["circular-economy"],
    )


def test_she_takes_the_others_text_field_by_field(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="By Nina", place_1_town="Maribor", topics=["investor-attraction"])
    save(practice, janez, title={"en": "By Janez"}, summary={"en": "Shorter."}, topics=["circular-economy"])
    page = as_nina.post(address("edit", practice), sent).content.decode()

    choices = {"choice_title_en": "theirs", "choice_summary_en": "theirs", "choice_topics": "theirs"}
    as_nina.post(address("edit", practice), fields_of(page) | choices)

    draft = GoodPractice.objects.get().latest_draft()
    assert (draft.title.data["en"], draft.summary.data["en"], draft.topics) == (
        "By Janez",
        "Shorter.",
        ["circular-economy"],
    )
    assert draft.places[0]["town"] == "Maribor"


def test_a_third_text_in_the_meantime_is_shown_again(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="By Nina")
    save(practice, janez, title={"en": "By Janez"})
    page = as_nina.post(address("edit", practice), sent).content.decode()
    save(practice, janez, title={"en": "By Janez again"})

    response = as_nina.post(address("edit", practice), fields_of(page))

    assert response.status_code == 409
    assert [each.theirs for each in response.context["differences"] if each.name == "title_en"] == ["By Janez again"]


def test_in_a_conflict_a_new_picture_is_kept(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, photo=upload())
    save(practice, janez, title={"en": "By Janez"})

    page = as_nina.post(address("edit", practice), sent).content.decode()
    as_nina.post(address("edit", practice), fields_of(page))

    [image] = GoodPractice.objects.get().latest_draft().images.all()
    assert image.photo == Photo.objects.get()


def test_a_form_without_its_revision_is_a_conflict_too(as_nina, nina, organisation):
    practice = begun(nina, organisation)

    for revision in ("", "0", "x", "²", "9" * 30):
        sent = sent_from(practice, title_en="By Nina", revision=revision)
        assert as_nina.post(address("edit", practice), sent).status_code == 409


def test_of_two_windows_the_second_is_told_that_it_was_herself(client, nina, organisation):
    client.force_login(nina)
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="In this window", action="save")
    save(practice, nina, title={"en": "In the other"})

    page = client.post(reverse("practices:edit", args=[practice.uid]), sent).content.decode()

    assert "You have changed this draft elsewhere" in page and "You saved it in another window" in page
    assert "omebody else" not in page and "Nina Kos" not in page
    assert "In this window" in page and "In the other" in page


def test_a_tick_is_told_in_words(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    practice = save(practice, nina, contact_name="Janez Zupan", contact_agreed=True)
    sent = sent_from(practice, contact_name="Janez", action="save")
    save(practice, janez, contact_name="Nina Kos", contact_agreed=False)

    response = as_nina.post(address("edit", practice), sent)

    found = [(each.name, each.mine, each.theirs) for each in response.context["differences"]]
    assert found == [("contact_name", "Janez", "Nina Kos"), ("contact_agreed", "Yes", "No")]
