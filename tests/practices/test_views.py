"""The pages on which practices are written, submitted and decided, without a line of JavaScript."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from catalogue import reviewing, uids
from catalogue.models import Entry
from practices.models import GoodPractice, Photo
from tests.factories import MembershipFactory
from tests.practices.writing import approved, begun, filled, picture, save, sent_from, submitted, upload

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def address(view, practice=None):
    return reverse(
        "reviews:review" if view == "review" else f"practices:{view}", args=[practice.uid] if practice else []
    )


def told(response):
    """What the portal says of what it has just done, or is about to say after a redirect."""
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def as_marta(client, marta):
    client.force_login(marta)
    return client


# Writing


def test_who_has_not_signed_in_is_asked_to(client):
    response = client.get(address("new"))

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={address('new')}")


def test_a_new_form_speaks_the_readers_language_and_knows_her_organisation(as_nina, organisation):
    form = as_nina.get("/sl/practices/new/").context["form"]

    assert form["original_language"].value() == "sl"
    assert form["organisation"].value() == str(organisation.uid)


def test_the_first_save_leads_to_the_drafts_own_page(as_nina, nina):
    response = as_nina.post(address("new"), {"title_en": "Open-yard day", "action": "save"})

    practice = GoodPractice.objects.get()
    assert (response.status_code, response.url) == (302, address("edit", practice))
    assert told(response) == ["The draft is saved."]
    assert (practice.owner, practice.latest_draft().title.data) == (nina, {"en": "Open-yard day"})


def test_pressing_save_twice_on_a_new_form_makes_one_draft(as_nina):
    form = as_nina.get(address("new"))
    sent = filled(uid=str(form.context["new_uid"]), action="save")

    first, second = as_nina.post(address("new"), sent), as_nina.post(address("new"), sent)

    assert GoodPractice.objects.count() == 1
    assert first.url == second.url


def test_pressing_submit_twice_on_a_new_form_submits_once(as_nina, nina, marta, organisation):
    sent = filled(uid=str(uids.fresh(nina)), organisation=organisation, action="submit")

    first, second = as_nina.post(address("new"), sent), as_nina.post(address("new"), sent)

    assert [first.url, second.url] == [reverse("notices:my_work")] * 2
    assert GoodPractice.objects.reviewable_by(marta).count() == 1


def test_pressing_submit_twice_on_a_draft_submits_once(as_nina, nina, marta, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="Better", action="submit")

    first, second = as_nina.post(address("edit", practice), sent), as_nina.post(address("edit", practice), sent)

    assert [first.status_code, second.status_code] == [302, 302]
    assert set(told(second)) == {
        "The practice is submitted. A reviewer reads it next; until then nothing changes in public."
    }
    assert GoodPractice.objects.reviewable_by(marta).count() == 1


def test_save_and_preview_leads_to_the_public_page_of_the_draft(as_nina, nina):
    practice = begun(nina)

    response = as_nina.post(
        address("edit", practice), sent_from(practice, title_en="Seen", action="preview"), follow=True
    )

    assert response.redirect_chain == [(address("preview", practice), 302)]
    assert response.context["title"] == "Seen"
    assert [template.name for template in response.templates][:2] == [
        "catalogue/drafting/preview.html",
        "practices/practice.html",
    ]


def test_a_draft_without_a_title_can_be_looked_at(as_nina, nina):
    practice = begun(nina, edit=lambda draft: None)

    assert as_nina.get(address("preview", practice)).context["title"] == "Untitled practice"


def test_what_is_refused_stands_beside_its_field_and_on_top(as_nina, nina):
    practice = begun(nina)

    response = as_nina.post(
        address("edit", practice), sent_from(practice, title_en="Kept", topics=["alchemy"], action="save")
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_topics_group"' in page
    assert page.count("One of the topics is not in the list.") == 2
    assert 'value="Kept"' in page
    assert GoodPractice.objects.get().revisions.count() == 1


def test_an_error_in_the_other_language_is_not_hidden(as_nina, nina):
    practice = begun(nina)

    page = as_nina.post(address("edit", practice), sent_from(practice, summary_sl="a\x07b")).content.decode()

    assert 'href="#id_summary_sl"' in page
    assert re.search(r'class="panel bad" data-language="sl"', page)


def test_an_upload_of_20_mb_is_refused_and_the_text_kept(as_nina):
    large = upload(picture() + b"\0" * 20 * 1024 * 1024)

    response = as_nina.post(address("new"), filled(title_en="Kept", photo=large))

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("The picture is larger than 10 MB. Please choose a smaller one.") == 2
    assert 'value="Kept"' in page
    assert (GoodPractice.objects.count(), Photo.objects.count()) == (0, 0)


def test_a_picture_need_not_be_chosen_again(as_nina):
    refused = as_nina.post(address("new"), filled(topics=["alchemy"], photo=upload()))
    digest = re.search(r'name="images-new1-kept" value="([0-9a-f]{64})"', refused.content.decode())[1]

    as_nina.post(address("new"), filled(photo_kept=digest))

    [image] = GoodPractice.objects.get().latest_draft().images.all()
    assert image.photo.digest == digest


def test_nothing_but_the_form_is_taken(as_nina, nina, luka, marta):
    as_nina.post(
        address("new"), filled(live="on", owner=luka.pk, has_unpublished_changes="", slug="mine", example="on")
    )

    practice = GoodPractice.objects.get()
    draft = practice.latest_draft()
    assert (practice.live, practice.owner, practice.slug, draft.example) == (False, nina, None, False)
    assert Entry.objects.of_kind("practices").count() == 0


def test_markup_in_a_title_is_text_on_every_page(as_nina, nina, marta, organisation):
    evil = "<script>alert(1)</script>"
    as_nina.post(address("new"), filled(title_en=evil, organisation=organisation, action="submit"))
    practice = GoodPractice.objects.get()

    pages = [address("edit", practice), address("preview", practice), reverse("notices:my_work")]
    assert [evil in as_nina.get(page).content.decode() for page in pages] == [False, False, False]
    as_nina.force_login(marta)
    pages = [address("review", practice), reverse("notices:my_work")]
    assert [evil in as_nina.get(page).content.decode() for page in pages] == [False, False]


# Submitting


def test_what_is_missing_is_said_beside_the_fields(as_nina, nina):
    practice = begun(nina)

    response = as_nina.post(address("edit", practice), sent_from(practice, summary_en="", action="submit"), follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [(f"{address('edit', practice)}?check", 302)]
    assert told(response) == ["The draft is saved."]
    assert "2 things have to be put right before it can be reviewed." in page
    assert list(response.context["form"].errors) == ["summary_en", "organisation"]
    assert GoodPractice.objects.get().latest_draft().summary.data == {}


def test_who_only_looks_at_what_is_missing_is_not_told_that_it_is_saved(as_nina, nina):
    practice = begun(nina)

    looked = as_nina.get(f"{address('edit', practice)}?check").content.decode()
    from_preview = as_nina.post(address("submit", practice), follow=True)

    assert "One thing has to be put right before it can be reviewed." in looked
    assert "The draft is saved" not in looked
    assert from_preview.redirect_chain == [(f"{address('edit', practice)}?check", 302)]
    assert told(from_preview) == []


def test_its_form_says_what_is_public_and_stays_so(as_nina, nina, marta, organisation):
    practice, stays = begun(nina, organisation), "The published text stays public as it is until"
    page = as_nina.get(address("edit", practice)).content.decode()
    assert "Good practice, draft" in page and stays not in page

    practice = approved(nina, organisation, marta)
    page = as_nina.get(address("edit", practice)).content.decode()
    assert "Good practice, published" in page and stays in page

    as_nina.post(address("edit", practice), sent_from(practice, title_en="Better"))
    page = as_nina.get(address("edit", practice)).content.decode()
    assert "Good practice, new version" in page and stays in page


def test_a_practice_can_be_submitted_from_its_preview(as_nina, nina, marta, organisation):
    practice = begun(nina, organisation)

    response = as_nina.post(address("submit", practice))

    assert response.url == reverse("notices:my_work")
    assert GoodPractice.objects.reviewable_by(marta).get() == practice


def test_under_review_the_form_gives_way_to_the_state_of_things(as_nina, nina, organisation):
    practice = submitted(nina, organisation)

    response = as_nina.get(address("edit", practice))

    assert response.templates[0].name == "catalogue/drafting/locked.html"
    assert "form" not in response.context


def test_what_was_typed_while_a_colleague_submitted_is_not_lost(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, title_en="My long evening's work", action="save")
    reviewing.submit(record=practice, by=janez)

    response = as_nina.post(address("edit", practice), sent)

    assert response.status_code == 409
    assert "Your changes are not saved." in response.content.decode()
    assert response.context["form"]["title_en"].value() == "My long evening's work"


def test_taking_back_opens_the_form_again(as_nina, nina, organisation):
    practice = submitted(nina, organisation)

    response = as_nina.post(address("take_back", practice), follow=True)

    assert response.redirect_chain == [(address("edit", practice), 302)]
    assert response.templates[0].name == "practices/form.html"


# Reviewing


def test_a_reviewer_reads_what_the_public_would(as_marta, nina, organisation):
    practice = submitted(nina, organisation)

    response = as_marta.get(address("review", practice))

    assert [template.name for template in response.templates][:2] == [
        "reviews/review.html",
        "practices/practice.html",
    ]
    assert response.context["record"]["title"] == {"en": "Open-yard day", "sl": "Dan odprtih dvorišč"}
    assert response.context["step"].revision_id == practice.latest_revision_id


def decide(client, practice, **sent):
    return client.post(address("review", practice), {"revision": practice.latest_revision_id} | sent)


def test_approving(as_marta, nina, organisation):
    practice = submitted(nina, organisation)

    response = decide(as_marta, practice, action="approve")

    assert (response.status_code, response.url) == (302, reverse("notices:my_work"))
    assert told(response) == ["Approved: it is public now."]
    assert Entry.objects.visible().filter(uid=practice.uid).exists()


def test_approving_twice_approves_once_and_says_so(as_marta, nina, organisation):
    practice = submitted(nina, organisation)
    decide(as_marta, practice, action="approve")

    response = decide(as_marta, practice, action="approve")

    assert (response.status_code, response.url) == (302, reverse("notices:my_work"))
    assert Entry.objects.get(uid=practice.uid).version == 1


def test_sending_back(as_marta, nina, organisation):
    practice = submitted(nina, organisation)

    response = decide(as_marta, practice, action="send_back", message="Who pays?")

    assert (response.status_code, response.url) == (302, reverse("notices:my_work"))
    assert practice.current_workflow_state.current_task_state.comment == "Who pays?"


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("", "Without a message the author does not know what to change."),
        ("  \n ", "Without a message the author does not know what to change."),
        ("a\x00b", "The text has characters that cannot be stored. They have been taken out here."),
        ("w" * 5001, "The text has 5001 characters; a draft can keep 5000 in one field."),
    ],
)
def test_a_bad_message_is_refused_beside_its_field(as_marta, nina, organisation, message, error):
    practice = submitted(nina, organisation)

    response = decide(as_marta, practice, action="send_back", message=message)

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"message": [error]}
    assert practice.current_workflow_state.status == "in_progress"


@pytest.mark.parametrize("revision", ["", "x", "-1", "٣", "9" * 30, "9" * 5000])
def test_a_revision_that_is_none_is_a_conflict(client, nina, marta, organisation, revision):
    practice = submitted(nina, organisation)
    client.force_login(marta)
    assert decide(client, practice, action="approve", revision=revision).status_code == 409

    reviewing.take_back(record=practice, by=nina)
    client.force_login(nina)
    answer = client.post(address("edit", practice), filled(title_en="Mine", revision=revision))

    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()


def test_what_changed_since_it_was_read_is_read_again(as_marta, nina, organisation):
    practice = submitted(nina, organisation)
    read = practice.latest_revision_id
    reviewing.take_back(record=practice, by=nina)
    save(practice, nina, title={"en": "Something else"})
    reviewing.submit(record=practice, by=nina)

    for sent in ({"action": "approve"}, {"action": "send_back", "message": "Who pays?"}):
        response = as_marta.post(address("review", practice), {"revision": read} | sent)
        assert response.status_code == 409
    assert response.context["form"]["message"].value() == "Who pays?"
    assert GoodPractice.objects.get().live is False


def test_the_authors_read_the_message_above_the_form(client, nina, janez, marta, organisation):
    practice = submitted(nina, organisation)
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)

    for author in (nina, janez):
        client.force_login(author)
        [message] = client.get(address("edit", practice)).context["sent_back"]["messages"]
        assert (message["author"], message["text"]) == ("Marta Hribar", "Who pays?")


# Leaving


def test_a_draft_is_deleted_after_a_question(as_nina, nina):
    practice = begun(nina)

    assert as_nina.get(address("delete", practice)).status_code == 200
    assert GoodPractice.objects.count() == 1
    assert as_nina.post(address("delete", practice)).url == reverse("notices:my_work")
    assert GoodPractice.objects.count() == 0


def test_under_review_it_has_to_be_taken_back_before_it_is_deleted(as_nina, nina, organisation):
    practice = submitted(nina, organisation)

    response = as_nina.post(address("delete", practice))

    assert told(response) == ["The practice is under review. Take it back first, then it can be deleted."]
    assert GoodPractice.objects.count() == 1


def test_a_published_practice_keeps_an_organisation(client, nina, janez, marta, organisation):
    practice = approved(nina, organisation, marta)
    other = MembershipFactory(user=janez).organisation
    MembershipFactory(user=nina, organisation=other)

    def save(user, chosen):
        client.force_login(user)
        sent = sent_from(practice, organisation=chosen, action="save")
        return client.post(address("edit", practice), sent)

    # a member who did not begin it leaves it where it is, and nobody leaves it without one
    assert "not a member" in save(janez, other.uid).content.decode()
    assert "answers for it" in save(nina, "").content.decode()
    assert Entry.objects.get(uid=practice.uid).record["organisation_in_charge"]["uid"] == str(organisation.uid)

    assert save(nina, other.uid).status_code == 302
    assert GoodPractice.objects.get().organisation_in_charge == other


def test_a_published_practice_is_withdrawn_after_a_question(as_nina, nina, marta, organisation):
    practice = approved(nina, organisation, marta)

    assert as_nina.get(address("withdraw", practice)).status_code == 200
    assert as_nina.post(address("withdraw", practice), {"reason": "error"}).url == reverse("notices:my_work")
    assert as_nina.get(f"/id/{practice.uid}/").status_code == 410


def test_only_what_was_never_published_is_deleted_and_only_what_is_published_withdrawn(
    as_nina, nina, marta, organisation
):
    draft, published = begun(nina, organisation), approved(nina, organisation, marta)

    assert as_nina.get(address("delete", published)).status_code == 404
    assert as_nina.get(address("withdraw", draft)).status_code == 404
