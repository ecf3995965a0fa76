"""Two people change the parts of one draft at once, and a reviewer speaks of one part: each is called by its key."""

import pytest
from django.urls import reverse

from practices import attachments, photos
from practices.models import Attachment, BuildingBlock, PracticeImage
from reviews import actions
from reviews.actions import Said
from tests.hostile_makers import pdf
from tests.practices.test_conflicts import fields_of
from tests.practices.test_form_parts import address, blocks_of, keys_of, with_blocks
from tests.practices.writing import begun, save, sent_from, submitted, upload, whole

pytestmark = pytest.mark.django_db


def changed_meanwhile(practice, by, edit) -> None:
    practice.refresh_from_db()
    draft = practice.latest_draft()
    edit(draft)
    draft.save_revision(user=by)


def adds_and_removes(draft) -> None:
    """The second goes, another comes first."""
    one, _two, three = draft.building_blocks.all()
    draft.building_blocks.set([BuildingBlock(title={"en": "Zero"}), one, three])


def turns_round(draft) -> None:
    blocks = list(reversed(draft.building_blocks.all()))
    for place, block in enumerate(blocks):
        block.sort_order = place
    draft.building_blocks.set(blocks)


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation, with_blocks("One", "Two", "Three"))


def told(as_nina, practice, **sent):
    response = as_nina.post(address(practice), sent)
    assert response.status_code == 409
    return response


def test_parts_are_chosen_one_by_one(as_nina, janez, practice):
    one, two, _three = keys_of(practice)
    sent = sent_from(practice, **{f"building_blocks-{one}-title_en": "Uno"})
    changed_meanwhile(practice, janez, adds_and_removes)

    response = told(as_nina, practice, **sent)

    found = {each.label: (each.mine, each.theirs, each.only_theirs) for each in response.context["differences"]}
    lesson = "\nWhat you learned from it (German): Nie"
    assert found == {  # of the first, which Janez left as it was, nothing is asked
        "Building block 2": (f"What it is called (English): Two{lesson}", "", True),
        "Building block 4": ("", "What it is called (English): Zero", True),
    }

    as_nina.post(address(practice), fields_of(response.content.decode()))

    assert blocks_of(practice) == ["Zero", "Uno", "Three"]
    assert keys_of(practice)[1] == one and two not in keys_of(practice)


def test_she_may_keep_what_the_other_took_out_and_leave_out_what_the_other_added(as_nina, janez, practice):
    sent = sent_from(practice, title_en="By Nina")
    _one, two, _three = keys_of(practice)
    changed_meanwhile(practice, janez, adds_and_removes)
    response = told(as_nina, practice, **sent)
    mine = {each.choice: "mine" for each in response.context["differences"]}

    as_nina.post(address(practice), fields_of(response.content.decode()) | mine)

    assert blocks_of(practice) == ["One", "Two", "Three"]


def test_the_order_is_chosen_too(as_nina, janez, practice):
    sent = sent_from(practice, title_en="By Nina")
    changed_meanwhile(practice, janez, turns_round)

    response = told(as_nina, practice, **sent)

    orders = [each for each in response.context["differences"] if each.name == "building_blocks-order"]
    assert [(each.mine, each.theirs, each.only_theirs) for each in orders] == [
        ("1. One\n2. Two\n3. Three", "1. Three\n2. Two\n3. One", True)
    ]
    as_nina.post(address(practice), fields_of(response.content.decode()))
    assert blocks_of(practice) == ["Three", "Two", "One"]


def test_a_reviewer_speaks_of_one_block_and_its_author_finds_it_there(as_nina, nina, organisation, marta):
    practice = submitted(nina, organisation, with_blocks("One", "Two"))
    one, _two = keys_of(practice)
    said = Said("Who does this?", f"building_blocks-{one}")
    actions.keep(record=practice, by=marta, comments=[said], revision=practice.latest_revision_id)
    actions.send_back(record=practice, by=marta, message="", revision=practice.latest_revision_id)

    page = as_nina.get(reverse("practices:edit", args=[practice.uid])).content.decode()

    group = page.partition(f'id="building_blocks-{one}"')[2].partition('value="building_blocks:down')[0]
    assert (page.count("Who does this?"), group.count("Who does this?")) == (1, 1)


def with_picture_and_file(draft) -> None:
    whole(draft)
    draft.images.set([PracticeImage(photo=photos.keep(upload(), by=draft.owner), alt={"en": "A yard"}, credit="B")])
    file = attachments.keep(upload(pdf(), name="plan.pdf"), by=draft.owner)
    draft.attachments.set([Attachment(file=file, title={"en": "The plan"})])


def test_pictures_and_files_that_nobody_touched_are_no_difference(as_nina, nina, janez, organisation):
    practice = begun(nina, organisation, with_picture_and_file)
    sent = sent_from(practice, summary_en="By Nina")
    save(practice, janez, summary={"en": "By Janez"})

    response = told(as_nina, practice, **sent)

    assert [each.name for each in response.context["differences"]] == ["summary_en"]
