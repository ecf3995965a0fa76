"""Who gets in where: what the sweep over every address, role and method holds the portal to.

The first rule whose pattern is found in a route, as `mer_portal/urls.py` and its includes write it, decides. A route without a
rule fails the sweep: whoever adds an address says here for whom it is, and names sample arguments if it takes new ones.
"""

import functools
import re
from collections import ChainMap
from dataclasses import dataclass, field
from types import SimpleNamespace

from accounts.acts import ACTS, Role
from notices.letters import stop_token
from reviews.models import Criterion
from tests.pages.furnished import INVITATION

# Who asks, and what each is to the sample records.
_PERSON = frozenset({Role.VISITOR, Role.PERSON})
WHO = {
    "anonymous": frozenset({Role.VISITOR}),
    "network": frozenset({Role.VISITOR, Role.NETWORK}),
    "newcomer": _PERSON,
    "stranger": _PERSON,  # coordinates another organisation
    "author": _PERSON | {Role.AUTHOR},
    "member": _PERSON | {Role.MEMBER},
    "co_author": _PERSON | {Role.CO_AUTHOR},
    "outside": _PERSON | {Role.OUTSIDE_REVIEWER},
    "translator": _PERSON | {Role.TRANSLATOR},
    "partner": _PERSON | {Role.COORDINATOR},
    "reviewer": _PERSON | {Role.REVIEWER},
    "editor": _PERSON | {Role.EDITOR},
    "superuser": _PERSON | {Role.ADMIN},
}
ROLES = tuple(WHO)
WITHOUT_ACCOUNT = ("anonymous", "network")

# What those see who do not get in: a status, or where they are sent.
TO_SIGN_IN, TO_ADMIN_DOOR, TO_ADMIN_HOME = "→ /accounts/login/", "→ /cms/login/", "→ /cms/"
NOT_SIGNED_IN = 401
NOT_OPEN = 403
NOT_THERE = 404
AWAY = "→ elsewhere"  # any other redirect
NO_SUCH_METHOD = 405


@dataclass(frozen=True)
class Rule:
    """`get` and `post` are what those see to whom the act is open; what others see stands in `refused`, by role or for all."""

    pattern: str
    act: str = "catalogue.read"
    get: tuple = (200,)
    post: tuple = (NO_SUCH_METHOD,)
    refused: dict = field(default_factory=dict)
    checks_token: bool = True
    or_act: str = ""  # to whom either is open, gets in
    is_harmless: bool = False  # may be done from another site: a language is remembered, or the address is a secret

    def lets_in(self, role: str) -> bool:
        """By the table of who may do what."""
        return any(ACTS[act].who & WHO[role] for act in (self.act, self.or_act) if act)

    def refusal(self, role: str) -> set:
        refusal = self.refused.get(role) or self.refused.get("others" if role not in WITHOUT_ACCOUNT else "anonymous")
        return set(refusal) if isinstance(refusal, tuple) else {refusal}


def page(pattern: str, *get, act: str = "catalogue.read") -> Rule:
    """Everybody may read it, and nothing else can be done with it."""
    return Rule(pattern, act, get=get or (200,))


def work(pattern: str, act: str, get=(200,), post=(NO_SUCH_METHOD,), or_act: str = "") -> Rule:
    """For some of those who have an account: others learn not even that it is there, visitors are asked to sign in."""
    refused = {"anonymous": TO_SIGN_IN, "others": NOT_THERE}
    return Rule(pattern, act, get=get, post=post, refused=refused, or_act=or_act)


def admin(pattern: str, act: str = "desk.enter", also: tuple = ()) -> Rule:
    """Wagtail's own views, of which we only say who may use them; 404 and 400 where the sample does not fit them."""
    seen = (200, AWAY, 400, NOT_THERE, NO_SUCH_METHOD, *also)
    refused = {"editor": (TO_ADMIN_HOME, NOT_THERE), "anonymous": TO_ADMIN_DOOR, "others": TO_ADMIN_DOOR}
    return Rule(pattern, act, get=seen, post=seen, refused=refused)


def asked_by_script(pattern: str, act: str, get=(200,), post=(422,), or_act: str = "") -> Rule:
    """As work, but that no visitor is led anywhere."""
    refused = {"anonymous": NOT_SIGNED_IN, "others": NOT_THERE}
    return Rule(pattern, act, get=get, post=post, refused=refused, or_act=or_act)


RULES = (
    # For machines
    page(r"^(healthz|readyz)$"),
    page(r"^api/$", AWAY),
    page(r"^api/docs/"),
    Rule(r"^api/v1/dumps/files/", get=(NOT_THERE,), checks_token=False),  # none is ready
    Rule(r"^api/v1/", checks_token=False),
    page(r"^problems/<"),
    Rule(r"^oai/?$", post=(200,), is_harmless=True),  # a harvester may ask in a form; it changes nothing
    # Reading
    page(r"^$", AWAY),
    page(r"^id/<uuid:uid>/linkset", 200),
    page(r"^id/<", 303),
    page(r"^\.well-known/"),
    page(r"^(attachments|photos|logos)/"),
    page(r"^catalogue\.<", NOT_THERE),  # another form
    page(r"^catalogue\."),
    page(r"^feeds/"),
    page(r"^(sitemap|robots\.txt$)"),
    page(r"^media/images/"),
    page(r"^en/events/"),
    page(r"^en/$"),
    page(r"^en/search/$"),
    page(r"^en/nuts/"),
    page(r"^en/network/dumps/$"),
    Rule(
        r"^en/<kind:kind>/<slug:slug>/(suggest|contact)/$", "feedback.send", post=(AWAY,)
    ),  # as to any program: thanked
    page(r"^en/<kind:kind>/"),
    page(r"^en/practices/<slug:slug>/.*\.pdf$"),
    page(r"^en/practices/compare/$", 400),  # nothing is ticked
    page(r"^en/\^"),
    Rule(r"^language/$", "language.choose", get=(AWAY,), post=(AWAY,), is_harmless=True),
    # Working
    work(r"^en/my/$", "work.see"),
    work(r"^en/my/notices/$", "work.see"),
    work(r"^en/my/notices/read/$", "work.see", get=(NO_SUCH_METHOD,), post=(AWAY,)),
    work(r"^en/my/notices/try-again/$", "work.see", get=(NO_SUCH_METHOD,), post=(AWAY,)),
    # sent by mail readers; the link is the secret
    Rule(r"^en/notices/stop/", "letters.stop", post=(200,), is_harmless=True),
    # what is typed is kept meanwhile; the sweep types nothing
    asked_by_script(r"^en/practices/new/autosave/$", "practices.begin"),
    asked_by_script(r"^en/my/practices/<uuid:uid>/autosave/$", "practices.write"),
    asked_by_script(r"^en/my/translate/.*/autosave/$", "translations.write", or_act="translations.make"),
    asked_by_script(r"^en/my/areas/new/autosave/$", "organisations.describe", (NOT_THERE,), (NOT_THERE,)),
    asked_by_script(r"^en/my/(areas|organisations)/.*/autosave/$", "organisations.describe"),
    work(r"^en/practices/new/$", "practices.begin", post=(AWAY,)),
    work(r"^en/practices/new/from-document/$", "practices.begin", post=(422,)),
    work(r"^en/practices/new/form\.docx$", "practices.begin"),
    work(r"^en/my/practices/<uuid:uid>/$", "practices.write", post=(409,)),  # sent without the revision that was read
    work(
        r"^en/my/practices/<uuid:uid>/(submit|withdraw-submission)/$",
        "practices.write",
        get=(NO_SUCH_METHOD,),
        post=(AWAY,),
    ),
    work(r"^en/my/practices/<uuid:uid>/preview/$", "practices.write"),
    work(
        r"^en/my/practices/<uuid:uid>/still-true/$", "practices.write", get=(NOT_THERE,), post=(NOT_THERE,)
    ),  # a draft's
    work(r"^en/my/practices/<uuid:uid>/opinion/$", "practices.own_opinion", get=(NOT_THERE,), post=(NOT_THERE,)),
    Rule(r"^en/still-true/<str:token>/$", "practices.asked", get=(NOT_THERE,), post=(NOT_THERE,)),
    work(r"^en/my/practices/<uuid:uid>/people/$", "practices.write", post=(422,)),
    work(r"^en/my/practices/<uuid:uid>/people/<int:pk>/$", "practices.write", get=(NO_SUCH_METHOD,), post=(AWAY,)),
    work(
        r"^en/my/practices/<uuid:uid>/people/<int:pk>/remove/$", "practices.withdraw", post=(422,)
    ),  # without a reason
    work(r"^en/my/practices/<uuid:uid>/leave/$", "practices.write_together", post=(AWAY,)),
    work(r"^en/my/co-authors/", "practices.answer", get=(200, NOT_THERE), post=(AWAY, NOT_THERE)),  # one’s own
    page(r"^en/write-with/", 200, AWAY, NOT_OPEN, act="practices.invited"),  # it was sent to one of them
    work(r"^en/my/practices/<uuid:uid>/(withdraw|delete)/$", "practices.withdraw", post=(AWAY,)),
    work(r"^en/my/suggestions/", "feedback.answer", post=(422,)),  # declined without a word
    work(r"^en/my/areas/new/$", "organisations.describe", get=(NOT_THERE,), post=(NOT_THERE,)),  # says no organisation
    work(r"^en/my/areas/<uuid:uid>/delete/$", "organisations.describe", get=(NOT_THERE,), post=(NOT_THERE,)),  # public
    work(
        r"^en/my/(areas|organisations)/.*/(submit|withdraw-submission)/$",
        "organisations.describe",
        (NO_SUCH_METHOD,),
        (AWAY,),
    ),
    work(r"^en/my/(areas|organisations)/.*/preview/$", "organisations.describe"),
    work(r"^en/my/(areas/<uuid:uid>|organisations/<uuid:uid>/page)/$", "organisations.describe", post=(409,)),
    work(r"^en/my/organisations/<uuid:organisation>/projects/", "organisations.describe", post=(AWAY, 409)),
    work(r"^en/my/projects/", "organisations.describe", get=(AWAY,)),
    work(r"^en/my/history/", "records.history"),
    work(r"^en/my/translate/", "translations.write", post=(AWAY, 409), or_act="translations.make"),
    work(r"^en/my/translations/$", "translations.take"),
    work(r"^en/my/translations/of/", "translations.ask", post=(422,)),  # no language is chosen
    work(r"^en/my/translations/<int:pk>/withdraw/$", "translations.ask", get=(NO_SUCH_METHOD,), post=(AWAY,)),
    # nobody has taken up the sample, whose language the translator alone speaks
    work(r"^en/my/translations/<int:pk>/release/$", "translations.release", get=(NO_SUCH_METHOD,), post=(NOT_THERE,)),
    work(r"^en/my/translations/<int:pk>/take/$", "translations.take", (NO_SUCH_METHOD,), (AWAY, NOT_THERE)),
    work(r"^en/my/translations/", "translations.make", get=(NO_SUCH_METHOD,), post=(AWAY,)),  # what she has taken up
    work(r"^en/my/reviews/$", "work.see"),
    work(r"^en/my/reviews/<uuid:uid>/outside/$", "reviews.ask_outside", post=(422,)),
    work(r"^en/my/reviews/<uuid:uid>/outside/<", "reviews.ask_outside", get=(NO_SUCH_METHOD,), post=(AWAY,)),
    work(
        r"^en/my/advice/<int:pk>/invitation/$", "reviews.answer", (200, AWAY, NOT_THERE), (AWAY, NOT_THERE)
    ),  # one’s own
    work(r"^en/my/advice/<int:pk>/$", "reviews.advise", post=(NOT_THERE,)),  # it says not what is to be done
    work(r"^en/my/advice/<int:pk>/leave/$", "reviews.advise", post=(AWAY,)),
    page(r"^en/advise/", 200, AWAY, NOT_OPEN, act="reviews.invited"),  # it was sent to one of them
    work(r"^en/my/reviews/.*/scores/", "reviews.scores"),
    work(r"^en/my/reviews/", "reviews.assess", post=(422,)),  # sent back without a message
    # Belonging to an organisation
    work(r"^en/my/organisations/(join/)?$", "organisations.join"),
    work(r"^en/my/organisations/join/<", "organisations.join", get=(200, AWAY), post=(AWAY,)),  # who belongs, knows it
    work(r"^en/my/organisations/register/$", "organisations.join", post=(422,)),
    work(r"^en/my/organisations/asked/", "organisations.asked", post=(AWAY,)),
    work(r"^en/my/organisations/requests/", "organisations.decide", post=(422,)),  # sent without a decision
    work(r"^en/my/organisations/<uuid:uid>/$", "organisations.belong"),
    work(r"^en/my/organisations/<uuid:uid>/name/$", "organisations.belong", post=(AWAY,)),
    work(r"^en/my/organisations/<uuid:uid>/leave/$", "organisations.belong", post=(AWAY, 422)),  # she has colleagues
    work(r"^en/my/organisations/<uuid:uid>/(invite|hand-over)/$", "organisations.coordinate", post=(422,)),
    work(r"^en/my/organisations/<uuid:uid>/people/", "organisations.coordinate", post=(AWAY,)),
    work(
        r"^en/my/organisations/<uuid:uid>/invitations/", "organisations.coordinate", get=(NO_SUCH_METHOD,), post=(AWAY,)
    ),
    work(r"^en/my/invitations/", "organisations.answer", get=(200, NOT_THERE), post=(AWAY, NOT_THERE)),  # one’s own
    page(r"^en/invitations/", 200, AWAY, NOT_OPEN, act="organisations.invited"),  # it was sent to one of them
    # Networks that read: only one’s own
    work(r"^en/my/networks/$", "networks.register"),
    work(r"^en/my/networks/new/$", "networks.register", post=(422,)),
    # what showed a secret, asked for anew, leads back to the network or webhook
    work(
        r"^en/my/networks/<uuid:uid>/.*(keys|act)/$",
        "networks.register",
        get=(AWAY, NOT_THERE),
        post=(AWAY, 422, NOT_THERE),
    ),
    work(
        r"^en/my/networks/<uuid:uid>/.*(revoke|messages)/",
        "networks.register",
        get=(NO_SUCH_METHOD,),
        post=(AWAY, 422, NOT_THERE),
    ),
    work(r"^en/my/networks/<uuid:uid>/(webhooks/<uuid:hook>/)?$", "networks.register", get=(200, NOT_THERE)),
    work(r"^en/my/networks/<", "networks.register", get=(200, NOT_THERE), post=(AWAY, 422, NOT_THERE)),
    # those of all, as administrators see them
    work(r"^en/network/registered/<uuid:uid>/$", "networks.oversee"),
    work(r"^en/network/registered/", "networks.oversee", post=(422,)),  # sent without a reason
    # Accounts
    work(r"^en/my/preferences/$", "account.keep", post=(200,)),
    work(r"^en/my/consents/$", "account.keep"),
    work(r"^en/my/data/$", "account.keep"),
    work(r"^en/my/data/download/$", "account.keep", get=(NO_SUCH_METHOD,), post=(AWAY,)),  # the password first
    work(r"^en/my/data/erase/$", "account.keep", post=(AWAY,)),
    page(r"^en/erased/$", act="account.enter"),
    # nothing is named
    work(r"^en/my/consents/(give|withdraw)/$", "account.keep", get=(NO_SUCH_METHOD,), post=(NOT_THERE,)),
    Rule(r"^accounts/(login|signup)/$", "account.enter", get=(200, AWAY), post=(200, AWAY)),
    page(r"^accounts/confirm-email/$", act="account.enter"),
    Rule(r"^accounts/\^confirm-email/", "account.enter", post=(NOT_THERE,)),  # the sample is nobody's link
    work(r"^accounts/sessions/$", "account.keep", post=(AWAY,)),
    work(r"^accounts/second-factor/$", "account.keep", post=(NO_SUCH_METHOD,)),
    # nobody is in the midst of it
    Rule(r"^accounts/second-factor/authenticate/$", "account.enter", get=(AWAY, TO_SIGN_IN), post=(AWAY, TO_SIGN_IN)),
    work(r"^accounts/second-factor/reauthenticate/$", "account.keep", get=(AWAY,), post=(AWAY,)),
    work(r"^accounts/second-factor/app/$", "account.keep", get=(AWAY,), post=(AWAY,)),  # the password again
    work(
        r"^accounts/second-factor/(app/remove|codes)/$",
        "account.keep",
        get=(NOT_THERE,),
        post=(NOT_THERE, NO_SUCH_METHOD),
    ),
    work(r"^accounts/second-factor/codes/new/$", "account.keep", get=(AWAY,), post=(AWAY,)),
    # the settings name no other sign-in
    Rule(r"^accounts/oidc/", "account.enter", get=(NOT_THERE,), post=(NOT_THERE,)),
    Rule(r"^accounts/logout/$", "account.enter", get=(200, AWAY), post=(AWAY,)),
    work(r"^accounts/(password/change|reauthenticate)/$", "account.keep", post=(200,)),
    work(r"^accounts/password/set/$", "account.keep", get=(AWAY,), post=(AWAY,)),
    Rule(r"^accounts/password/reset/$", "account.enter", post=(200,)),
    Rule(r"^accounts/\^password/reset/key/", "account.enter", post=(200,)),
    page(r"^accounts/(password/reset/(key/)?done|inactive)/$", act="account.enter"),
    # Wagtail
    Rule(r"^documents/", get=(NOT_THERE,), post=(NOT_THERE,)),
    Rule(
        r"^cms/login/$",
        "desk.enter",
        get=(TO_ADMIN_HOME,),
        post=(TO_ADMIN_HOME,),
        refused={"anonymous": TO_SIGN_IN, "others": NOT_OPEN},
    ),
    Rule(r"^cms/(password_reset|failwhale)/", get=(NOT_THERE,), post=(NOT_THERE,)),
    Rule(r"^cms/(sprite|jsi18n)/", get=(200,), post=(200, NO_SUCH_METHOD)),
    admin(r"^cms/logout/$", also=(TO_ADMIN_DOOR,)),
    admin(r"^cms/workflows/task_chooser/"),
    admin(r"^cms/(users|groups)/", "desk.people"),
    admin(r"^cms/reports/audit-log/", "desk.log"),
    admin(r"^cms/reports/registered-networks/", "networks.oversee"),
    admin(r"^cms/(workflows|collections|sites|locales)/", "desk.house"),
    admin(r"^cms/(networks|criteria)/delete/", "desk.house"),
    Rule(
        r"^cms/events/<int:pk>/write-page/$",
        "desk.pages",
        post=(AWAY,),
        refused={"anonymous": TO_ADMIN_DOOR, "others": TO_ADMIN_DOOR},
    ),
    admin(r"^cms/memberships/", "desk.memberships"),
    admin(r"^cms/networks/", "desk.networks"),
    admin(r"^cms/criteria/", "desk.criteria"),
    # nothing of it fits the samples
    admin(r"^cms/(pages|bulk)/|^cms/snippets/$", "desk.pages", also=(TO_ADMIN_HOME,)),
    admin(r"^cms/snippets/.*/workflow/preview/", "desk.records", also=(TO_ADMIN_HOME,)),
    admin(r"^cms/(snippets|events|organisation|partners)", "desk.records"),
    admin(r"^cms/"),
)

# What Wagtail's views take for granted in a form.
BODIES = {
    r"^cms/choose-external-link/": "external-link-chooser-url=https://example.org&external-link-chooser-link_text=A+link",
    r"^cms/events/.*/write-page/": "language=en&begin_with=arranged",
    r"^en/my/practices/.*/withdraw/": "reason=withdrawn",
    r"^en/my/(practices|areas)/.*/delete/": "reason=mistake",
    r"^cms/pages/.*/copy/": "new_title=A+copy&new_slug=a-copy&new_parent_page=1",
}


@functools.cache
def rule_for(route: str) -> Rule | None:
    return next((rule for rule in RULES if re.search(rule.pattern, route)), None)


def body_for(route: str) -> str:
    return next((body for pattern, body in BODIES.items() if re.search(pattern, route)), "")


def arguments(world: SimpleNamespace, route: str) -> ChainMap:
    """A value for every argument of the route: of the first patterns that fit. The samples are sought once in a world."""
    if not hasattr(world, "samples"):
        world.samples = _samples(world)
    return ChainMap(*(values for pattern, values in world.samples if re.search(pattern, route)))


def _samples(world: SimpleNamespace) -> list[tuple[str, dict]]:
    records = {
        r"(practices/|practices/goodpractice/)": world.practice,
        r"projects/(?!programme)": world.project,
        r"(programmes|projects/programme)/": world.programme,
        r"(areas/|partners/industrialarea/)": world.area,
        r"partners/(?!industrialarea)": world.organisation,
        r"library/": world.chapter,
        r"events/(event/)?": world.event,
        r"(action-plans/|actionplans/localactionplan/)": world.plan,
    }
    return [
        (r"^en/my/networks/.*/messages/", {"pk": world.reading.delivery.pk}),
        (r"^en/network/registered/", {"uid": world.reading.client.uid, "hook": world.reading.told.uid}),
        (r"^en/network/registered/", {"pk": world.reading.good.pk}),
        (r"^en/my/networks/", {"uid": world.reading.client.uid, "hook": world.reading.endpoint.uid}),
        (r"^en/my/networks/", {"pk": world.reading.key.pk}),
        (r"^api/v1/dumps/", {"ending": "ndjson", "name": "none.ndjson"}),
        (r"/my/practices/.*/withdraw/", {"uid": world.practice.uid}),
        (r"/my/areas/", {"uid": world.area.uid}),
        (r"/my/(organisations|projects)/", {"organisation": world.organisation.uid, "project": world.project.uid}),
        (r"/my/reviews/.*/outside/", {"uid": world.submitted.uid, "pk": world.advice_asked.pk}),
        (r"/my/advice/", {"pk": world.advice.pk}),
        (r"/my/co-authors/", {"pk": world.co_author_invitation.pk}),
        (r"/(advise|write-with)/", {"token": INVITATION}),
        (r"/my/practices/.*/people/<int:pk>/remove/", {"uid": world.draft.uid, "pk": world.draft.co_authors.get().pk}),
        (r"/my/practices/.*/people/", {"uid": world.draft.uid, "pk": world.co_author_invitation.pk}),
        (r"^en/my/translate/", {"uid": world.draft.uid, "language": "it"}),
        (r"^en/my/translations/.*/(give-back|hand-over)/", {"pk": world.translation_taken.pk}),
        (r"^en/my/translations/", {"uid": world.draft.uid, "pk": world.translation_asked.pk}),
        (r"/my/(reviews|history)/|/my/practices/.*/withdraw-submission/", {"uid": world.submitted.uid}),
        (r"/my/practices/", {"uid": world.draft.uid}),
        (r"/my/suggestions/", {"pk": world.suggestion.pk}),
        (r"^en/my/organisations/join/", {"uid": world.stranger.memberships.get().organisation.uid}),
        (r"^en/my/organisations/(asked|requests)/", {"pk": world.asked.pk}),
        (r"^en/my/organisations/.*/people/", {"uid": world.organisation.uid, "pk": world.member.memberships.get().pk}),
        (r"^en/my/organisations/", {"uid": world.organisation.uid, "pk": world.invitation.pk}),
        (r"^en/(my/)?invitations/", {"pk": world.invitation.pk, "token": INVITATION}),
        *((f"^(api/v1|cms/snippets(/choose)?)/{pattern}", _of_record(record)) for pattern, record in records.items()),
        (r"^en/events/", {"slug": world.event.slug}),
        (r"^logos/", {"digest": world.organisation.logo.digest}),
        (r"^sitemap/", {"number": 0}),
        (r"^catalogue", {"ending": "n3"}),
        (r"^feeds/", {"name": "all"}),
        (r"^en/notices/stop/", {"token": stop_token(world.partner)}),
        (r"^media/images/", {"name": world.article.image.renditions.first().file.name.removeprefix("images/")}),
        (r"^en/\^", {"_0": "everything/"}),
        *_samples_of_the_admin(world),
        (r"", _others(world)),
    ]


def _samples_of_the_admin(world: SimpleNamespace) -> list[tuple[str, dict]]:
    return [
        (r"^cms/events/", {"pk": world.event.pk}),
        (r"^cms/menus/", {"pk": world.menu.pk}),
        (r"^cms/redirects/", {"redirect_id": world.redirect.pk}),
        (r"^cms/users/", {"pk": world.stranger.pk}),
        (r"^cms/memberships/", {"pk": world.stranger.memberships.get().pk}),
        (r"^cms/(choose-page|pages|translation)/|^cms/workflows/remove", _of_page(world)),
        (r"^cms/collections/", {"pk": world.collection.pk, "collection_id": world.collection.pk}),
        (r"^cms/networks/", {"pk": world.network.pk}),
        (r"^cms/criteria/", {"pk": Criterion.objects.first().pk}),
        (r"^cms/workflows/usage|^cms/workflows/(edit|disable|enable)", {"pk": world.workflow.pk}),
        (r"^cms/documents/", {"document_id": world.document.pk}),
        (r"^cms/bulk/", {"app_label": "practices", "model_name": "goodpractice", "action": "delete"}),
        (
            r"^cms/editing-sessions/",
            {"app_label": "practices", "model_name": "goodpractice", "object_id": world.practice.pk},
        ),
    ]


def _of_record(record) -> dict:
    return {"uid": record.uid, "pk": record.pk, "revision_id": record.latest_revision_id} | _COMPARED


_COMPARED = {"revision_id_a": "earliest", "revision_id_b": "latest"}


def _of_page(world: SimpleNamespace) -> dict:
    ids = ("page_id", "pk", "parent_page_id", "page_to_move_id", "page_pk")
    return dict.fromkeys(ids, world.page.pk) | {"revision_id": world.page.latest_revision_id} | {"_0": world.page.pk}


def _others(world: SimpleNamespace) -> dict:
    names = {"content_type_app_name": "wagtailcore", "content_type_model_name": "page", "filter_spec": "width-100"}
    step = world.submitted.current_workflow_task_state
    steps = {"task_state_id": step.pk, "task_id": step.task_id, "workflow_state_id": step.workflow_state_id}
    keys = {
        "uidb36": "1",
        "uidb64": "MQ",
        "token": "none",
        "key": "none",
        "digest": world.photo.digest,
        "file_key": world.attached.key,
        "ending": world.attached.format,
        "provider_id": "none",
    }
    reading = {"kind": "practices", "slug": world.practice.slug, "uid": world.practice.uid, "number": 1}
    reading |= {"file": world.practice.slug}
    models = {"app_label": "practices", "model_name": "goodpractice", "app_name": "practices", "action_name": "approve"}
    ids = (
        "pk",
        "image_id",
        "document_id",
        "doc_id",
        "uploaded_file_id",
        "restriction_id",
        "session_id",
        "destination_id",
        "workflow_pk",
        "collection_id",
    )
    unnamed = {"_0": "1", "_1": "live", "_2": "latest", "name": "not-found"}
    return names | steps | keys | reading | models | dict.fromkeys(ids, 1) | unnamed
