"""How the stories write: whole forms, edits, pictures."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalogue import reviewing
from practices import actions
from practices.forms import PracticeForm
from practices.models import GoodPractice

COMPLETE = {
    "original_language": "en",
    "title_en": "Open-yard day",
    "summary_en": "Once a year the firms of the area open their gates.",
    "problem_and_context_en": "Nobody knew what the firms behind the fence did.",
    "how_it_works_en": "The office of the area sets the date in January.",
    "stakeholders_and_beneficiaries_en": "Firms, two schools and the town.",
    "status": "running",
    "topics": ["green-marketing"],
    "place_1_country": "SI",
    "place_1_town": "Ptuj",
}


PICTURE = {"photo": "file", "photo_kept": "kept", "photo_credit": "credit"}


def filled(**fields) -> dict:
    """What a browser sends with everything that the review needs; `organisation` may be a record."""
    return COMPLETE | {
        name: str(getattr(value, "uid", value)) if name == "organisation" else value
        for name, value in with_picture(fields).items()
    }


def with_picture(fields: dict, key: str = "new1") -> dict:
    """`photo`, `photo_alt_en` and their like are the fields of one group among the pictures."""
    named = {
        name: f"images-{key}-{PICTURE.get(name, name.removeprefix('photo_'))}" for name in fields if "photo" in name
    }
    sent = {named.get(name, name): value for name, value in fields.items()}
    return sent | ({"images": ["", key]} if named else {})


def sent_from(practice: GoodPractice, **changes) -> dict:
    """What a browser sends when the form of the practice is opened and changed."""
    draft = practice.latest_draft()
    shown = PracticeForm(draft=draft, user=practice.owner).initial | {"revision": str(practice.latest_revision_id)}
    image = next(iter(draft.images.all()), None)
    return shown | with_picture(changes, str(image.uid) if image else "new1")


def setting(**values):
    """An edit that sets fields of the model."""

    def edit(draft: GoodPractice) -> None:
        for name, value in values.items():
            setattr(draft, name, value)

    return edit


def whole(draft: GoodPractice) -> None:
    """An edit after which nothing is missing but the organisation."""
    draft.title = {"en": "Open-yard day", "sl": "Dan odprtih dvorišč"}
    draft.summary = {"en": "Firms open their gates."}
    draft.problem_and_context = {"en": "Nobody knew what the firms did."}
    draft.how_it_works = {"en": "The office sets the date."}
    draft.stakeholders_and_beneficiaries = {"en": "Firms and schools."}
    draft.status = "running"
    draft.topics = ["green-marketing"]
    draft.places = [{"country": "SI", "nuts": None, "nuts_version": None, "town": "Ptuj", "lat": None, "lng": None}]


def begun(by, organisation=None, edit=whole) -> GoodPractice:
    return actions.create_draft(by=by, edit=edit, organisation=organisation)


def submitted(by, organisation, edit=whole) -> GoodPractice:
    practice = begun(by, organisation, edit)
    reviewing.submit(record=practice, by=by)
    return practice


def checked(by, organisation, edit=whole) -> GoodPractice:
    """Submitted by a member, and handed on by the organisation's coordinator."""
    practice = submitted(by, organisation, edit)
    if reviewing.hands_on(practice.current_workflow_task_state):
        coordinator = practice.coordinators().get()
        reviewing.approve(record=practice, by=coordinator, revision=practice.latest_revision_id)
    return practice


def approved(by, organisation, reviewer, edit=whole) -> GoodPractice:
    practice = checked(by, organisation, edit)
    reviewing.approve(record=practice, by=reviewer, revision=practice.latest_revision_id)
    practice.refresh_from_db()
    return practice


def save(practice: GoodPractice, by, **values) -> GoodPractice:
    """Save a draft as somebody who has just read it."""
    practice.refresh_from_db()
    return actions.save_draft(
        practice=practice,
        by=by,
        edit=setting(**values),
        organisation=practice.organisation_in_charge,
        expected_revision=practice.latest_revision_id,
    )


def picture(size=(640, 480), form="JPEG", mode="RGB", color="seagreen", **options) -> bytes:
    written = BytesIO()
    Image.new(mode, size, color).save(written, form, **options)
    return written.getvalue()


def upload(content: bytes | None = None, name="yard.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)
