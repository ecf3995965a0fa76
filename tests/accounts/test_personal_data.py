"""Every app says what it keeps about people; a text that tells an address is found wherever it stands."""

import json

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from accounts import personal_data
from accounts.scrubbing import SPARED, Scrubber, scrub
from catalogue.models import Entry
from notices.models import Notification
from tests.factories import GoodPracticeFactory, UserFactory, publish

ANA = "ana.m+mer@example.org"


def test_nobody_keeps_people_without_saying_so():
    assert personal_data.unclaimed() == set()


def test_a_claim_is_about_something_that_is_there():
    from fnmatch import fnmatch

    links = personal_data.relations_to_people()
    claims = [claim for kept in personal_data.all_kept() for claim in kept.relations]
    assert [claim for claim in claims if not any(fnmatch(link, claim) for link in links)] == []
    there = {model._meta.label for model in apps.get_models()}
    assert {label for label in SPARED if "SQLite" not in label} <= there


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (f"Write to {ANA}.", "Write to […]."),
        (f"<{ANA.upper()}>", "<[…]>"),
        ("mailto:ana.m%2Bmer%40example.org&x", "mailto:[…]&x"),
        ("next=%3Dana.m%2Bmer%40example.org", "next=%3D[…]"),
        (f"line\\n{ANA}\\n", "line\\n[…]\\n"),
        (f"joana.m+mer@example.org, x{ANA}", f"joana.m+mer@example.org, x{ANA}"),
        (f"{ANA}.au {ANA}x", f"{ANA}.au {ANA}x"),
        (json.dumps({ANA: [1, f"č {ANA}"]}), json.dumps({"[…]": [1, "č […]"]}, ensure_ascii=True)),
        (json.dumps(json.dumps([f"č{ANA}", f"\n{ANA}"])), json.dumps(json.dumps([f"č{ANA}", "\n[…]"]))),
        (f"{{not JSON {ANA}", "{not JSON […]"),
        ("ana.m at example.org", "ana.m at example.org"),
    ],
)
def test_an_address_is_found_however_it_is_written(text, cleaned):
    assert Scrubber([ANA]).clean(text) == cleaned


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["ziva@čuk.example.org", ANA, "o'hara@example.org"])
def test_texts_and_json_of_every_table_are_cleaned(address):
    draft = GoodPracticeFactory(title={"en": f"Ask {address.upper()}"}, keywords=["a", f"b {address}"])
    draft.save_revision()
    untouched = GoodPracticeFactory(title={"en": "Ask somebody"})
    notice = Notification.objects.create(
        recipient=UserFactory(), kind="x", path="/", titles={"sl": f"„{address}“"}, actor=address
    )

    changed = scrub([address])

    draft, notice = type(draft).objects.get(pk=draft.pk), Notification.objects.get()
    assert (str(draft.title), draft.keywords) == ("Ask […]", ["a", "b […]"])
    assert address not in json.dumps(draft.latest_revision.content, ensure_ascii=False).lower()
    assert (notice.titles, notice.actor) == ({"sl": "„[…]“"}, "[…]")
    assert changed["practices.GoodPractice"] == {draft.pk}
    assert untouched.pk not in changed["practices.GoodPractice"]


@pytest.mark.django_db
def test_no_document_holds_an_address_to_be_scrubbed():
    with pytest.raises(ValidationError):
        publish(GoodPracticeFactory(how_it_works={"en": f"Ask {ANA}."}))
    assert not Entry.objects.exists()
