"""What the database itself refuses, whoever asks: triggers that a migration puts there.

The audit log takes new rows. Of a row that is there nothing changes but that a person who was erased is no longer named;
only rows older than two years may go, and all of them can never be emptied out at once.

SQLite makes a table anew for many a migration, and the triggers go with the old one: a migration that changes
`AuditEntry` runs `guard_audit_log` again as its last operation. A test looks whether they are there in the end.
"""

LOG = "operations_auditentry"
PEOPLE = ("actor_id", "whom_id")  # erasing a person empties these
REFUSED = "Nobody edits the audit log."

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {LOG}_stays() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.at < now() - interval '2 years' THEN RETURN OLD; END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) - '{{{",".join(PEOPLE)}}}'::text[] = to_jsonb(OLD) - '{{{",".join(PEOPLE)}}}'::text[]
      AND {" AND ".join(f"(NEW.{person} IS NULL OR NEW.{person} IS NOT DISTINCT FROM OLD.{person})" for person in PEOPLE)}
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS {LOG}_row_stays ON {LOG};
CREATE TRIGGER {LOG}_row_stays BEFORE UPDATE OR DELETE ON {LOG} FOR EACH ROW EXECUTE FUNCTION {LOG}_stays();
DROP TRIGGER IF EXISTS {LOG}_table_stays ON {LOG};
CREATE TRIGGER {LOG}_table_stays BEFORE TRUNCATE ON {LOG} FOR EACH STATEMENT EXECUTE FUNCTION {LOG}_stays();
"""


def guard_audit_log(apps, schema_editor) -> None:
    """Puts the triggers there, as often as it is called."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
            return
        columns = [column.name for column in connection.introspection.get_table_description(cursor, LOG)]
        for name, when in _sqlite_triggers(columns).items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {LOG}_{name}")
            cursor.execute(f"CREATE TRIGGER {LOG}_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")


def _sqlite_triggers(columns: list[str]) -> dict[str, str]:
    """SQLite compares no rows as wholes, so each column is named."""
    changes = [f"NEW.{column} IS NOT OLD.{column}" for column in columns if column not in PEOPLE]
    changes += [f"(NEW.{person} IS NOT NULL AND NEW.{person} IS NOT OLD.{person})" for person in PEOPLE]
    return {
        "row_stays": f"UPDATE ON {LOG} WHEN {' OR '.join(changes)}",
        "row_is_new": f"INSERT ON {LOG} WHEN EXISTS (SELECT 1 FROM {LOG} WHERE id = NEW.id)",  # noqa: S608 -- INSERT OR REPLACE
        "row_is_kept": f"DELETE ON {LOG} WHEN OLD.at >= datetime('now', '-2 years')",
    }
