"""A reviewer comments on fields, sends the text back; its author finds each comment at its field, answers and settles it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from post_office.models import Email

from accounts import erasure
from catalogue import reviewing
from notices.models import Notification
from practices.models import BuildingBlock, GoodPractice
from reviews import actions, own_rows
from reviews.actions import Said
from reviews.models import FieldComment
from tests.factories import reread
from tests.practices.writing import begun, save, sent_from, submitted, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def practice(nina, organisation):
    return submitted(nina, organisation)


def address(record):
    return reverse("reviews:review", args=[record.uid])


def form_of(practice):
    return reverse("practices:edit", args=[practice.uid])


def read(practice, **posted):
    """What a reviewer's browser sends beside what she typed."""
    step = practice.current_workflow_task_state
    return {
        "revision": step.revision_id,
        "step": step.pk,
        **{name.replace("__", "-"): each for name, each in posted.items()},
    }


def comment(practice, by, text="Which year?", field="summary", **more):
    said = Said(text, field, **more)
    actions.keep(record=practice, by=by, comments=[said], revision=practice.latest_revision_id)
    return FieldComment.objects.get(text=text)


def sent_back(practice, by, **said):
    made = comment(practice, by, **said)
    actions.send_back(record=practice, by=by, message="", revision=practice.latest_revision_id)
    reread(practice)
    made.refresh_from_db()
    return made


# A reviewer


def test_every_field_of_the_form_can_be_commented_on(browser, marta, practice):
    page = browser(marta).get(address(practice)).content.decode()

    names = ("title", "summary", "how_it_works", "status", "start", "topics", "places", "organisation", "images")
    assert [name for name in names if f'name="comment-{name}"' not in page] == []


def test_a_comment_is_kept_at_its_field(browser, marta, practice):
    answer = browser(marta).post(
        address(practice),
        read(practice, action="comment:summary", comment__summary="Which year?", language__summary="sl"),
    )

    assert answer.url == f"{address(practice)}#field-summary"
    kept = FieldComment.objects.get()
    assert (kept.field, kept.language, kept.text, kept.role) == ("summary", "sl", "Which year?", "reviewer")
    assert (kept.author, kept.revision_id, kept.about_uid) == (marta, practice.latest_revision_id, practice.uid)
    assert "Which year?" in browser(marta).get(address(practice)).content.decode()


def test_in_an_open_page_the_field_alone_is_drawn_anew(browser, marta, practice):
    sent = read(practice, action="comment:summary", comment__summary="Which year?")
    answer = browser(marta).post(address(practice), sent, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert page.lstrip().startswith('<div class="asked" role="group" id="field-summary"')
    assert "Which year?" in page


def test_pressing_the_button_twice_says_it_once(browser, marta, practice):
    sent = read(practice, action="comment:summary", comment__summary="Which year?")
    for _time in range(2):
        browser(marta).post(address(practice), sent)

    assert FieldComment.objects.count() == 1


def test_a_message_half_written_stays(browser, marta, practice):
    sent = read(practice, action="comment:title", comment__title="Shorter?", message="Good, but")

    assert "Good, but</textarea>" in browser(marta).post(address(practice), sent).content.decode()


def test_what_cannot_be_kept_stays_in_the_page(browser, marta, practice):
    sent = read(practice, action="send_back", comment__title="x" * 5001, comment__summary="Which year?", message="Hm")

    answer = browser(marta).post(address(practice), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "x" * 5001 in page
    assert "Which year?</textarea>" in page
    assert "Hm</textarea>" in page
    assert not FieldComment.objects.exists()


def test_a_text_that_changed_meanwhile_is_read_first(browser, nina, marta, practice):
    sent = read(practice, action="comment:title", comment__title="Shorter?")
    reviewing.take_back(record=practice, by=nina)
    save(practice, nina, title={"en": "Open yards"})
    reviewing.submit(record=practice, by=nina)

    answer = browser(marta).post(address(practice), sent)

    assert answer.status_code == 409
    assert "Shorter?</textarea>" in answer.content.decode()
    assert not FieldComment.objects.exists()


@pytest.mark.parametrize("action", ["comment:title", "send_back", "approve"])
def test_what_she_wrote_while_it_was_taken_back_is_hers_to_copy(browser, nina, marta, janez, practice, action):
    sent = read(practice, action=action, comment__title="Shorter?", message="Who\npays?", opinion_en="Worth a visit.")
    sent |= {"opinion_name": "Marta Hribar", "value-1": "3"}
    reviewing.take_back(record=practice, by=nina)

    answer = browser(marta).post(address(practice), sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This review has ended" in page
    assert answer.context["texts"] == ["Shorter?", "Who\npays?", "Worth a visit."]
    assert str(practice) not in page
    assert browser(janez).post(address(practice), sent).status_code == 404


def test_comments_are_message_enough(browser, marta, practice):
    answer = browser(marta).post(address(practice), read(practice, action="send_back", comment__title="Shorter?"))

    assert answer.url == reverse("notices:my_work")
    assert reread(practice).current_workflow_state.status == "needs_changes"


def test_without_any_word_nothing_is_sent_back(browser, marta, practice):
    assert browser(marta).post(address(practice), read(practice, action="send_back")).status_code == 422


def test_what_is_published_is_not_commented_on_in_the_same_breath(browser, marta, practice):
    answer = browser(marta).post(address(practice), read(practice, action="approve", comment__title="Shorter?"))

    assert answer.status_code == 422
    assert "Shorter?</textarea>" in answer.content.decode()
    assert reread(practice).live is False


def test_who_checks_for_the_organisation_comments_too(browser, nina, janez, marta, organisation):
    practice = submitted(janez, organisation)

    browser(nina).post(address(practice), read(practice, action="approve", comment__title="A good one, I think."))

    assert FieldComment.objects.get().role == "checker"
    assert "A good one, I think." in browser(marta).get(address(practice)).content.decode()


# Her author


def test_each_open_comment_stands_beside_its_field(browser, nina, marta, practice):
    made = sent_back(practice, marta, text="Which year?", field="summary", language="en")

    page = browser(nina).get(form_of(practice)).content.decode()
    before, thread = page.split(f'id="comment-{made.pk}"')
    assert before.rindex('id="id_summary_group"') > before.rindex('id="id_title_group"')
    assert 'id="id_problem_and_context_group"' in thread
    assert "Summary (English)" in thread
    assert f'name="reply-{made.pk}"' in thread
    assert f'name="settle-{made.pk}"' in thread


@pytest.mark.parametrize("field", ["title", "status", "places", "organisation", "images", "building_blocks", "gone"])
def test_wherever_it_was_made_it_is_shown_once(browser, nina, marta, practice, field):
    made = sent_back(practice, marta, field=field)

    assert browser(nina).get(form_of(practice)).content.decode().count(f'id="comment-{made.pk}"') == 1


def with_blocks(draft):
    whole(draft)
    draft.building_blocks = [BuildingBlock(title={"en": title}) for title in ("A date", "A form")]


def test_what_another_reviewer_had_noted_comes_back_to_her_when_it_is_approved(marta, peter, practice):
    comment(practice, marta, text="Which form?")
    comment(practice, peter, text="Which year?")

    reviewing.approve(record=practice, by=peter, revision=practice.latest_revision_id)

    told = Notification.objects.filter(kind="review-comments-not-sent")
    assert list(told.values_list("recipient", flat=True)) == [marta.pk]
    assert Email.objects.filter(to__contains=marta.email, message__contains="– Which form?").count() == 1


def test_sent_back_without_a_message_the_form_says_where_the_comments_stand(browser, nina, marta, practice):
    sent_back(practice, marta)

    head = browser(nina).get(form_of(practice)).content.decode().split('id="sent-back"')[1].split("</section>")[0]
    assert "What is to be changed stands beside the fields of the form." in head


def test_one_of_several_parts_is_commented_on(browser, nina, marta, organisation):
    practice = submitted(nina, organisation, with_blocks)
    first, second = practice.latest_draft().building_blocks.all()
    key = f"building_blocks-{second.uid}"
    sent = read(practice, action=f"comment:{key}") | {f"comment-{key}": "Which form?"}

    answer = browser(marta).post(address(practice), sent)
    actions.send_back(record=practice, by=marta, message="", revision=practice.latest_revision_id)

    assert answer.url.endswith(f"#field-{key}")
    made = FieldComment.objects.get()
    assert (made.field, made.child) == ("building_blocks", second.uid)
    page = browser(nina).get(form_of(practice)).content.decode()
    in_its_group = page.split(f'id="{key}"')[1].split("</fieldset>\n")
    assert page.count("Which form?") == 1
    assert "Which form?" not in page.split(f'id="building_blocks-{first.uid}"')[1].split(f'id="{key}"')[0]
    assert "Comments on “Building block 2”" in "".join(in_its_group)


def test_what_was_said_of_a_part_that_is_gone_stands_on_top(browser, nina, marta, organisation):
    practice = submitted(nina, organisation, with_blocks)
    [_first, second] = practice.latest_draft().building_blocks.all()
    sent_back(practice, marta, text="Which form?", field="building_blocks", child=second.uid)
    save(practice, nina, building_blocks=[])

    page = browser(nina).get(form_of(practice)).content.decode()
    assert "Which form?" in page.split('id="in-short"')[0]
    assert "something that is no longer in the form" in page


def test_answers_are_kept_with_the_text(browser, nina, marta, practice):
    made, other = comment(practice, marta), sent_back(practice, marta, text="Shorter?", field="title")
    sent = sent_from(practice, summary_en="Since 2019 firms open their gates.", action="save")
    sent |= {f"reply-{made.pk}": "In 2019.", f"settle-{made.pk}": "on", f"reply-{other.pk}": "We like it so."}

    browser(nina).post(form_of(practice), sent)

    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.resolved_by, made.replies.get().text, made.replies.get().role) == (nina, "In 2019.", "author")
    assert (other.is_open, other.replies.get().text) == (True, "We like it so.")
    assert reread(practice).latest_draft().summary.data["en"] == "Since 2019 firms open their gates."


def test_answers_are_kept_even_if_the_text_is_refused(browser, nina, marta, practice):
    made = sent_back(practice, marta)
    sent = sent_from(practice, start="2019-99-99", action="save") | {f"reply-{made.pk}": "In 2019."}

    answer = browser(nina).post(form_of(practice), sent)

    assert answer.status_code == 422
    assert made.replies.get().text == "In 2019."
    assert answer.content.decode().count("In 2019.") == 1  # as an answer, no longer in the box


def test_an_answer_that_is_too_long_stays_in_its_box(browser, nina, marta, practice):
    made = sent_back(practice, marta)
    sent = sent_from(practice, action="save") | {f"reply-{made.pk}": "x" * 5001}

    answer = browser(nina).post(form_of(practice), sent)

    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()


def test_what_was_settled_can_be_opened_again(browser, nina, marta, practice):
    made = sent_back(practice, marta)
    actions.keep(record=practice, by=nina, settled=[made.pk])

    browser(nina).post(form_of(practice), sent_from(practice, action="save") | {f"reopen-{made.pk}": "on"})

    made.refresh_from_db()
    assert (made.is_open, made.resolved_by) == (True, None)


def test_the_next_round_shows_what_was_settled_and_answered(browser, nina, marta, practice):
    made, _other = comment(practice, marta), sent_back(practice, marta, text="Shorter?", field="title")
    actions.keep(record=practice, by=nina, replies={made.pk: "In 2019."}, settled=[made.pk])
    save(practice, nina, title={"en": "Open yards"})
    reviewing.submit(record=practice, by=nina)

    page = browser(marta).get(address(practice)).content.decode()
    assert "Settled by Nina Kos" in page
    assert "In 2019." in page
    assert "1 comment is open, 1 is settled." in page


def test_an_approved_text_begins_without_old_comments(browser, nina, marta, practice):
    sent_back(practice, marta)
    reviewing.submit(record=practice, by=nina)
    reviewing.approve(record=reread(practice), by=marta, revision=practice.latest_revision_id)

    assert "Which year?" not in browser(nina).get(form_of(practice)).content.decode()


def test_comments_outlive_a_submission_that_is_taken_back(browser, nina, marta, practice):
    sent_back(practice, marta)
    reviewing.submit(record=practice, by=nina)
    reviewing.take_back(record=practice, by=nina)

    assert "Which year?" in browser(nina).get(form_of(practice)).content.decode()


# Who


def test_until_it_is_sent_back_its_author_sees_nothing_of_it(browser, nina, marta, practice):
    comment(practice, marta)
    reviewing.take_back(record=practice, by=nina)

    assert "Which year?" not in browser(nina).get(form_of(practice)).content.decode()


def test_others_say_nothing(nina, janez, marta, luka, practice):
    for user in (nina, janez, luka):
        with pytest.raises((PermissionDenied, reviewing.Locked)):
            comment(practice, user)
    made = sent_back(practice, marta)

    for user in (marta, luka):
        with pytest.raises(PermissionDenied):
            actions.keep(record=practice, by=user, replies={made.pk: "Hm"}, settled=[made.pk])
    made.refresh_from_db()
    assert (made.is_open, FieldComment.objects.count()) == (True, 1)


def test_comments_on_other_records_are_not_there(nina, marta, practice, organisation):
    foreign = sent_back(submitted(nina, organisation), marta)

    sent_back(practice, marta, text="Shorter?")
    actions.keep(record=practice, by=nina, replies={foreign.pk: "Hm"}, settled=[foreign.pk], reopened=[0])

    foreign.refresh_from_db()
    assert (foreign.is_open, foreign.replies.count()) == (True, 0)


def test_under_review_nothing_is_answered_and_what_was_typed_stays(browser, nina, marta, practice):
    made = sent_back(practice, marta)
    reviewing.submit(record=practice, by=nina)

    sent = sent_from(practice, action="save") | {f"reply-{made.pk}": "In 2019."}
    answer = browser(nina).post(form_of(practice), sent | {"title_en": "Later"})

    assert answer.status_code == 409
    assert "In 2019.</textarea>" in answer.content.decode()
    assert not made.replies.exists()


# My work, letters


def test_my_work_and_the_letter_say_how_many(browser, nina, marta, practice):
    comment(practice, marta)
    sent_back(practice, marta, text="Shorter?", field="title")

    assert "2 comments to answer" in browser(nina).get(reverse("notices:my_work")).content.decode()
    letter = Email.objects.filter(to=nina.email).latest("pk")
    assert "2 comments stand beside the fields of the form." in letter.message


def test_answered_and_settled_they_are_counted_no_more(browser, nina, marta, practice):
    made = sent_back(practice, marta)
    actions.keep(record=practice, by=nina, settled=[made.pk])

    assert "to answer" not in browser(nina).get(reverse("notices:my_work")).content.decode()


# People


def test_people_take_their_words_along_and_leave_them_without_a_name(browser, nina, marta, practice):
    made = sent_back(practice, marta)
    actions.keep(record=practice, by=nina, replies={made.pk: "In 2019."})

    [hers] = own_rows._export(marta)
    assert (hers["text"], hers["field"], hers["about_uid"]) == ("Which year?", "summary", practice.uid)
    erasure.erase(user=marta, by=None)

    made.refresh_from_db()
    assert (made.author, made.text) == (None, "Which year?")
    assert "Somebody, reviewer" in browser(nina).get(form_of(practice)).content.decode()


# Costs, and what is public


def test_the_form_costs_the_same_with_many_comments(browser, nina, marta, practice):
    sent_back(practice, marta)
    client = browser(nina)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(form_of(practice))
        return len(captured)

    cost()
    before = cost()
    for number in range(3):
        reviewing.submit(record=practice, by=nina)
        sent_back(practice, marta, text=f"Comment {number}")
    assert cost() == before


def test_no_comment_is_public(client, nina, marta, practice):
    comment(practice, marta, text="A canary in the summary")
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)
    practice = GoodPractice.objects.get(uid=practice.uid)

    for path in (
        reverse("catalogue:record", args=["practices", practice.slug]),
        "/en/search/?q=canary",
        f"/api/v1/practices/{practice.uid}/",
        "/api/v1/changes/",
    ):
        assert "A canary" not in client.get(path).content.decode()


def test_a_deleted_draft_takes_its_comments_along(nina, marta, practice):
    sent_back(practice, marta)

    reviewing.delete_draft(record=practice, by=nina)

    assert not FieldComment.objects.exists()


def test_no_comment_is_about_nothing(nina, organisation):
    practice = begun(nina, organisation)

    with pytest.raises(PermissionDenied):
        actions.keep(record=GoodPractice(pk=0, uid=uuid4()), by=nina, comments=[Said("Hm")], revision=None)
    with pytest.raises(PermissionDenied):
        actions.keep(record=practice, by=nina, comments=[Said("Hm")], revision=practice.latest_revision_id)
