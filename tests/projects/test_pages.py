"""The public page of a project."""

import json

import pytest

from catalogue.models import EntryVersion
from tests.factories import ProjectFactory, publish, texts

pytestmark = pytest.mark.django_db


def test_it_tells_whom_to_ask(client):
    project = publish(ProjectFactory(contacts=texts("Office for the economy", "Urad za gospodarstvo")))

    assert "Office for the economy" in client.get(f"/en/projects/{project.slug}/").content.decode()
    assert "Urad za gospodarstvo" in client.get(f"/sl/projects/{project.slug}/").content.decode()
    assert project.entry.record["contacts"] == {"en": "Office for the economy", "sl": "Urad za gospodarstvo"}


def test_a_version_of_before_there_were_contacts_is_still_read(client):
    project = publish(ProjectFactory())
    older = EntryVersion.objects.get(entry=project.entry)
    document = json.loads(older.document)
    del document["contacts"], document["period"]
    EntryVersion.objects.filter(pk=older.pk).update(document=json.dumps(document))

    assert client.get(f"/en/projects/{project.slug}/v/1/").status_code == 200
