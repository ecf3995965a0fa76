"""What becomes of a request for a translation, and who may do what with it."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.erasure import erase
from accounts.export import json_of
from catalogue import kinds, reviewing
from operations.models import AuditEntry
from tests.factories import UserFactory
from tests.practices.writing import begun, setting
from tests.translations.asking.conftest import speaker
from translations import actions
from translations.models import TranslationCall, TranslationRequest, speakers
from translations.own_rows import forget
from translations.rows import is_translator_of

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def asked(practice, nina, sara):
    return actions.ask(record=practice, language="sl", by=nina, note="Until June, please.")


@pytest.fixture
def taken(asked, sara):
    return actions.take(request=asked, by=sara)


def log() -> list[tuple]:
    return list(AuditEntry.objects.filter(what__startswith="translation.").order_by("pk").values_list("what", "actor"))


# Asking


def test_an_author_asks_and_those_who_speak_the_language_are_called(practice, nina, sara, tomaz, luka):
    asked = actions.ask(record=practice, language="sl", by=nina)

    assert (asked.language, asked.source_language, asked.asked_by) == ("sl", "en", nina)
    assert set(TranslationCall.objects.values_list("user", flat=True)) == {sara.pk, tomaz.pk}
    assert log() == [("translation.asked", nina.pk)]


def test_who_asks_again_finds_the_first(practice, asked, nina):
    assert actions.ask(record=practice, language="sl", by=nina) == asked
    assert TranslationRequest.objects.count() == 1


def test_a_colleague_cannot_ask_an_editor_can(practice, janez, sara, vera):
    for stranger in (janez, sara):
        with pytest.raises(PermissionDenied):
            actions.ask(record=practice, language="sl", by=stranger)
    assert actions.ask(record=practice, language="de", by=vera).asked_by == vera


def test_nobody_translates_into_the_original(practice, nina):
    with pytest.raises(actions.IsOriginal):
        actions.ask(record=practice, language="en", by=nina)


def test_who_may_be_asked_belongs_to_an_organisation_or_has_a_role(sara, luka, vera, elsewhere):
    newcomer, closed = UserFactory(translates=True), UserFactory(translates=True, member_of=elsewhere, is_active=False)
    vera.translates = True
    vera.save()

    assert set(speakers()) == {sara, vera}
    assert not {newcomer, closed, luka} & set(speakers())


# Taking up


def test_by_taking_it_up_she_may_write_that_language_of_that_record(taken, practice, sara, nina, organisation):
    other = begun(nina, organisation)

    assert (taken.taken_by, is_translator_of(practice, sara, "sl")) == (sara, True)
    assert (is_translator_of(practice, sara, "de"), is_translator_of(other, sara, "sl")) == (False, False)
    assert log()[1:] == [("translation.taken", sara.pk)]


def test_and_nothing_else(taken, practice, sara):
    with pytest.raises(PermissionDenied):
        reviewing.save_draft(
            record=practice, by=sara, edit=setting(status="ended"), expected_revision=practice.latest_revision_id
        )
    with pytest.raises(PermissionDenied):
        reviewing.submit(record=practice, by=sara)
    assert not type(practice).objects.readable_by(sara).exists()


def test_the_second_finds_who_was_faster(taken, tomaz):
    with pytest.raises(actions.Taken) as refused:
        actions.take(request=taken, by=tomaz)
    assert refused.value.request.taken_by == taken.taken_by


def test_pressing_twice_takes_it_once(taken, sara):
    assert actions.take(request=taken, by=sara).taken_at == taken.taken_at
    assert [what for what, _who in log()].count("translation.taken") == 1


def test_who_does_not_speak_it_or_may_not_be_asked_cannot_take_it(asked, elsewhere, luka):
    for stranger in (luka, speaker("Pia", elsewhere, "de"), UserFactory(translates=True)):
        with pytest.raises(PermissionDenied):
            actions.take(request=asked, by=stranger)


def test_nobody_takes_up_more_than_she_can_do(nina, organisation, sara):
    for _each in range(actions.MOST_TAKEN):
        asked = actions.ask(record=begun(nina, organisation), language="sl", by=nina)
        actions.take(request=asked, by=sara)

    with pytest.raises(actions.TooMany):
        actions.take(request=actions.ask(record=begun(nina, organisation), language="sl", by=nina), by=sara)


@pytest.mark.parametrize("_round", range(3))
def test_of_two_at_once_one_gets_it(transactional_db, together, practice, nina, sara, tomaz, _round):
    asked = actions.ask(record=practice, language="sl", by=nina)

    def take(user):
        try:
            return actions.take(request=asked, by=user).taken_by_id
        except actions.Taken:
            return None

    results = together(lambda: take(sara), lambda: take(tomaz))
    asked.refresh_from_db()
    assert sorted(filter(None, results)) == [asked.taken_by_id]


# The ways on


def test_given_back_it_is_free_for_others(taken, practice, sara, tomaz):
    actions.give_back(request=taken, by=sara)

    assert not is_translator_of(practice, sara, "sl")
    assert actions.take(request=taken, by=tomaz).taken_by == tomaz
    assert [what for what, _who in log()] == [
        "translation.asked",
        "translation.taken",
        "translation.given-back",
        "translation.taken",
    ]


def test_nobody_gives_back_or_hands_over_for_another(taken, tomaz, nina):
    for action in (actions.give_back, actions.hand_over):
        for other in (tomaz, nina):
            with pytest.raises(PermissionDenied):
                action(request=taken, by=other)


def test_handed_over_it_is_her_peoples_again(taken, practice, sara):
    actions.hand_over(request=taken, by=sara)
    taken.refresh_from_db()

    assert (taken.is_open, is_translator_of(practice, sara, "sl")) == (False, False)
    assert practice.current_workflow_state is None
    assert log()[-1] == ("translation.done", sara.pk)
    with pytest.raises(actions.Ended):
        actions.hand_over(request=taken, by=sara)


def test_what_was_done_can_be_asked_for_again(taken, practice, sara, nina):
    actions.hand_over(request=taken, by=sara)

    assert actions.ask(record=practice, language="sl", by=nina).pk != taken.pk


def test_withdrawn_it_is_nobodys(taken, practice, nina, sara):
    actions.withdraw(request=taken, by=nina)
    actions.withdraw(request=taken, by=nina)

    assert not is_translator_of(practice, sara, "sl")
    assert [what for what, _who in log()].count("translation.withdrawn") == 1
    with pytest.raises(actions.Ended):
        actions.take(request=taken, by=sara)


def test_only_who_may_ask_withdraws(asked, janez, sara):
    for stranger in (janez, sara):
        with pytest.raises(PermissionDenied):
            actions.withdraw(request=asked, by=stranger)


def test_staff_gives_it_to_others_after_a_month(taken, practice, vera, nina, sara):
    with pytest.raises(PermissionDenied):
        actions.release(request=taken, by=vera)
    TranslationRequest.objects.update(taken_at=timezone.now() - timedelta(days=30))
    with pytest.raises(PermissionDenied):
        actions.release(request=taken, by=nina)
    actions.release(request=taken, by=vera)

    taken.refresh_from_db()
    assert (taken.taken_by, is_translator_of(practice, sara, "sl")) == (None, False)
    assert AuditEntry.objects.filter(what="translation.released", actor=vera, whom=sara).exists()


def test_who_may_no_longer_sign_in_writes_nothing(taken, practice, sara):
    sara.is_active = False
    sara.save()

    assert not is_translator_of(practice, sara, "sl")


def test_what_is_asked_for_a_draft_that_was_deleted_is_gone(taken, practice, nina, sara):
    reviewing.delete_draft(record=practice, by=nina)

    assert not TranslationRequest.objects.taken_up_by(sara).exists()
    with pytest.raises(actions.Ended):
        actions.hand_over(request=taken, by=sara)


@pytest.mark.parametrize("kind", ["partners", "practices"])
def test_every_reviewed_kind_can_be_asked_for(kind, practice, organisation, nina, sara):
    record = {"partners": organisation, "practices": practice}[kind]
    asked = actions.ask(record=record, language="sl", by=nina) if record.original_language != "sl" else None
    asked = asked or actions.ask(record=record, language="de", by=nina)

    assert (asked.about_kind, actions.record_of(asked).uid) == (kinds.of(record).name, record.uid)


# People


def test_both_take_it_along(taken, practice, nina, sara):
    def told(user):
        return json.loads("".join(json_of(user)))["translation requests"]

    [asked], [taken_up] = told(nina)["asked"], told(sara)["taken_up"]
    assert (asked["about_uid"], asked["language"], asked["note"]) == (str(practice.uid), "sl", "Until June, please.")
    assert (taken_up["about_uid"], "note" in taken_up) == (str(practice.uid), False)
    assert [each["request__about_uid"] for each in told(sara)["told_of"]] == [str(practice.uid)]


def test_what_an_erased_translator_had_is_free(taken, sara):
    erase(user=sara, by=None)
    taken.refresh_from_db()

    assert (taken.taken_by, taken.taken_at, taken.is_open) == (None, None, True)


def test_an_erased_asker_leaves_no_note(asked, vera, practice):
    other = actions.ask(record=practice, language="de", by=vera, note="Ask Vera")
    erase(user=vera, by=None)
    other.refresh_from_db()

    assert (other.asked_by, other.note, other.is_open) == (None, "", True)


def test_ended_requests_are_forgotten_after_a_year(taken, sara, practice, nina):
    actions.hand_over(request=taken, by=sara)
    still = actions.ask(record=practice, language="de", by=nina)
    TranslationRequest.objects.filter(pk=taken.pk).update(done_at=timezone.now() - timedelta(days=366))
    forget(timezone.now() - timedelta(days=365))

    assert list(TranslationRequest.objects.all()) == [still]


def test_nothing_is_kept_of_what_was_asked_of_a_deleted_draft(asked, practice, nina):
    reviewing.delete_draft(record=practice, by=nina)

    forget(timezone.now() - timedelta(days=365))

    assert not TranslationRequest.objects.exists()


def test_who_has_left_the_network_reads_no_draft_any_more(taken, practice, sara):
    sara.memberships.all().delete()

    assert not is_translator_of(practice, sara, "sl")
    assert not TranslationRequest.objects.taken_up_by(sara).exists()


def test_nor_is_it_called_by_its_name_in_her_work(taken, practice, sara, client):
    client.force_login(sara)
    assert "Open-yard" in client.get("/en/my/").content.decode()
    sara.memberships.all().delete()

    assert "Open-yard" not in client.get("/en/my/").content.decode()
