"""A kind as it is read: whole or filtered, from one moment, with the cursor to go on from."""

import pytest

from catalogue import kinds
from catalogue.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def stored(kind: str) -> list[str]:
    return list(Entry.objects.visible().ours().of_kind(kind).order_by("pk").values_list("document", flat=True))


def test_ndjson_has_each_record_in_the_bytes_of_its_document(dumped, every_kind):
    for kind in kinds.all_kinds():
        assert dumped(f"{kind.name}.ndjson") == "".join(f"{text}\n" for text in stored(kind.name)).encode()
        assert stored(kind.name)
