"""The end of an account: a person did everything that can be done here, and leaves without a trace."""

import dataclasses
import io
import json
import zipfile

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from post_office.models import Email
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import Comment
from wagtail.users.models import UserProfile

from accounts import consents, erasure, personal_data
from accounts.models import User
from catalogue import reviewing
from catalogue.models import Entry
from notices import digests, outbox
from notices.actions import notify
from notices.models import Notification, Undeliverable
from operations.models import AuditEntry
from partners.models import Membership
from practices import actions, photos
from practices.models import GoodPractice, Photo, PracticeImage
from reviews import letters
from tests.accounts.searching import places_with
from tests.factories import (
    PASSWORD,
    AdminFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    publish,
)
from tests.pages.factories import standard_page
from tests.practices.writing import picture, save, setting, upload, whole

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]

WORD = "kanarcek"  # in each of her addresses, and nowhere else
EMAIL, FORMER = f"{WORD}.zlat+mer@example.org", f"{WORD}@old.example.org"
NEW = {"first_name": "Zlata", "last_name": "Ptič", "password1": PASSWORD, "password2": PASSWORD, "terms": "on"}


@pytest.fixture(autouse=True)
def _outbox(settings):
    """Letters go through the outbox, as they do."""
    settings.MAIL_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "notices.outbox.Outbox"


@pytest.fixture
def organisation(db):
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def marta(db):
    return UserFactory(first_name="Marta", last_name="Hribar", role=User.Role.REVIEWER, mail=User.Mail.ALL)


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


@pytest.fixture
def world(client, organisation, marta):
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


def erases(client):
    is_it_you(client)
    answer = client.post("/en/my/data/erase/", {"sure": "on"})
    outbox.send_due()
    return answer


READ = (
    *("/en/", "/en/search/?q=zlat", "/en/practices/", "/api/v1/practices/?page_size=100", "/api/v1/changes/"),
    *("/feeds/practices.atom", "/sitemap.xml", "/en/practices/open-yard-day/"),
)


def test_she_leaves_no_trace(client, world, caplog):
    assert len(places_with(WORD)) > 20  # the search finds what there is to find

    with caplog.at_level("DEBUG"):
        caplog.clear()
        answer = erases(client)

    assert answer.url == "/en/erased/"
    assert places_with(WORD) == []
    assert WORD not in caplog.text.lower()
    stranger = Client()
    for address in READ:
        assert WORD not in stranger.get(address, follow=True).content.decode().lower(), address
    found = stranger.get("/en/search/", {"q": WORD})
    assert "Nothing" in found.content.decode() or not found.context["page"].items


def test_what_is_others_stays(client, world, organisation, marta):
    erases(client)

    assert set(GoodPractice.objects.all()) == {world["shared"], world["practice"]}
    assert not GoodPractice.objects.exclude(owner=None).exists()
    shared = GoodPractice.objects.get(pk=world["shared"].pk).latest_draft()
    assert str(shared.how_it_works) == "Ask […] for the key."
    assert shared.images.get().credit == "Zlata <[…]>"
    assert Photo.objects.get() == world["shared_photo"]
    assert Entry.objects.get(uid=world["practice"].uid).record["how_it_works"] == {"en": "Zlata Ptič knows."}
    assert set(User.objects.values_list("first_name", flat=True)) >= {"Marta"}
    world["page"].refresh_from_db()
    assert (world["page"].title, world["page"].locked, world["page"].locked_by) == ("Contact […]", False, None)
    assert Membership.objects.filter(organisation=organisation).count() == 1
    assert set(Notification.objects.filter(recipient=marta).values_list("actor", flat=True)) == {""}


def test_one_last_letter_is_sent_and_forgotten(client, world):
    mail.outbox.clear()
    erases(client)

    [last] = [letter for letter in mail.outbox if letter.to == [EMAIL]]
    assert last.subject == "Your account is erased"
    row = Email.objects.order_by("pk").last()
    assert (row.to, row.subject, row.message, row.html_message, row.message_id) == ([], "", "", "", None)


def test_a_letter_that_finds_nobody_is_forgotten_too(client, world, settings):
    settings.MAIL_BACKEND = "tests.accounts.test_erasure.NobodyThere"
    erases(client)

    assert places_with(WORD) == []
    assert not Undeliverable.objects.among([EMAIL])


class NobodyThere:
    def __init__(self, *args, **kwargs):
        pass

    def open(self):
        pass

    close = open

    def send_messages(self, messages):
        import smtplib

        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"5.1.1 " + messages[0].to[0].encode())})


def test_she_is_signed_out_everywhere(client, world):
    elsewhere = Client()
    elsewhere.force_login(world["user"])
    erases(client)

    for browser in (client, elsewhere):
        assert browser.get("/en/my/").status_code == 302
    assert "own_place" not in {name for name, cookie in client.cookies.items() if cookie.value}
    assert client.get("/en/erased/").status_code == 200


def test_the_log_says_that_it_was_done_and_not_by_whom(client, world):
    erases(client)

    [entry] = AuditEntry.objects.filter(what="account.erased")
    assert (entry.actor, entry.whom, entry.facts) == (None, None, {})
    assert not AuditEntry.objects.exclude(actor=None).filter(what="account.opened").exists()


# Her name stands where a published text holds it: in the practice, its versions, its words for search. And in drafts of her
# organisation.
CONTENT = {
    *("catalogue_entry.document", "catalogue_entryversion.document", "practices_goodpractice.how_it_works"),
    *("catalogue_entrywords.body", "catalogue_entrywords.vector", "catalogue_entryfts.body"),
    *("wagtailcore_revision.content", "practices_practiceimage.credit"),
}


def left_behind() -> set[str]:
    photos_left = {"a photo of hers alone"} if Photo.objects.count() > 1 else set()
    return {*places_with(WORD), *places_with("zlata"), *photos_left} - CONTENT


@pytest.mark.parametrize("name", [None, "notices", "writing", "practices"])
def test_each_part_is_needed(client, world, monkeypatch, name):
    """The search is not blind: where an app does not do its part, something is left behind."""
    if name:
        broken = dataclasses.replace(personal_data._kept[name], erase=lambda user: None)
        monkeypatch.setitem(personal_data._kept, name, broken)
    erases(client)

    assert bool(left_behind()) == bool(name)


# Asked, ticked, and with her password


@pytest.fixture
def nina(client):
    nina = UserFactory(email="nina@example.org")
    client.force_login(nina)
    return nina


def test_nothing_happens_without_her_password_and_the_tick(client, nina):
    answer = client.post("/en/my/data/erase/", {"sure": "on"})
    assert answer.url == "/accounts/reauthenticate/?next=%2Fen%2Fmy%2Fdata%2Ferase%2F"

    is_it_you(client)
    assert client.post("/en/my/data/erase/", {}).status_code == 422
    assert User.objects.filter(pk=nina.pk).exists()


def test_what_she_ticked_is_done_when_her_password_is_right(client, nina):
    client.post("/en/my/data/erase/", {"sure": "on"})
    address = "/accounts/reauthenticate/?next=/en/my/data/erase/"
    client.post(address, {"password": "wrong", "next": "/en/my/data/erase/"})
    assert User.objects.filter(pk=nina.pk).exists()

    answer = client.post(address, {"password": PASSWORD, "next": "/en/my/data/erase/"})

    assert answer.url == "/en/erased/"
    assert not User.objects.filter(pk=nina.pk).exists()
    assert client.get("/en/my/").status_code == 302


def test_the_page_says_what_will_happen(client, nina, organisation):
    MembershipFactory(user=nina, organisation=organisation, role="coordinator")
    actions.create_draft(by=nina, edit=whole)
    page = client.get("/en/my/data/erase/").content.decode()

    assert "Bistra Ptuj will be without a coordinator" in page
    assert "1 draft that nobody else can go on with is deleted" in page

    nina.memberships.update(role="member")
    MembershipFactory(organisation=organisation, role="coordinator")
    assert "without a coordinator" not in client.get("/en/my/data/erase/").content.decode()


def test_the_last_admin_stays(client):
    ana = AdminFactory()
    AdminFactory(is_active=False)
    client.force_login(ana)
    is_it_you(client)

    page = client.post("/en/my/data/erase/", {"sure": "on"})
    assert page.status_code == 422
    assert "You are the only administrator" in page.content.decode()

    with pytest.raises(erasure.LastAdmin):
        erasure.erase(user=ana, by=ana)
    AdminFactory()
    assert erases(client).url == "/en/erased/"


def test_of_the_last_two_admins_one_stays(together):
    ana, ida = AdminFactory(), AdminFactory()

    def leave(user):
        try:
            return erasure.erase(user=user, by=user)
        except erasure.LastAdmin:
            return "stays"

    assert sorted(map(str, together(lambda: leave(ana), lambda: leave(ida)))) == ["True", "stays"]


def test_twice_at_once_is_once(together):
    nina = UserFactory()

    assert sorted(together(*[lambda: erasure.erase(user=nina, by=nina)] * 2)) == [False, True]


def test_an_address_that_is_anothers_now_is_left_to_her(client, nina):
    nina.email = "kos@example.org"
    nina.save()
    nina.confirm_address()
    other = UserFactory(email="nina@example.org")
    erasure.erase(user=nina, by=nina)

    other.refresh_from_db()
    assert other.email == "nina@example.org"


def test_staff_erases_by_the_same_function(client):
    ana, nina = AdminFactory(), UserFactory(email=EMAIL)
    people = [UserFactory(email=f"{WORD}{number}@example.org") for number in range(2)]
    client.force_login(ana)

    client.post(reverse("wagtailusers_users:delete", args=[nina.pk]))
    both = "&".join(f"id={user.pk}" for user in people)
    client.post(reverse("wagtail_bulk_action", args=["accounts", "user", "delete"]) + f"?{both}")
    outbox.send_due()

    assert User.objects.get() == ana
    assert places_with(WORD) == []
    assert [entry.actor for entry in AuditEntry.objects.filter(what="account.erased")] == [ana] * 3
    assert len(mail.outbox) == 3


# Taking it along


def taken(client) -> zipfile.ZipFile:
    is_it_you(client)
    answer = client.post("/en/my/data/download/")
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    content = answer.getvalue()
    answer.close()
    return zipfile.ZipFile(io.BytesIO(content))


def test_everything_of_hers_is_in_and_nothing_of_others(client, world, organisation, marta):
    other = UserFactory(email="other@example.org", member_of=organisation)
    actions.create_draft(by=other, edit=setting(title={"en": "Not hers"}), organisation=organisation)
    photos.keep(upload(picture(color="tomato")), by=other)
    archive = taken(client)
    told = json.loads(archive.read("data.json"))

    assert set(told) == {kept.name for kept in personal_data.all_kept()}
    account = told["account"]
    assert (account["email"], account["first_name"], account["roles"]) == (EMAIL, "Zlata", [])
    assert [each["email"] for each in account["former_addresses"]] == [FORMER]
    assert {each["purpose"] for each in account["consents"]} == {"terms", "named-by-organisation"}
    assert told["signing_in"]["sessions"] and told["signing_in"]["has_password"]
    assert [each["organisation"] for each in told["memberships"]] == ["Bistra Ptuj"]
    assert len(told["practices"]["practices"]) == 3
    assert len(told["notices"]["notices"]) == Notification.objects.filter(recipient=world["user"]).count()
    assert told["writing"]["comments"][0]["text"] == f"Is {EMAIL} right?"
    files = {f"photos/{world[name].digest}.jpg" for name in ("photo", "shared_photo")}
    assert {*archive.namelist()} == {"data.json", *files}
    assert archive.read(f"photos/{world['photo'].digest}.jpg") == world["photo"].content()
    text = archive.read("data.json").decode()
    for others in ("other@example.org", marta.email, "Not hers", PASSWORD, world["user"].password):
        assert others not in text


def test_many_drafts_cost_no_more_queries_than_one(nina, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from accounts import export

    def queries():
        with CaptureQueriesContext(connection) as told:
            "".join(export.json_of(nina))
        return len(told)

    def one_more():
        practice = actions.create_draft(by=nina, edit=whole)
        photos.keep(upload(), by=nina)
        notify([nina], letters.PUBLISHED.name, titles={"en": "x"}, path="/")
        MembershipFactory(user=nina)
        return practice

    one_more()
    queries()
    one = queries()
    one_more(), one_more()
    assert queries() == one


def test_it_is_taken_along_five_times_an_hour(client, nina):
    is_it_you(client)

    statuses = []
    for _time in range(6):
        answer = client.post("/en/my/data/download/")
        statuses.append(answer.status_code)
        answer.close()
    assert statuses == [200] * 5 + [429]


def test_it_is_not_given_without_her_password(client, nina):
    assert client.post("/en/my/data/download/").url == "/accounts/reauthenticate/?next=%2Fen%2Fmy%2Fdata%2Fdownload%2F"
