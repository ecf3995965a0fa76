"""A small catalogue with one of everything that a page can show, and the people who look at it."""

from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from accounts.models import User
from catalogue.places import place
from operations.models import Heartbeat
from partners.models import Membership
from practices import actions, photos
from tests.factories import (
    AdminFactory,
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    PracticeImageFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    UserFactory,
    publish,
    republish,
    withdraw,
)

LANGUAGES = ("en", "sl")


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
    practice = GoodPracticeFactory(owner=people.partner, organisation_in_charge=organisation, places=PLACES)
    practice.projects.add(project)
    practice.images.add(PracticeImageFactory.build(practice=practice, photo=_photo(people.partner)))
    practice.save()
    practice = republish(publish(practice), keywords=["kino", "<b>bold</b> & “quoted”"])
    return SimpleNamespace(
        **vars(people),
        **_practices(people, organisation),
        programme=programme,
        project=project,
        practice=practice,
        photo=practice.images.first().photo,
    )


PLACES = [place("SI", town="Ptuj"), place("HR", town="Varaždin")]


def _people() -> SimpleNamespace:
    organisation = publish(OrganisationFactory())
    partner = UserFactory()
    MembershipFactory(user=partner, organisation=organisation, role=Membership.Role.COORDINATOR)
    return SimpleNamespace(
        organisation=organisation,
        partner=partner,
        stranger=UserFactory(member_of=publish(OrganisationFactory())),
        reviewer=UserFactory(role=User.Role.REVIEWER),
        editor=UserFactory(role=User.Role.EDITOR),
        superuser=AdminFactory(),
    )


def _practices(people: SimpleNamespace, organisation) -> dict:
    """Practices in every state but the ordinary one."""
    mine = {"owner": people.partner, "organisation_in_charge": organisation}
    draft, submitted = GoodPracticeFactory(**mine), GoodPracticeFactory(**mine)
    for practice in (draft, submitted):
        practice.save_revision(user=people.partner)
    actions.submit(practice=submitted, by=people.partner)
    return {
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


def _photo(by):
    picture = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, "JPEG")
    return photos.keep(SimpleUploadedFile("street.jpg", picture.getvalue()), by=by)


@dataclass(frozen=True)
class PageType:
    """A page that every page test looks at; `path` is below the language unless it begins with a slash."""

    name: str
    path: str
    status: int = 200
    role: str = ""

    def url(self, language: str) -> str:
        return self.path if self.path.startswith("/") else f"/{language}/{self.path}"


def page_types(world: SimpleNamespace) -> list[PageType]:
    read = [
        PageType("home", ""),
        *(PageType(f"list of {kind}", f"{kind}/") for kind in ("practices", "projects", "programmes", "partners")),
        PageType("list with filters", "practices/?topic=area-management-and-governance&country=SI&country=HR"),
        PageType("list without results", "practices/?country=MT"),
        PageType("bad list", "practices/?country=XX1", status=400),
        PageType("search", "search/"),
        PageType("search with results", "search/?q=Ptuj"),
        PageType("search without results", "search/?q=kratzbürste"),
        PageType("practice", f"practices/{world.practice.slug}/"),
        PageType("practice in one language", f"practices/{world.slovenian.slug}/"),
        PageType("project", f"projects/{world.project.slug}/"),
        PageType("programme", f"programmes/{world.programme.slug}/"),
        PageType("partner", f"partners/{world.organisation.slug}/"),
        PageType("old version", f"practices/{world.practice.slug}/v/1/"),
        PageType("gone", f"practices/{world.withdrawn.slug}/", status=410),
        PageType("not found", "practices/none-such/", status=404),
        PageType("nowhere", "nowhere/at/all/", status=404),
        PageType("guide to the API", "/api/docs/"),
        PageType("a kind of problem", "/problems/invalid-parameter"),
    ]
    return read + _account_pages() + _working_pages(world)


def _account_pages() -> list[PageType]:
    paths = {
        "sign in": "login/",
        "forgotten password": "password/reset/",
        "password is on its way": "password/reset/done/",
        "bad password link": "password/reset/key/1-none/",
        "password is set": "password/reset/key/done/",
        "sign up": "signup/",
        "closed account": "inactive/",
    }
    signed_in = {"sign out": "logout/", "new password": "password/change/"}
    return [
        *(PageType(name, f"/accounts/{path}") for name, path in paths.items()),
        *(PageType(name, f"/accounts/{path}", role="partner") for name, path in signed_in.items()),
    ]


def _working_pages(world: SimpleNamespace) -> list[PageType]:
    mine = f"my/practices/{world.draft.uid}/"
    published = f"my/practices/{world.practice.uid}/"
    return [
        PageType("my work", "my/", role="partner"),
        PageType("work that waits", "my/", role="reviewer"),
        PageType("no work", "my/", role="editor"),
        PageType("new practice", "practices/new/", role="partner"),
        PageType("draft", mine, role="partner"),
        PageType("draft with problems", f"{mine}?check", role="partner"),
        PageType("preview", f"{mine}preview/", role="partner"),
        PageType("delete", f"{mine}delete/", role="partner"),
        PageType("published practice in the form", published, role="partner"),
        PageType("withdraw", f"{published}withdraw/", role="partner"),
        PageType("locked draft", f"my/practices/{world.submitted.uid}/", role="partner"),
        PageType("review", f"my/reviews/{world.submitted.uid}/", role="reviewer"),
    ]
