"""A person who did everything that can be done here, with her address in all of it."""

import io

from django.core import mail
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import Comment
from wagtail.users.models import UserProfile

from accounts import consents
from accounts.models import User
from catalogue import reviewing
from notices import digests, outbox
from notices.actions import notify
from notices.models import Undeliverable
from partners.models import Membership
from practices import actions, photos
from practices.models import PracticeImage
from reviews import letters
from tests.factories import (
    PASSWORD,
    MembershipFactory,
)
from tests.pages.factories import standard_page
from tests.practices.writing import save, upload, whole

WORD = "kanarcek"  # in each of her addresses, and nowhere else
EMAIL, FORMER = f"{WORD}.zlat+mer@example.org", f"{WORD}@old.example.org"
NEW = {"first_name": "Zlata", "last_name": "Ptič", "password1": PASSWORD, "password2": PASSWORD, "terms": "on"}


def with_address(draft):
    whole(draft)
    draft.how_it_works = {"en": f"Ask {EMAIL.title()} for the key."}


def shows(photo):
    def edit(draft):
        with_address(draft)
        draft.images.set([PracticeImage(photo=photo, alt={"en": f"Drawn by {EMAIL}"}, credit=f"Zlata <{EMAIL}>")])

    return edit


def taken_by_her() -> bytes:
    """A picture that tells whose it is."""
    picture, written = Image.new("RGB", (64, 48), "seagreen"), io.BytesIO()
    exif = picture.getexif()
    exif[0x013B] = EMAIL  # artist
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()


def sign_up(client) -> User:
    client.post("/accounts/signup/", NEW | {"email": FORMER})
    outbox.send_due()
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/confirm-email/" in line)
    client.post("/" + link.split("/", 3)[3])
    user = User.objects.get(email=FORMER)
    user.email = EMAIL
    user.save()
    user.confirm_address()  # staff wrote another one down
    return user


def comes_in(client):
    client.logout()
    for password in ("wrong", "wronger", PASSWORD):
        client.post("/accounts/login/", {"login": EMAIL, "password": password})
    client.post("/accounts/password/reset/", {"email": EMAIL})


def writes(user, organisation, marta) -> dict:
    """Two drafts, and a practice that is sent back and published in the end."""
    photo = photos.keep(upload(taken_by_her()), by=user)
    shared_photo = photos.keep(upload(), by=user)
    alone = actions.create_draft(by=user, edit=shows(photo))
    shared = actions.create_draft(by=user, edit=shows(shared_photo), organisation=organisation)
    practice = actions.create_draft(by=user, edit=with_address, organisation=organisation)
    save(practice, user, how_it_works={"en": "Zlata Ptič knows."})  # what it said before is kept as a version
    reviewing.submit(record=practice, by=user)
    practice.refresh_from_db()
    message = f"Who is {EMAIL}?"
    reviewing.send_back(record=practice, by=marta, message=message, revision=practice.latest_revision_id)
    reviewing.submit(record=practice, by=user)
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)
    return {"alone": alone, "shared": shared, "practice": practice, "photo": photo, "shared_photo": shared_photo}


def is_told(user, marta):
    """By notices, letters and letters of the day; and others are told of her."""
    about = {"titles": {"en": f"Mail from {EMAIL}"}, "path": f"my/?who={EMAIL}"}
    notify([user], letters.PUBLISHED.name, by=marta, **about)
    notify([marta], letters.SUBMITTED.name, by=user, **about)
    User.objects.filter(pk=user.pk).update(mail=User.Mail.DIGEST)
    notify([user], letters.PUBLISHED.name, by=marta, **about)
    digests.write(User.objects.get(pk=user.pk), timezone.localdate())
    Undeliverable.objects.mark(EMAIL, "SMTPRecipientsRefused 550")
    outbox.send_due()
    notify([marta], letters.SUBMITTED.name, by=user, **about)  # not sent yet


def works_at_the_desk(user):
    """Pages, comments, locks, uploads, the history."""
    page = standard_page(title=f"Contact {EMAIL}")
    page.save_revision(user=user, log_action=True).publish(user=user, skip_permission_checks=True)
    page.locked, page.locked_by, page.locked_at, page.owner = True, user, timezone.now(), user
    page.save()
    Comment.objects.create(page=page, user=user, text=f"Is {EMAIL} right?", contentpath="title")
    log(instance=user, action="wagtail.edit", user=user, data={"email": EMAIL})
    log(instance=Membership.objects.get(user=user), action="wagtail.create", user=user)
    EditingSession.objects.create(user=user, content_object=page, last_seen_at=timezone.now())
    avatar = ContentFile(taken_by_her(), name="me.jpg")
    UserProfile.objects.update_or_create(user=user, defaults={"avatar": avatar})
    return page


def lives(client, organisation, marta) -> dict:
    """What she did, by the names of what there is of it."""
    user = sign_up(client)
    comes_in(client)
    MembershipFactory(user=user, organisation=organisation, role="coordinator")
    MembershipFactory(organisation=organisation)
    consents.give(user, "named-by-organisation", organisation.uid)
    records = writes(user, organisation, marta)
    is_told(user, marta)
    page = works_at_the_desk(user)
    client.get("/en/my/")
    return {"user": user, "page": page} | records


def is_it_you(client, next_address="/en/my/data/"):
    client.post(f"/accounts/reauthenticate/?next={next_address}", {"password": PASSWORD})
