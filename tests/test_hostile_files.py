"""Each hostile file at each of its doors: refused in words beside the field, or made harmless; nothing typed is lost."""

import json
import re
from urllib.parse import quote

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.models import User
from catalogue.models import WorkingCopy
from operations import archives
from partners.models import Logo
from partners.organisation_form import OrganisationPageForm
from practices.models import AttachedFile, Photo
from tests import hostile_files
from tests.drafting import sent_from
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish
from tests.hostile_outcomes import ATTACHMENT, DOCUMENT, IMAGE, LOGO, PAPER, PHOTO, Kept
from tests.partners.test_page_form import address

pytestmark = pytest.mark.django_db
BOUNDARY = "hostile"
TYPED = "Typed before"


def encoded(fields: dict, control: str, hostile) -> bytes:
    """As a browser that means harm writes it: Django's own client would tidy the name."""
    lines = []
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{name}"', "", str(value)]
    called = quote(hostile.file_name, safe="")
    lines += [
        f"--{BOUNDARY}",
        f"Content-Disposition: form-data; name=\"{control}\"; filename*=UTF-8''{called}",
        f"Content-Type: {hostile.content_type}",
        "\r\n",
    ]
    return "\r\n".join(lines).encode() + hostile.content + f"\r\n--{BOUNDARY}--\r\n".encode()


def post(client, to: str, fields: dict, control: str, hostile):
    body = encoded(fields, control, hostile)
    return client.post(to, body, content_type=f"multipart/form-data; boundary={BOUNDARY}")


class PracticeDoor:
    """A group of the form of a practice that nobody has saved yet."""

    typed = TYPED

    def __init__(self, name: str, model):
        self.name, self.model = name, model
        self.control = f"{name}-new1-file"

    def send(self, client, hostile):
        client.force_login(UserFactory(member_of=OrganisationFactory()))
        fields = {"original_language": "en", "title_en": TYPED, self.name: ["", "new1"]}
        return post(client, reverse("practices:new"), fields, self.control, hostile)

    def kept(self) -> list[tuple[str, bytes]]:
        return [(file.path, file.content()) for file in self.model.objects.all()]


class LogoDoor:
    control, typed = "logo", TYPED

    def send(self, client, hostile):
        organisation, ida = publish(OrganisationFactory()), UserFactory()
        MembershipFactory(user=ida, organisation=organisation, role="coordinator")
        client.force_login(ida)
        fields = sent_from(OrganisationPageForm(draft=organisation.latest_draft(), user=ida), organisation, town=TYPED)
        return post(client, address(organisation), fields, self.control, hostile)

    def kept(self) -> list[tuple[str, bytes]]:
        return [(logo.path, logo.content()) for logo in Logo.objects.all()]


class EditorsDoor:
    control, typed = "file", TYPED

    def __init__(self, room: str, model):
        self.room, self.model = room, model

    def send(self, client, hostile):
        client.force_login(UserFactory(role=User.Role.EDITOR))
        return post(client, reverse(f"{self.room}:add"), {"title": TYPED}, self.control, hostile)

    def kept(self) -> list[tuple[str, bytes]]:
        return [(each.file.name, self._content(each)) for each in self.model.objects.all()]

    def _content(self, each) -> bytes:
        with each.file.open() as file:
            return file.read()


class PaperDoor:
    """The filled-in form: nothing but the file is sent."""

    control, typed = "document", ""

    def send(self, client, hostile):
        client.force_login(UserFactory(member_of=OrganisationFactory()))
        return post(client, reverse("practices:bring"), {}, self.control, hostile)

    def kept(self) -> list[tuple[str, bytes]]:
        return [(str(copy.record), json.dumps(copy.typed).encode()) for copy in WorkingCopy.objects.all()]


DOORS = {
    PHOTO: PracticeDoor("images", Photo),
    LOGO: LogoDoor(),
    ATTACHMENT: PracticeDoor("attachments", AttachedFile),
    IMAGE: EditorsDoor("wagtailimages", Image),
    DOCUMENT: EditorsDoor("wagtaildocs", Document),
    PAPER: PaperDoor(),
}
CASES = [(each, door, outcome) for each in hostile_files.ALL for door, outcome in each.becomes.items()]


def in_the_suite() -> list:
    """Each file at one door, in turns, and all of them in the long run."""
    some = {(each.name, [*each.becomes][number % len(each.becomes)]) for number, each in enumerate(hostile_files.ALL)}
    marks = {True: (), False: pytest.mark.long}
    return [
        pytest.param(each, door, outcome, id=f"{each.name}: {door}", marks=marks[(each.name, door) in some])
        for each, door, outcome in CASES
    ]


@pytest.mark.parametrize(("hostile", "door", "outcome"), in_the_suite())
def test_what_becomes_of_it(client, hostile, door, outcome):
    opened = DOORS[door]

    answer = opened.send(client, hostile)

    if isinstance(outcome, Kept):
        assert answer.status_code == 302, told(answer, opened)
        check_kept(opened, outcome, hostile)
    else:
        assert answer.status_code in (200, 422)
        assert outcome in told(answer, opened)
        assert opened.typed in answer.content.decode()
        assert opened.kept() == []


def told(answer, door) -> str:
    return " ".join(answer.context["form"].errors.get(door.control, [])) if answer.context else ""


def check_kept(door, outcome: Kept, hostile) -> None:
    [(path, content)] = door.kept()
    assert re.fullmatch(r"[\w/.-]+", path) and ".." not in path and len(path) <= 120
    assert not outcome.same or content == hostile.content
    assert [word for word in outcome.without if word in content] == []


@pytest.mark.parametrize("make", ["bomb", "lying_about_its_size", "nested_bomb"])
def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch, make):
    content = getattr(hostile_files.make, make)()
    read = []
    monkeypatch.setattr(archives, "PIECE", 1024)
    monkeypatch.setattr(archives, "_look_at", lambda piece: read.append(len(piece)) or (b"", set()))

    with pytest.raises(archives.ValidationError):
        archives.looked_into(content)

    assert sum(read) < 100_000


def test_nothing_is_written_beside_what_is_kept(client):
    """A refused file leaves nothing in private storage."""
    hostile = next(each for each in hostile_files.ALL if each.name == "PDF with a script")

    DOORS[ATTACHMENT].send(client, hostile)

    assert not storages["records"].exists("attachments")


def test_there_are_sixty_of_them():
    names = [each.name for each in hostile_files.ALL]

    assert len(set(names)) == len(names) >= 60


def test_the_table_is_told_as_it_is():
    assert hostile_files.PAGE.read_text() == hostile_files.page()
