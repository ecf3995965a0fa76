"""How far a practice is, and since when: asked for in the form, never guessed, told on the page."""

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from practices.forms import PracticeForm
from practices.models import GoodPractice
from practices.readiness import problems_of
from practices.templatetags.practice_page import practice_facts
from tests.factories import GoodPracticeFactory, publish
from tests.practices.writing import approved, begun, filled, save, sent_from, whole

pytestmark = pytest.mark.django_db


def form_of(user, draft=None, **fields) -> PracticeForm:
    posted = QueryDict(mutable=True)
    for name, value in filled(**fields).items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return PracticeForm(posted, draft=draft or GoodPractice(), user=user)


def test_nobody_has_said_how_far_a_new_practice_is(nina):
    form = PracticeForm(draft=GoodPractice(), user=nina)

    assert [form[name].value() for name in ("status", "start", "end")] == ["", "", ""]
    assert [choice[0] for choice in form.fields["status"].choices] == ["planned", "running", "ended", "stopped"]


def test_what_was_chosen_is_written_and_shown_again(nina):
    draft = GoodPractice()
    form = form_of(nina, draft, status="ended", start="2019-05-01", end="30. 6. 2023")
    assert form.errors == {}

    form.write_to(draft)

    assert (draft.status, draft.start, draft.end) == ("ended", date(2019, 5, 1), date(2023, 6, 30))
    shown = str(PracticeForm(draft=draft, user=nina)["end"])
    assert 'type="date"' in shown and 'value="2023-06-30"' in shown
    assert PracticeForm(draft=draft, user=nina).initial["start"] == "2019-05-01"


def test_what_is_emptied_is_not_known_any_more(nina):
    draft = GoodPractice(status="ended", start=date(2019, 5, 1), end=date(2023, 6, 30))
    form = form_of(nina, draft, status="running", start="2019-05-01", end="")
    assert form.errors == {}

    form.write_to(draft)

    assert (draft.start, draft.end) == (date(2019, 5, 1), None)


NO_DAY = "“%s” is not a day of the calendar. Write it as year-month-day, such as 2024-05-31."


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("status", "sleeping", "This status is not in the list."),
        ("status", "\x00", "This status is not in the list."),
        ("start", "2023-02-30", NO_DAY % "2023-02-30"),
        ("start", "spring", NO_DAY % "spring"),
        ("start", "2023-05\x00-01", NO_DAY % "2023-05-01"),
        ("start", "0001-01-01", "The year must lie between 1800 and 2100."),
        ("end", "9999-12-31", "The year must lie between 1800 and 2100."),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field_and_the_rest_is_kept(as_nina, nina, field, value, message):
    response = as_nina.post(reverse("practices:new"), filled(**{field: value}, action="save"))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {field: [message]}
    assert "Open-yard day" in response.content.decode()
    assert GoodPractice.objects.count() == 0


def problems(draft, **changes) -> list[tuple[str, str]]:
    whole(draft)
    for name, value in changes.items():
        setattr(draft, name, value)
    return [(each.field, each.message) for each in problems_of(draft)]


def test_the_review_asks_how_far_it_is_and_whether_the_dates_agree(organisation):
    draft = GoodPractice(organisation_in_charge=organisation)

    assert problems(draft) == []
    assert problems(draft, status="") == [("status", "Choose what stage the practice is at.")]
    assert problems(draft, start=date(2023, 1, 1), end=date(2022, 1, 1)) == [("end", "The end lies before the start.")]


def test_two_who_changed_it_at_once_choose_in_words(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, status="planned", start="2027-05-01", action="save")
    save(practice, janez, status="ended", start=date(2019, 5, 1))

    response = as_nina.post(reverse("practices:edit", args=[practice.uid]), sent)

    differences = [(each.label, each.mine, each.theirs) for each in response.context["differences"]]
    assert differences == [("Status", "Planned", "Ended"), ("Start", "1 May 2027", "1 May 2019")]


def test_the_others_dates_can_be_taken(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation)
    sent = sent_from(practice, status="planned", start="2027-05-01", action="save")
    save(practice, janez, status="ended", start=date(2019, 5, 1))
    as_nina.post(reverse("practices:edit", args=[practice.uid]), sent)

    practice.refresh_from_db()
    chosen = {"choice_start": "theirs", "choice_status": "theirs", "revision": str(practice.latest_revision_id)}
    as_nina.post(reverse("practices:edit", args=[practice.uid]), sent | chosen)

    draft = practice.latest_draft()
    assert (draft.status, draft.start) == ("ended", date(2019, 5, 1))


def test_what_nobody_said_is_null_in_the_document_and_not_on_the_page():
    silent = publish(GoodPracticeFactory(status="")).entry

    assert (silent.record["status"], silent.facets.filter(name="status").count()) == (None, 0)
    assert [fact["value"] for fact in practice_facts(silent.record) if fact["label"] == "Status"] == [""]


def test_what_was_chosen_is_public(client, nina, marta, organisation):
    def edit(draft):
        whole(draft)
        draft.status, draft.start = "stopped", date(2019, 5, 1)

    practice = approved(nina, organisation, marta, edit)

    page = client.get(f"/en/practices/{practice.slug}/").content.decode()

    assert "stopped before its end" in page and "1 May 2019" in page


@pytest.mark.parametrize(
    ("status", "labels"),
    [("planned", ["Begins", "Ends"]), ("running", ["Began", "Ends"]), ("ended", ["Began", "Ended"])],
)
def test_the_page_speaks_of_what_is_to_come_as_of_something_to_come(status, labels):
    days = {"start": date(2019, 5, 1), "end": date(2023, 5, 1)}
    record = publish(GoodPracticeFactory(status=status, **days)).entry.record

    told = [fact["label"] for fact in practice_facts(record) if fact.get("value") in ("1 May 2019", "1 May 2023")]

    assert told == labels
