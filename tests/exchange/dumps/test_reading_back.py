"""What is taken along is the very catalogue: every format but linked data reads back into the documents."""

import csv
import io

import pytest

from catalogue import kinds
from catalogue.models import Entry
from exchange.dumps.reading import documents_of

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.mark.parametrize("ending", ["ndjson", "csv", "xlsx"])
def test_the_records_of_every_kind_read_back_equal_the_documents(dumped, every_kind, tmp_path, ending):
    for kind in kinds.all_kinds():
        file = tmp_path / f"{kind.name}.{ending}"
        file.write_bytes(dumped(file.name))

        documents = Entry.objects.visible().of_kind(kind.name).order_by("pk").values_list("document", flat=True)
        assert list(documents_of(file)) == list(documents)
        assert len(documents) > 10


def test_the_columns_say_everything_of_what_the_description_knows(dumped, every_kind):
    for kind in kinds.all_kinds():
        rows = list(csv.DictReader(io.StringIO(dumped(f"{kind.name}.csv").decode(), newline="")))

        assert [row["uid"] for row in rows if row["record"]] == []
        assert len(rows) > 10
