"""Co-authors: what they may do with a practice, and what becomes of it when they leave.

How they come is told in `test_co_author_invitations`.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from post_office.models import Email

from accounts import personal_data
from accounts.invited import NotGood
from accounts.models import User
from catalogue import reviewing, working_copies
from catalogue.models import WorkingCopy
from notices.models import Notification
from operations import audit, retention
from operations.models import AuditEntry
from operations.reasons import Reason
from practices import co_authors
from practices.models import CoAuthor, CoAuthorInvitation, GoodPractice
from reviews import history
from tests.factories import UserFactory
from tests.practices.deciding import approve, send_back, to_decide
from tests.practices.writing import begun, save, sent_from, submitted
from tests.practices.written_together import address, browser

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


# What she may do


def test_she_writes_and_submits_but_neither_deletes_nor_removes(practice, nina, janez, zala, taken_in):
    other = co_authors.accept(
        invitation=co_authors.invite(practice=practice, email="luka@example.org", by=zala),
        by=(UserFactory(email="luka@example.org")),
    )
    save(practice, zala, title={"en": "By Zala", "sl": "Dan"})

    assert reviewing.submit(record=GoodPractice.objects.get(), by=zala) is True
    for view, *args in (("delete",), ("withdraw",), ("remove_co_author", other.pk)):
        assert browser(zala).post(address(view, practice, *args)).status_code == 404
    with pytest.raises(PermissionDenied):
        co_authors.remove(co_author=other, by=zala, reason=Reason.DONE)
    assert CoAuthor.objects.count() == 2


def test_who_was_first_is_told_to_the_other_with_both_texts(practice, nina, zala, taken_in):
    sent = sent_from(practice, title_en="By Nina", action="save")
    sent_by_zala = {**sent, "title_en": "By Zala"}
    assert browser(zala).post(address("edit", practice), sent_by_zala).status_code == 302

    response = browser(nina).post(address("edit", practice), sent)

    [difference] = response.context["differences"]
    assert (response.status_code, difference.mine, difference.theirs) == (409, "By Nina", "By Zala")
    assert "Zala Vidmar saved it first" in response.content.decode()


def test_each_has_a_working_copy_of_her_own(practice, nina, zala, taken_in):
    for person in (nina, zala):
        sent = sent_from(practice, title_en=f"By {person.first_name}") | {"stamp": f"stamp-of-{person.first_name}"}
        assert browser(person).post(address("autosave", practice), sent).status_code in (200, 422)

    page = browser(nina).get(address("edit", practice)).content.decode()
    assert "By Zala" not in page


def test_she_never_reviews_or_checks_it(practice, nina, zala, organisation, taken_in):
    zala.groups.add(
        *UserFactory(role=User.Role.REVIEWER).groups.all(), *UserFactory(role=User.Role.EDITOR).groups.all()
    )
    reviewing.submit(record=practice, by=nina)

    assert to_decide(zala) == []
    assert zala not in practice.reviewers(nina) and zala not in practice.checkers(nina)
    with pytest.raises(PermissionDenied):
        approve(practice, zala)


def test_no_draft_brings_or_takes_her(practice, nina, zala, marta, taken_in):
    save(practice, nina, title={"en": "Later", "sl": "Pozneje"})
    reviewing.submit(record=practice, by=nina)
    practice.refresh_from_db()
    approve(practice, marta)

    assert [each.user for each in practice.co_authors.all()] == [zala]
    assert GoodPractice.objects.get().is_written_by(zala)
    zala = User.objects.get(pk=zala.pk)
    zala.groups.add(*marta.groups.all())
    assert not GoodPractice.objects.open_to_opinion_of(zala).exists()  # an expert elsewhere, not here
    assert "co_authors" not in practice.revisions.latest("pk").content


def test_she_hears_what_became_of_it_like_its_author(practice, nina, zala, marta, taken_in):
    reviewing.submit(record=practice, by=zala)
    practice.refresh_from_db()
    approve(practice, nina)  # for the organisation
    Notification.objects.all().delete()

    send_back(practice, marta)
    told = set(Notification.objects.filter(kind="record-sent-back").values_list("recipient", flat=True))
    assert told == {nina.pk, zala.pk}


# The end


@pytest.mark.parametrize("way", ["leave", "remove_co_author"])
def test_what_she_typed_and_did_not_save_is_hers_when_she_goes(practice, nina, zala, taken_in, way):
    sheet = working_copies.Sheet(zala, "practices", practice.uid)
    working_copies.keep(sheet=sheet, typed={"title_en": ["Half a thought"]}, revision=3, stamp="s1", known=())

    if way == "leave":
        browser(zala).post(address("leave", practice))
    else:
        one = practice.co_authors.get(user=zala)
        browser(nina).post(address("remove_co_author", practice, one.pk), {"reason": "asked"})

    kept = WorkingCopy.objects.get()
    assert (kept.person, kept.record != practice.uid, kept.revision) == (zala, True, None)
    assert "Half a thought" in browser(zala).get("/en/my/").content.decode()
    page = browser(zala).get(f"{reverse('practices:new')}?copy={kept.record}")
    assert page.context["form"]["title_en"].value() == "Half a thought"


def test_she_leaves_or_is_removed_and_what_she_wrote_stays(practice, nina, zala, taken_in):
    save(practice, zala, title={"en": "By Zala", "sl": "Dan"})
    assert browser(zala).get(address("leave", practice)).status_code == 200
    browser(zala).post(address("leave", practice))

    assert not practice.is_written_by(zala)
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "By Zala"
    assert Notification.objects.filter(recipient=nina, kind="co-author-left").exists()
    assert browser(zala).post(address("leave", practice)).status_code == 404
    assert browser(zala).get(address("edit", practice)).status_code == 404

    again = CoAuthor.objects.create(practice=practice, user=zala)
    one = address("remove_co_author", practice, again.pk)
    assert browser(nina).get(one).status_code == 200
    assert browser(nina).post(one).status_code == 422
    assert practice.is_written_by(zala)
    browser(nina).post(one, {"reason": "others"})
    assert not practice.is_written_by(zala)
    assert Notification.objects.filter(recipient=zala, kind="co-author-removed").exists()
    assert "Why: somebody else does it." in Email.objects.filter(to="zala@example.org").latest("pk").message
    told = [(each.what, audit.reason_of(each)) for each in AuditEntry.objects.order_by("pk")][-2:]
    assert told == [("co_author.left", "by one’s own wish"), ("co_author.removed", "somebody else does it")]


def test_what_is_kept_about_her_she_takes_along_and_it_goes_with_her(practice, zala, taken_in):
    [kept] = [each for each in personal_data.all_kept() if each.name == "co-authors"]

    told = kept.export(zala)
    kept.hold(zala)
    kept.erase(zala)

    assert [each["practice__uid"] for each in told["practices"]] == [practice.uid]
    assert [each["email"] for each in told["invitations"]] == ["zala@example.org"]
    assert not CoAuthorInvitation.objects.exists()


def test_a_draft_that_others_write_stays_when_its_author_is_erased(zala):
    alone = UserFactory(email="alone@example.org")
    practice = begun(alone)
    CoAuthor.objects.create(practice=practice, user=zala)
    [kept] = [each for each in personal_data.all_kept() if each.name == "practices"]

    assert list(kept.foretells(alone)) == []
    kept.erase(alone)

    assert GoodPractice.objects.get() == practice


def test_addresses_are_kept_no_longer_than_they_are_needed(practice, invitation):
    past = timezone.now() - timedelta(days=31)
    CoAuthorInvitation.objects.update(created=past, revoked=past)

    retention.forget_due()

    assert not CoAuthorInvitation.objects.exists()


def test_lists_cost_the_same_for_one_and_for_three(practice, organisation, nina, zala):
    def more():
        CoAuthor.objects.create(practice=practice, user=UserFactory())
        for email, record in (("x", practice), (zala.email, begun(nina, organisation))):
            CoAuthorInvitation.objects.create(
                practice=record,
                email=email,
                invited_by=nina,
                token_digest=UserFactory().email,
                expires=timezone.now() + timedelta(days=1),
            )
            email = "y"
        CoAuthorInvitation.objects.filter(email="x").update(email=UserFactory().email)

    def costs():
        numbers = []
        for person, url in ((nina, address("people", practice)), (zala, reverse("notices:my_work"))):
            client = browser(person)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            numbers.append(len(queries))
        return numbers

    more()
    costs()
    one = costs()
    more()
    more()
    assert costs() == one


# Several at once


def outcome(call):
    try:
        return call() and "done"
    except (NotGood, PermissionDenied) as refusal:
        return type(refusal).__name__


def test_accepted_twice_at_once_she_is_taken_in_once(together):
    nina, zala = UserFactory(), UserFactory()
    invitation = co_authors.invite(practice=begun(nina), email=zala.email, by=nina)

    def accept():
        return outcome(lambda: co_authors.accept(invitation=invitation, by=zala))

    assert sorted(together(accept, accept)) == ["NotGood", "done"]
    assert CoAuthor.objects.count() == 1


def test_revoked_while_she_accepts_one_of_the_two_holds(together):
    nina, zala = UserFactory(), UserFactory()
    practice = begun(nina)
    for _round in range(3):
        invitation = co_authors.invite(practice=practice, email=zala.email, by=nina)

        answers = together(
            lambda invitation=invitation: outcome(lambda: co_authors.accept(invitation=invitation, by=zala)),
            lambda invitation=invitation: outcome(lambda: co_authors.revoke(invitation=invitation, by=nina) or True),
        )

        invitation.refresh_from_db()
        assert sorted(answers) == ["NotGood", "done"]
        assert (invitation.accepted is None) == (not CoAuthor.objects.exists())
        CoAuthor.objects.all().delete()


def test_a_coordinator_who_came_as_co_author_still_checks_for_her_organisation(organisation, nina, janez):
    practice = submitted(janez, organisation)
    CoAuthor.objects.create(practice=practice, user=nina)

    assert to_decide(nina) == [practice]
    assert list(practice.checkers(janez)) == [nina]


# Told in the history of the practice


def history_of(practice) -> list[str]:
    with translation.override("en"):
        return [f"{step.what} by {step.who}: {step.why}".removesuffix(": ") for step in history.of(practice)]


def test_its_history_tells_who_came_and_went(practice, nina, zala, invitation):
    co_authors.accept(invitation=invitation, by=zala)
    co_authors.leave(practice=practice, by=zala)
    again = co_authors.invite(practice=practice, email=zala.email, by=nina)
    co_author = co_authors.accept(invitation=again, by=zala)
    co_authors.remove(co_author=co_author, by=nina, reason=Reason.DONE)

    page = browser(nina).get(reverse("reviews:history", args=[practice.uid])).content.decode()

    assert history_of(practice)[:6] == [
        f"Co-author removed by Nina Kos: {zala.get_full_name()}: this part of the work is done",
        f"Invitation accepted by {zala.get_full_name()}: to write it together",
        "Invitation sent by Nina Kos: to write it together",
        f"Co-author left by {zala.get_full_name()}: by one’s own wish",
        f"Invitation accepted by {zala.get_full_name()}: to write it together",
        "Invitation sent by Nina Kos: to write it together",
    ]
    assert (page.count("Co-author left"), page.count("Invitation sent"), zala.email in page) == (1, 2, False)


def test_invitations_into_an_organisation_are_no_part_of_its_history(nina, organisation):
    audit.note("invitation.sent", by=nina, about=organisation)

    assert [step.what for step in history.of(organisation) if "nvitation" in step.what] == []


def test_its_author_checks_it_where_she_alone_coordinates_and_is_told_so(organisation, nina, janez, zala):
    practice = begun(nina, organisation)
    CoAuthor.objects.create(practice=practice, user=zala)
    reviewing.submit(record=practice, by=zala)
    others = submitted(janez, organisation)

    pages = [
        browser(nina).get(reverse("reviews:review", args=[each.uid])).content.decode() for each in (practice, others)
    ]

    assert list(practice.checkers(zala)) == [nina]
    assert ["You write it yourself." in page for page in pages] == [True, False]
