"""The state's single row, the full-text index, and how PostgreSQL keeps documents."""

from django.db import migrations

from catalogue.models.state import new_epoch

# Weighted words and their index are the database's own business: it keeps them itself at every write.
POSTGRESQL = """
ALTER TABLE catalogue_entrywords ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')
) STORED;
CREATE INDEX catalogue_entrywords_vector ON catalogue_entrywords USING gin (vector);
-- a compressed document costs more to unpack at every read than it saves
ALTER TABLE catalogue_entry ALTER COLUMN document SET STORAGE EXTERNAL;
ALTER TABLE catalogue_entry SET (toast_tuple_target = 8160);
"""
SQLITE = [
    """CREATE VIRTUAL TABLE catalogue_entryfts USING fts5(
        title, body, content='catalogue_entrywords', content_rowid='entry_id'
    )""",
    """CREATE TRIGGER catalogue_entrywords_inserted AFTER INSERT ON catalogue_entrywords BEGIN
        INSERT INTO catalogue_entryfts(rowid, title, body) VALUES (new.entry_id, new.title, new.body);
    END""",
    """CREATE TRIGGER catalogue_entrywords_deleted AFTER DELETE ON catalogue_entrywords BEGIN
        INSERT INTO catalogue_entryfts(catalogue_entryfts, rowid, title, body)
        VALUES ('delete', old.entry_id, old.title, old.body);
    END""",
    """CREATE TRIGGER catalogue_entrywords_updated AFTER UPDATE ON catalogue_entrywords BEGIN
        INSERT INTO catalogue_entryfts(catalogue_entryfts, rowid, title, body)
        VALUES ('delete', old.entry_id, old.title, old.body);
        INSERT INTO catalogue_entryfts(rowid, title, body) VALUES (new.entry_id, new.title, new.body);
    END""",
]


def make_state(apps, schema_editor):
    apps.get_model("catalogue", "CatalogueState").objects.create(pk=1, epoch=new_epoch())


def make_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for statement in SQLITE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        migrations.RunPython(make_state, migrations.RunPython.noop),
        migrations.RunPython(make_search, migrations.RunPython.noop),
    ]
