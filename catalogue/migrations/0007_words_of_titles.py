"""PostgreSQL finds the words of titles in an index of their own."""

from django.db import migrations

INDEX = "CREATE INDEX catalogue_entrywords_title ON catalogue_entrywords USING gin (to_tsvector('simple', title))"


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX catalogue_entrywords_title")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_where_translations_come_from")]
    operations = [migrations.RunPython(index, remove)]
