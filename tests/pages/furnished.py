"""A small catalogue with one of everything that a page can show, and the people who look at it."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from accounts import speaking
from accounts.models import User
from catalogue import reviewing
from catalogue.kinds import all_kinds
from catalogue.places import place
from feedback.models import Suggestion
from notices.letters import stop_token
from operations.models import Heartbeat
from partners import logos
from partners.models import Membership
from partners.review_letters import titles_of
from practices import attachments, photos
from practices.models import AttachedFile
from reviews import scoring
from reviews.scoring import Assessed, Given
from tests.actionplans.factories import whole_plan
from tests.events.factories import AgendaItemFactory, EventFactory, SpeakerFactory
from tests.exchange.networks import registered
from tests.factories import (
    AdminFactory,
    AttachmentFactory,
    BuildingBlockFactory,
    EvidenceFactory,
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    PracticeImageFactory,
    PracticeLinkFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    UserFactory,
    publish,
    republish,
    reread,
    texts,
    withdraw,
)
from tests.library.factories import ChapterFactory, LibraryItemFactory
from tests.pages.factories import article, document, every_block, home, image, news_index, standard_page
from tests.partners.factories import IndustrialAreaFactory, InvitationFactory, JoinRequestFactory
from tests.practices.factories import CoAuthorInvitationFactory
from tests.reviews.factories import OutsideReviewFactory
from translations.models import TranslationRequest

LANGUAGES = ("en", "sl")
NAVIGATES = {"Sec-Fetch-Mode": "navigate"}  # as browsers say when they are led to an address


def furnish() -> SimpleNamespace:
    """Records by their kind or state, people by their role, in a portal that runs."""
    Heartbeat.objects.create(work="scheduled publishing", began=now())
    people = _people()
    organisation = republish(people.organisation, town="Ptuj")
    programme = publish(ProgrammeFactory())
    project = ProjectFactory(programme=programme)
    ParticipationFactory(project=project, organisation=organisation)
    ResultFactory(project=project)
    IndicatorValueFactory(indicator=IndicatorFactory(project=project))
    project = publish(project)
    practice = GoodPracticeFactory(owner=people.author, organisation_in_charge=organisation, places=PLACES)
    practice.projects.add(project)
    practice.images.add(PracticeImageFactory.build(practice=practice, photo=_photo(people.partner)))
    practice.save()
    attached = _whole_template(practice, people.partner)
    practice = republish(publish(reread(practice)), keywords=["kino", "<b>bold</b> & “quoted”"])
    practices = _practices(people, organisation)
    return SimpleNamespace(
        **vars(people),
        **practices,
        **_translations(people, practices["draft"]),
        **_areas_and_library(organisation, project, practice),
        **_events(organisation, project, practice),
        article=_pages(),
        plan=publish(whole_plan(organisation=organisation, project=project, player=organisation, practice=practice)),
        programme=programme,
        project=project,
        practice=practice,
        **_suggestions(practice),
        photo=practice.images.first().photo,
        attached=attached,
        reading=registered(people.partner),
        asked=JoinRequestFactory(user=people.author, organisation=organisation, message="I run the archive."),
        invitation=InvitationFactory(
            organisation=organisation, invited_by=people.partner, email=people.author.email, token=INVITATION
        ),
    )


def _whole_template(practice, partner) -> AttachedFile:
    """Parts of every kind; gives the file that one of them names."""
    BuildingBlockFactory(practice=practice, lessons=texts("Ring on Monday.", "Pokličite v ponedeljek."))
    EvidenceFactory(practice=practice, confidence="high", source_publication="Yearbook 2020")
    PracticeLinkFactory(practice=practice)
    file = attachments.keep(SimpleUploadedFile("contract.txt", b"One page is enough."), by=partner)
    return AttachmentFactory(practice=practice, file=file).file


def _suggestions(practice) -> dict:
    """One to answer, and one that was declined."""
    known = {"about_kind": "practices", "about_uid": practice.uid, "version": 1, "language": "en"}
    declined = {"state": "declined", "answer": "They moved back.", "answered": now(), "answered_by": practice.owner}
    return {
        "suggestion": Suggestion.objects.create(
            **known,
            part="how_it_works",
            text="There are two offices now.\n\n- one in town\n- one in the area",
            source="https://town.example/offices",
            sender_name="Luka Horvat",
            sender_email="luka@example.com",
        ),
        "declined_suggestion": Suggestion.objects.create(**known, **declined, text="The office has moved."),
    }


def _translations(people: SimpleNamespace, draft) -> dict:
    """One language that nobody has taken up, and one that somebody has."""
    taken = {"taken_by": people.translator, "taken_at": now()}
    known = {"about_kind": "practices", "about_uid": draft.uid, "titles": titles_of(draft), "source_language": "en"}
    known |= {"asked_by": people.partner, "note": "For the fair in May, please."}
    return {
        "translation_asked": TranslationRequest.objects.create(**known, language="de"),
        "translation_taken": TranslationRequest.objects.create(**known, **taken, language="it"),
    }


def _translator() -> User:
    """Speaks German and Italian, and may be asked."""
    translator = UserFactory(member_of=publish(OrganisationFactory()), translates=True)
    speaking.keep(by=translator, languages=["de", "it"])
    return translator


INVITATION = "the-secret-of-a-letter"


PLACES = [place("SI", town="Ptuj"), place("HR", town="Varaždin")]


def _people() -> SimpleNamespace:
    organisation = publish(OrganisationFactory())
    partner = UserFactory()
    MembershipFactory(user=partner, organisation=organisation, role=Membership.Role.COORDINATOR)
    logo = logos.keep(SimpleUploadedFile("logo.png", _picture("PNG")), by=partner)
    return SimpleNamespace(
        organisation=republish(organisation, logo=logo, logo_alt=texts("A teal field", "Zelenomodro polje")),
        partner=partner,
        author=UserFactory(),
        member=UserFactory(member_of=organisation),
        newcomer=UserFactory(),
        translator=_translator(),
        co_author=UserFactory(),
        outside=UserFactory(),
        stranger=MembershipFactory(organisation=publish(OrganisationFactory()), role=Membership.Role.COORDINATOR).user,
        reviewer=UserFactory(role=User.Role.REVIEWER),
        editor=UserFactory(role=User.Role.EDITOR),
        superuser=AdminFactory(),
    )


def _score(practice, by) -> None:
    given = {criterion.pk: Given(3, "Two sources.") for criterion in scoring.criteria_of(practice)}
    assessed = Assessed(given, "change", "Nearly there.")
    scoring.keep(record=practice, by=by, revision=practice.latest_revision_id, assessed=assessed)


def _practices(people: SimpleNamespace, organisation) -> dict:
    """Practices in every state but the ordinary one."""
    mine = {"owner": people.author, "organisation_in_charge": organisation}
    draft, submitted = GoodPracticeFactory(**mine), GoodPracticeFactory(**mine)
    for practice in (draft, submitted):
        practice.save_revision(user=people.partner)
    reviewing.submit(record=submitted, by=people.partner)
    for practice in (draft, submitted):
        practice.co_authors.create(user=people.co_author)
    _score(submitted, people.reviewer)
    return {
        "co_author_invitation": CoAuthorInvitationFactory(
            practice=draft, invited_by=people.partner, email=people.stranger.email, token=INVITATION
        ),
        **_advice(
            people, submitted.current_workflow_state, {"about_uid": submitted.uid, "titles": submitted.title.data}
        ),
        "draft": draft,
        "submitted": submitted,
        "slovenian": publish(
            GoodPracticeFactory(
                **mine,
                original_language="sl",
                title={"sl": "Čista šola"},
                summary={"sl": "Žlahtna obrt."},
                problem_and_context={"sl": "Stara šola.\n\n- prva težava\n- druga težava"},
                how_it_works={"sl": "Vse skupaj."},
                stakeholders_and_beneficiaries={"sl": "Občani."},
                example=True,
            )
        ),
        "withdrawn": withdraw(publish(GoodPracticeFactory(**mine))),
    }


def _advice(people: SimpleNamespace, review, about: dict) -> dict:
    """One who advises on what was submitted, and one who is asked."""
    known = {"review": review, "invited_by": people.reviewer, **about}
    return {
        "advice": OutsideReviewFactory(
            **known, email=people.outside.email, reviewer=people.outside, accepted=now(), words="Are the figures right?"
        ),
        "advice_asked": OutsideReviewFactory(**known, email=people.newcomer.email, token=INVITATION),
    }


def _areas_and_library(organisation, project, practice) -> dict:
    from_here = {"publisher": organisation, "projects": [project], "practices": [practice]}
    chapters = [publish(ChapterFactory(**from_here, chapter=number)) for number in (1, 2, 4)]
    return {
        "area": publish(IndustrialAreaFactory(manager=organisation)),
        "chapter": chapters[1],
        "announced": publish(LibraryItemFactory(status="announced", year=None, website="https://library.example/")),
    }


def _events(organisation, project, practice) -> dict:
    event = EventFactory(
        host=organisation, project=project, lat=46.42, lng=15.87, access_notes=texts("By bus.", "Z busom.")
    )
    AgendaItemFactory(event=event, practices=[practice])
    SpeakerFactory(event=event, organisation=organisation)
    return {
        "event": publish(event),
        "past_event": publish(EventFactory(starts_on=date(2025, 5, 20), ends_on=None, starts_at=None, ends_at=None)),
        "cancelled_event": publish(EventFactory(status="cancelled", mode="online", country="", town="")),
    }


def _pages():
    """The same addresses in both trees: a page of every block, and the news."""
    guide, shown = document(), image()
    for language in LANGUAGES:
        standard_page(*every_block(shown, guide), below=home(language), title="Everything", slug="everything")
        written = article(news_index(language), example=True, image=shown, image_alt="A street")
    return written


def _photo(by):
    return photos.keep(SimpleUploadedFile("street.jpg", _picture("JPEG")), by=by)


def _picture(form: str) -> bytes:
    picture = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, form)
    return picture.getvalue()


@dataclass(frozen=True)
class PageType:
    """A page that every page test looks at; `path` is below the language unless it begins with a slash."""

    name: str
    path: str
    status: int = 200
    role: str = ""
    is_form: bool = False  # for everybody

    def url(self, language: str) -> str:
        return self.path if self.path.startswith("/") else f"/{language}/{self.path}"


def page_types(world: SimpleNamespace) -> list[PageType]:
    read = [
        PageType("home", ""),
        *(PageType(f"list of {kind.name}", f"{kind.name}/") for kind in all_kinds()),
        PageType("list with filters", "practices/?topic=area-management-and-governance&country=SI&country=HR"),
        PageType("list without results", "practices/?country=MT"),
        PageType("bad list", "practices/?country=XX1", status=400),
        PageType("search", "search/"),
        PageType("search with results", "search/?q=Ptuj"),
        PageType("search without results", "search/?q=kratzbürste"),
        PageType("regions of a country", "nuts/?country=SI"),
        PageType("regions found", "nuts/?q=korosk"),
        PageType("no region found", "nuts/?country=SI&q=korosk+x"),
        PageType("practice", f"practices/{world.practice.slug}/"),
        PageType("practice in one language", f"practices/{world.slovenian.slug}/"),
        PageType("practices compared", f"practices/compare/?with={world.practice.uid}&with={world.slovenian.uid}"),
        PageType("too few to compare", f"practices/compare/?with={world.practice.uid}", status=400),
        PageType("project", f"projects/{world.project.slug}/"),
        PageType("programme", f"programmes/{world.programme.slug}/"),
        PageType("partner", f"partners/{world.organisation.slug}/"),
        PageType("area", f"areas/{world.area.slug}/"),
        PageType("event", f"events/{world.event.slug}/"),
        PageType("past event", f"events/{world.past_event.slug}/"),
        PageType("cancelled event", f"events/{world.cancelled_event.slug}/"),
        PageType("past events", "events/?when=past"),
        PageType("calendar", "events/calendar/?month=2027-04"),
        PageType("bad calendar", "events/calendar/?month=2027-13", status=400),
        PageType("action plan", f"action-plans/{world.plan.slug}/"),
        PageType("chapter of the library", f"library/{world.chapter.slug}/"),
        PageType("announced in the library", f"library/{world.announced.slug}/"),
        PageType("page of every block", "everything/"),
        PageType("news", "news/"),
        PageType("article", f"news/{world.article.slug}/"),
        PageType("suggest a change", f"practices/{world.practice.slug}/suggest/", is_form=True),
        PageType("write to those who answer", f"projects/{world.project.slug}/contact/", is_form=True),
        PageType("cite", f"practices/{world.practice.slug}/cite/"),
        PageType("cite a version", f"practices/{world.practice.slug}/v/1/cite/"),
        PageType("old version", f"practices/{world.practice.slug}/v/1/"),
        PageType("what changed", f"practices/{world.practice.slug}/v/2/changes/"),
        PageType("gone", f"practices/{world.withdrawn.slug}/", status=410),
        PageType("not found", "practices/none-such/", status=404),
        PageType("nowhere", "nowhere/at/all/", status=404),
        PageType("guide to the API", "/api/docs/"),
        PageType("a kind of problem", "/problems/invalid-parameter"),
        PageType("a file that is not there", "/api/v1/dumps/practices.xml", status=404),
        PageType("a file asked for wrongly", "/api/v1/dumps/practices.xlsx?country=XX1&foo=1", status=400),
    ]
    of_people = (_working_pages, _reviewing_pages, _belonging_pages, _network_pages)
    return [*read, *_account_pages(), *(page for pages in of_people for page in pages(world))]


def _account_pages() -> list[PageType]:
    paths = {
        "sign in": "login/",
        "forgotten password": "password/reset/",
        "password is on its way": "password/reset/done/",
        "bad password link": "password/reset/key/1-none/",
        "password is set": "password/reset/key/done/",
        "sign up": "signup/",
        "address to confirm": "confirm-email/",
        "bad link to confirm": "confirm-email/none/",
        "closed account": "inactive/",
    }
    signed_in = {
        "sign out": "logout/",
        "new password": "password/change/",
        "is it you": "reauthenticate/",
        "second factor": "second-factor/",
        "sessions": "sessions/",
    }
    return [
        *(PageType(name, f"/accounts/{path}") for name, path in paths.items()),
        *(PageType(name, f"/accounts/{path}", role="partner") for name, path in signed_in.items()),
    ]


def _working_pages(world: SimpleNamespace) -> list[PageType]:
    mine = f"my/practices/{world.draft.uid}/"
    published = f"my/practices/{world.practice.uid}/"
    return [
        PageType("my work", "my/", role="partner"),
        PageType("preferences", "my/preferences/", role="partner"),
        PageType("consents", "my/consents/", role="partner"),
        PageType("own data", "my/data/", role="partner"),
        PageType("erase the account", "my/data/erase/", role="partner"),
        PageType("account is erased", "erased/"),
        PageType("work that waits", "my/", role="reviewer"),
        PageType("drafts alone", "my/?all=drafts", role="partner"),
        PageType("notices", "my/notices/", role="partner"),
        PageType("unread notices", "my/notices/", role="reviewer"),
        PageType("stop letters", f"notices/stop/{stop_token(world.partner)}/"),
        PageType("no work", "my/", role="editor"),
        PageType("new practice", "practices/new/", role="partner"),
        PageType("a filled-in form", "practices/new/from-document/", role="partner"),
        PageType("draft", mine, role="partner"),
        PageType("draft with problems", f"{mine}?check", role="partner"),
        PageType("preview", f"{mine}preview/", role="partner"),
        PageType("delete", f"{mine}delete/", role="partner"),
        PageType("published practice in the form", published, role="partner"),
        PageType("withdraw", f"{published}withdraw/", role="partner"),
        PageType("who writes it", f"{mine}people/", role="partner"),
        PageType("remove a co-author", f"{mine}people/{world.draft.co_authors.get().pk}/remove/", role="partner"),
        PageType("leave a practice", f"{mine}leave/", role="co_author"),
        PageType("invitation to write", f"write-with/{INVITATION}/"),
        PageType("my invitation to write", f"my/co-authors/{world.co_author_invitation.pk}/", role="stranger"),
        PageType("locked draft", f"my/practices/{world.submitted.uid}/", role="partner"),
        PageType("write to those who answer, signed in", f"practices/{world.practice.slug}/contact/", role="partner"),
        PageType("suggestion", f"my/suggestions/{world.suggestion.pk}/", role="partner"),
        PageType("declined suggestion", f"my/suggestions/{world.declined_suggestion.pk}/", role="partner"),
        PageType("organisation's page", f"my/organisations/{world.organisation.uid}/page/", role="partner"),
        PageType("its preview", f"my/organisations/{world.organisation.uid}/page/preview/", role="partner"),
        PageType("new area", f"my/areas/new/?organisation={world.organisation.uid}", role="partner"),
        PageType("area's form", f"my/areas/{world.area.uid}/", role="partner"),
        PageType(
            "part in a project",
            f"my/organisations/{world.organisation.uid}/projects/{world.project.uid}/",
            role="partner",
        ),
    ]


def _reviewing_pages(world: SimpleNamespace) -> list[PageType]:
    """And those where others translate and advise."""
    return [
        PageType("translate", f"my/translate/{world.draft.uid}/it/", role="partner"),
        PageType("outside reviewers", f"my/reviews/{world.submitted.uid}/outside/", role="reviewer"),
        PageType("invitation to advise", f"advise/{INVITATION}/"),
        PageType("invitation to advise somebody else", f"advise/{INVITATION}/", status=403, role="member"),
        PageType("invitation to advise that is over", "advise/none/", status=404),
        PageType("my invitation to advise", f"my/advice/{world.advice_asked.pk}/invitation/", role="newcomer"),
        PageType("advise", f"my/advice/{world.advice.pk}/", role="outside"),
        PageType("not advise", f"my/advice/{world.advice.pk}/leave/", role="outside"),
        PageType("translations asked for", "my/translations/", role="translator"),
        PageType("no translations asked for", "my/translations/", role="partner"),
        PageType("translations of a draft", f"my/translations/of/{world.draft.uid}/", role="partner"),
        PageType("translation that was taken up", f"my/translate/{world.draft.uid}/it/", role="translator"),
        PageType("reviews", "my/reviews/", role="reviewer"),
        PageType("no reviews", "my/reviews/", role="newcomer"),
        PageType("review", f"my/reviews/{world.submitted.uid}/", role="reviewer"),
        PageType("scores", f"my/reviews/{world.submitted.uid}/scores/", role="reviewer"),
    ]


def _belonging_pages(world: SimpleNamespace) -> list[PageType]:
    ours = f"my/organisations/{world.organisation.uid}/"
    other = world.stranger.memberships.get().organisation
    return [
        PageType("my organisations", "my/organisations/", role="partner"),
        PageType("no organisation yet", "my/organisations/", role="author"),
        PageType("join", "my/organisations/join/?q=agency", role="newcomer"),
        PageType("join without results", "my/organisations/join/?q=kratz", role="newcomer"),
        PageType("ask to join", f"my/organisations/join/{other.uid}/", role="newcomer"),
        PageType("register", "my/organisations/register/", role="newcomer"),
        PageType("what became of a request", f"my/organisations/asked/{world.asked.pk}/", role="author"),
        PageType("decide on a request", f"my/organisations/requests/{world.asked.pk}/", role="partner"),
        PageType("people, for their coordinator", ours, role="partner"),
        PageType("people, for a member", ours, role="member"),
        PageType("invite", f"{ours}invite/", role="partner"),
        PageType("hand over", f"{ours}hand-over/", role="partner"),
        PageType("nobody to hand over to", f"my/organisations/{other.uid}/hand-over/", role="stranger"),
        PageType("hand over first", f"{ours}leave/", role="partner"),
        PageType("leave", f"{ours}leave/", role="member"),
        PageType("how one is named", f"{ours}name/", role="member"),
        PageType("remove", f"{ours}people/{world.member.memberships.get().pk}/remove/", role="partner"),
        PageType("invitation", f"invitations/{INVITATION}/"),
        PageType("invitation of somebody else", f"invitations/{INVITATION}/", status=403, role="member"),
        PageType("invitation that is over", "invitations/none/", status=404),
        PageType("my invitation", f"my/invitations/{world.invitation.pk}/", role="author"),
    ]


def _network_pages(world: SimpleNamespace) -> list[PageType]:
    network = f"my/networks/{world.reading.client.uid}/"
    webhook = f"{network}webhooks/{world.reading.endpoint.uid}/"
    seen = f"network/registered/{world.reading.client.uid}/"
    return [
        PageType("my networks", "my/networks/", role="partner"),
        PageType("no network yet", "my/networks/", role="newcomer"),
        PageType("register a network", "my/networks/new/", role="newcomer"),
        PageType("network", network, role="partner"),
        PageType("change a network", f"{network}edit/", role="partner"),
        PageType("end a network", f"{network}end/", role="partner"),
        PageType("new webhook", f"{network}webhooks/new/", role="partner"),
        PageType("webhook", webhook, role="partner"),
        PageType("change a webhook", f"{webhook}edit/", role="partner"),
        PageType("remove a webhook", f"{webhook}remove/", role="partner"),
        PageType("a network, overseen", seen, role="superuser"),
        PageType("revoke its key", f"{seen}keys/{world.reading.good.pk}/revoke/", role="superuser"),
        PageType("stop its webhook", f"{seen}webhooks/{world.reading.told.uid}/stop/", role="superuser"),
    ]
