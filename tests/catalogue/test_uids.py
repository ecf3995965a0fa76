"""Who begins something is given its identity; nobody brings another one along."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError
from django.urls import reverse

from catalogue import uids
from catalogue.models import Entry, TextOrigin, WorkingCopy
from practices.models import GoodPractice
from tests.factories import GoodPracticeFactory, OrganisationFactory, UserFactory, publish
from tests.practices.writing import filled

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def test_each_is_another_and_hers_alone():
    nina, luka = UserFactory(), UserFactory()
    given = {uids.fresh(nina) for _each in range(200)}

    assert len(given) == 200
    assert {uid.version for uid in given} == {4}
    assert all(uids.is_hers(uid, nina) and not uids.is_hers(uid, luka) for uid in given)
    assert not any(
        uids.is_hers(uid, nina) for uid in (UUID(int=0), UUID(int=2**128 - 1), *(uuid4() for _each in range(200)))
    )


@pytest.mark.parametrize("door", ["new", "new_autosave"])
def test_nobody_takes_the_place_of_what_is_published(client, caplog, door):
    """Neither of its page nor of the marks of its translations."""
    luka = UserFactory(member_of=OrganisationFactory())
    organisation = publish(OrganisationFactory())
    entry, marks = Entry.objects.get(uid=organisation.uid), TextOrigin.objects.filter(uid=organisation.uid).count()
    client.force_login(luka)
    sent = filled(uid=str(organisation.uid), organisation=luka.memberships.get().organisation, stamp="s1")

    answer = client.post(reverse(f"practices:{door}"), sent)

    assert answer.status_code == (302 if door == "new" else 200)
    assert not GoodPractice.objects.filter(uid=organisation.uid).exists()
    assert not WorkingCopy.objects.filter(record=organisation.uid).exists()
    assert TextOrigin.objects.filter(uid=organisation.uid).count() == marks
    assert Entry.objects.get(uid=organisation.uid).etag == entry.etag
    assert "values that are not offered in uid" in caplog.text


def test_a_record_is_not_published_in_the_place_of_another():
    organisation = publish(OrganisationFactory())

    with pytest.raises(IntegrityError, match="is that of another record"):
        publish(GoodPracticeFactory(uid=organisation.uid))
