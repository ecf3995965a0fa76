"""The log of who did what: written once, edited by nobody, forgotten after two years, read by admins."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.models import User
from operations import audit
from operations.models import AuditEntry
from tests.factories import AdminFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
TABLE = AuditEntry._meta.db_table
REPORT = "/cms/reports/audit-log/"


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    monkeypatch.setattr(audit, "_words", {})
    audit.register("tea.made", "Tea made")
    audit.register("tea.spilt", "Tea spilt")


def sql(statement: str, *values) -> int:
    """How many rows the statement reached; what the database refuses leaves the transaction as it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def entry_from(days: int) -> AuditEntry:
    return AuditEntry.objects.create(what="tea.made", at=now() - timedelta(days=days))


# Writing


def test_it_tells_who_did_what_to_whom_and_what_it_was_called_then():
    nina, luka, organisation = UserFactory(), UserFactory(), OrganisationFactory()

    entry = audit.note("tea.made", by=nina, about=organisation, whom=luka, cups=2, kind="green", hot=True)
    entry.refresh_from_db()

    assert (entry.actor, entry.whom, entry.what) == (nina, luka, "tea.made")
    assert (entry.about_kind, entry.about_uid, entry.about_title) == (
        "organisation",
        organisation.uid,
        str(organisation),
    )
    assert entry.facts == {"cups": 2, "kind": "green", "hot": True}
    assert now() - entry.at < timedelta(minutes=1)


def test_it_is_undone_with_what_it_tells():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.note("tea.made")
        raise ZeroDivisionError

    assert not AuditEntry.objects.exists()


def test_unknown_words_and_two_meanings_of_one_are_mistakes():
    with pytest.raises(ValueError, match="coffee.made"):
        audit.note("coffee.made")
    with pytest.raises(ValueError, match="registered twice"):
        audit.register("tea.made", "Something else")


@pytest.mark.parametrize("fact", ["nina@example.org", "a long word of hers " * 6, ["Nina"], {"name": "Nina"}])
def test_words_of_people_do_not_get_into_the_facts(fact):
    with pytest.raises(ValueError, match="no addresses"):
        audit.note("tea.made", fact=fact)


def test_an_entry_says_what_and_names_a_record_wholly_or_not():
    for bad in ({"what": ""}, {"what": "tea.made", "about_kind": "organisation"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditEntry.objects.create(**bad)


# Nobody edits it


def test_our_own_code_does_not_edit_it():
    entry = audit.note("tea.made")

    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(what="tea.spilt"),
        lambda: AuditEntry.objects.bulk_update([entry], ["what"]),
        lambda: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"what": "tea.spilt"}),
    ):
        with pytest.raises(TypeError, match="audit log"), transaction.atomic():
            attempt()


@pytest.mark.core
@pytest.mark.parametrize("field", [field.attname for field in AuditEntry._meta.fields])
def test_the_database_lets_no_column_be_written_anew(field):
    audit.note("tea.made", by=UserFactory(), whom=UserFactory(), about=OrganisationFactory())
    others = {
        "at": now(),
        "facts": '{"cups": 3}',
        "about_uid": "00000000-0000-4000-8000-000000000000",
        "actor_id": UserFactory().pk,
        "whom_id": UserFactory().pk,
        "id": 7_000_000,
    }

    with pytest.raises(IntegrityError, match="Nobody edits the audit log"):
        sql(f"UPDATE {TABLE} SET {field} = %s", others.get(field, "tea.spilt"))


@pytest.mark.core
def test_the_database_names_nobody_where_nobody_was_named():
    audit.note("tea.made")

    for link in ("actor_id", "whom_id"):
        with pytest.raises(IntegrityError, match="Nobody edits"):
            sql(f"UPDATE {TABLE} SET {link} = %s", UserFactory().pk)


@pytest.mark.core
def test_the_database_lets_nothing_be_deleted_before_its_time():
    entry_from(days=0), entry_from(days=729)

    with pytest.raises(IntegrityError, match="Nobody edits"):
        sql(f"DELETE FROM {TABLE}")
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # else PostgreSQL refuses for what is not checked yet
        with pytest.raises(IntegrityError, match="Nobody edits"):
            sql(f"TRUNCATE {TABLE}")

    assert AuditEntry.objects.count() == 2


@pytest.mark.core
def test_who_is_erased_is_no_longer_named():
    nina, luka, maja = UserFactory(), UserFactory(), UserFactory()
    audit.note("tea.made", by=nina, whom=luka)
    audit.note("tea.spilt", by=maja, whom=nina)

    nina.delete()
    assert [*AuditEntry.objects.values_list("actor", "whom")] == [(maja.pk, None), (None, luka.pk)]
    AuditEntry.objects.unname(maja)
    assert [*AuditEntry.objects.values_list("actor", "whom")] == [(None, None), (None, luka.pk)]


@pytest.mark.core
def test_after_two_years_it_is_forgotten():
    kept = [entry_from(days=1), entry_from(days=730)]
    entry_from(days=732), entry_from(days=4000)

    audit.forget()

    assert list(AuditEntry.objects.all()) == kept


@pytest.mark.core
def test_all_migrations_together_leave_the_guards_there():
    """One that makes the table anew on SQLite loses them: it has to call `operations.guards` again."""
    catalogue = {
        "postgresql": f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{TABLE}'::regclass AND NOT tgisinternal",
        "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        found = {name.removeprefix(f"{TABLE}_") for (name,) in cursor.fetchall()}

    assert found == {
        "row_stays",
        *({"table_stays"} if connection.vendor == "postgresql" else {"row_is_kept", "row_is_new"}),
    }


@pytest.mark.core
def test_a_row_is_not_written_over_by_a_new_one():
    note = audit.note("tea.made")
    write = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    columns = "id, at, what, about_kind, about_title, facts"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{write} INTO {TABLE} ({columns}) VALUES (%s, %s, 'other', '', '', '{{}}')", [note.pk, now()])

    assert AuditEntry.objects.get().what == "tea.made"


# Reading


@pytest.fixture
def admin(client):
    admin = AdminFactory()
    client.force_login(admin)
    return admin


def told(answer) -> list[AuditEntry]:
    return list(answer.context["object_list"])


def test_admins_read_it_in_the_reports(client, admin):
    audit.note("tea.made", by=admin, whom=UserFactory(email="luka@example.org"), about=OrganisationFactory(), cups=2)

    page = client.get(REPORT).content.decode()

    assert REPORT in client.get("/cms/").content.decode()
    for words in ("Tea made", admin.for_staff, "luka@example.org", "cups: 2"):
        assert words in page


def test_editors_read_it_too(client):
    audit.note("tea.made")
    client.force_login(UserFactory(role=User.Role.EDITOR))

    assert "Tea made" in client.get(REPORT).content.decode()
    assert REPORT in client.get("/cms/").content.decode()


def test_others_do_not(client):
    client.force_login(UserFactory(role=User.Role.REVIEWER))

    assert client.get(REPORT).url.partition("?")[0] == "/cms/login/"


def test_what_an_earlier_release_wrote_is_shown_by_its_word(client, admin):
    AuditEntry.objects.create(what="coffee.made")

    assert "coffee.made" in client.get(REPORT).content.decode()


def test_it_is_searched_by_what_by_person_by_record_and_by_time(client, admin):
    nina = UserFactory(first_name="Nina", last_name="Novak", email="nina@example.org")
    made, spilt = audit.note("tea.made", by=nina), audit.note("tea.spilt", by=admin, whom=nina)
    named, old = audit.note("tea.made", about=OrganisationFactory()), entry_from(days=40)
    today = now().date()

    assert told(client.get(REPORT)) == [named, spilt, made, old]
    assert told(client.get(REPORT, {"what": "tea.spilt"})) == [spilt]
    assert told(client.get(REPORT, {"person": "novak nina"})) == [spilt, made]
    assert told(client.get(REPORT, {"person": admin.email})) == [spilt]
    assert told(client.get(REPORT, {"about": named.about_title[:5]})) == [named]
    assert told(client.get(REPORT, {"at_from": today - timedelta(days=50), "at_to": today - timedelta(days=30)})) == [
        old
    ]


def test_as_a_table_it_calculates_nothing(client, admin):
    audit.note("tea.made", by=UserFactory(first_name="=HYPERLINK(1)", email="nina@example.org"))

    answer = client.get(REPORT, {"export": "csv"})
    [row] = csv.DictReader(io.StringIO(answer.getvalue().decode()))

    assert row["Who did it"] == "'=HYPERLINK(1) " + AuditEntry.objects.get().actor.for_staff.removeprefix(
        "=HYPERLINK(1) "
    )
    assert row["What"] == "tea.made"


@pytest.mark.parametrize("path", ["add/", "1/", "edit/1/", "delete/1/"])
def test_there_is_nothing_that_edits_it(client, admin, path):
    audit.note("tea.made")

    assert client.get(f"{REPORT}{path}").status_code == 404
    assert client.post(REPORT, {}).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_log(client, admin, django_assert_num_queries):
    def entries(number):
        for _each in range(number):
            audit.note("tea.made", by=UserFactory(), whom=UserFactory(), about=OrganisationFactory())

    entries(1)
    client.get(REPORT)
    with CaptureQueriesContext(connection) as one:
        client.get(REPORT)
    entries(2)
    with django_assert_num_queries(len(one)):
        client.get(REPORT)
