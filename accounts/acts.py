"""The table of who may do what.

The code reads it (`accounts.access`, `accounts.roles`), `docs/roles.md` shows it, and the sweep over every address holds the
portal to it. Each room adds the rows of its acts here, so that all of them stand on one page.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is to the portal, or to the record at hand: an author began it, members and coordinators are those of
    its organisation. A co-author was invited to write it, an outside reviewer to advise on it, a translator has taken up one
    language of it. Who has several may do what any of them may.
    """

    VISITOR = "visitor", "visitor"
    PERSON = "person", "person with an account"
    AUTHOR = "author", "author"
    CO_AUTHOR = "co_author", "co-author"
    MEMBER = "member", "member of the organisation"
    COORDINATOR = "coordinator", "coordinator of the organisation"
    TRANSLATOR = "translator", "translator"
    REVIEWER = "reviewer", "reviewer"
    OUTSIDE_REVIEWER = "outside_reviewer", "outside reviewer"
    EDITOR = "editor", "editor"
    ADMIN = "admin", "administrator"
    NETWORK = "network", "network client"


EVERYBODY = frozenset(Role)
PEOPLE = EVERYBODY - {Role.VISITOR, Role.NETWORK}  # who has an account; a client has a key
STAFF = frozenset({Role.EDITOR, Role.ADMIN})
WRITERS = frozenset({Role.AUTHOR, Role.CO_AUTHOR, Role.MEMBER, Role.COORDINATOR})
RELATIVE = WRITERS | {Role.OUTSIDE_REVIEWER, Role.TRANSLATOR}  # of a record: its rows tell


@dataclass(frozen=True)
class Act:
    """`name` is room and verb, `who` its roles, `what` a phrase for the docs. `permissions` are Django's, `app.verb_model`,
    where the act is done in the Wagtail admin.
    """

    name: str
    who: frozenset[Role]
    what: str
    permissions: tuple[str, ...] = ()


RECORDS = (
    "actionplans.localactionplan",
    "events.event",
    "library.libraryitem",
    "partners.industrialarea",
    "partners.organisation",
    "practices.goodpractice",
    "projects.programme",
    "projects.project",
)


def _permissions(models: tuple[str, ...], *verbs: str) -> tuple[str, ...]:
    return tuple(f"{app}.{verb}_{model}" for app, model in (each.split(".") for each in models) for verb in verbs)


TABLE = (
    # Everybody
    Act("catalogue.read", EVERYBODY, "Read what is published: pages, feeds, files, the API"),
    Act("language.choose", EVERYBODY, "Choose the language in which the portal speaks"),
    Act("account.enter", EVERYBODY, "Open an account, sign in and out, set a new password"),
    Act("letters.stop", EVERYBODY, "Stop letters by the link that stands in them"),
    Act(
        "feedback.send",
        EVERYBODY,
        "Suggest a change to a record, and write to those who answer for it",
    ),
    Act("practices.asked", EVERYBODY, "Say by the link of a letter that a practice is still true"),
    # Whoever has an account
    Act(
        "account.keep",
        PEOPLE,
        "Look after the own account: preferences, second factor, sessions, consents; take its data along, erase it",
    ),
    Act("work.see", PEOPLE, "See what waits for one, and what one was told"),
    Act("practices.begin", PEOPLE, "Begin a good practice"),
    Act(
        "networks.register",
        PEOPLE,
        "Register a network that reads the catalogue: make and revoke its keys, keep its webhooks, see what it reads; only"
        " one’s own",
    ),
    # Those of a record
    Act(
        "practices.write",
        WRITERS,
        "Write the draft of a practice, look at it, submit it, take it back; see who writes it, invite a co-author",
    ),
    Act("practices.write_together", frozenset({Role.CO_AUTHOR}), "Leave a practice that one was taken into"),
    Act("practices.invited", EVERYBODY, "See by the link of a letter who invites to write which practice"),
    Act("practices.answer", PEOPLE, "Accept or decline an invitation to write a practice, sent to one’s own address"),
    Act(
        "practices.withdraw",
        frozenset({Role.AUTHOR, Role.COORDINATOR}),
        "Withdraw a practice, or delete a draft that was never public; take a co-author from it",
    ),
    Act("translations.write", WRITERS, "Translate a draft that one may write, beside its original"),
    Act(
        "reviews.check",
        frozenset({Role.COORDINATOR, Role.EDITOR, Role.ADMIN}),
        "Check what an organisation’s people submitted, and hand it on or send it back; editors and administrators only where"
        " nobody else coordinates it; never what one submitted oneself",
    ),
    Act(
        "reviews.assess",
        frozenset({Role.REVIEWER, Role.ADMIN}),
        "Read what was checked, approve it or send it back; never one’s own or one’s organisation’s",
    ),
    Act(
        "records.history",
        WRITERS | {Role.REVIEWER} | STAFF,
        "Read what has happened to a record whose draft one may read: what, when, by whom and why; editors of all records",
    ),
    Act(
        "practices.opinion",
        frozenset({Role.REVIEWER, Role.ADMIN}),
        "Write an expert’s opinion on a published practice; never on one’s own or one’s organisation’s",
    ),
    Act("practices.own_opinion", PEOPLE, "Change and withdraw the expert’s opinion that one has written"),
    Act("practices.mend_opinion", STAFF, "Correct or withdraw an expert’s opinion, and say why"),
    Act(
        "reviews.scores",
        frozenset({Role.REVIEWER}) | STAFF,
        "See what was scored in reviews; never of one’s own or one’s organisation’s",
    ),
    Act(
        "reviews.ask_outside",
        frozenset({Role.REVIEWER, Role.ADMIN}),
        "Ask somebody from outside for advice on what one may decide on; see who was asked, and take it back",
    ),
    Act("reviews.invited", EVERYBODY, "See by the link of a letter who asks for advice on which text"),
    Act("reviews.answer", PEOPLE, "Accept or decline such an invitation, sent to one’s own address"),
    Act(
        "reviews.advise",
        frozenset({Role.OUTSIDE_REVIEWER}),
        "Read the one submission on which one was asked to advise while its review goes on, comment on it and score it;"
        " nothing is decided by it",
    ),
    Act(
        "feedback.answer",
        frozenset({Role.AUTHOR, Role.COORDINATOR}) | STAFF,
        "Read what was suggested for a record that one answers for, and answer it; staff for all records",
    ),
    # Translations that are asked for
    Act(
        "translations.ask",
        frozenset({Role.AUTHOR, Role.COORDINATOR}) | STAFF,
        "Ask for a translation of a record, see what became of that, take it back",
    ),
    Act(
        "translations.take",
        PEOPLE,
        "See which translations are asked for in the languages that one speaks; who belongs to an organisation or has a role"
        " takes one up",
    ),
    Act(
        "translations.make",
        frozenset({Role.TRANSLATOR}),
        "Read a draft beside its translation and write the texts of the one language that one has taken up, until they are"
        " handed over or given back",
    ),
    Act(
        "translations.release", STAFF, "Give a translation to others that somebody took up a month ago and did not make"
    ),
    # Who belongs to an organisation
    Act("organisations.join", PEOPLE, "See one’s own organisations, ask to join others, register a new one"),
    Act("organisations.asked", frozenset({Role.AUTHOR}), "See what became of one’s request to join, take it back"),
    Act("organisations.invited", EVERYBODY, "See by the link of a letter who invites to which organisation"),
    Act("organisations.answer", PEOPLE, "Accept or decline an invitation that was sent to one’s own address"),
    Act(
        "organisations.belong",
        frozenset({Role.MEMBER, Role.COORDINATOR}),
        "See the people of one’s organisation, be named on its page, leave it",
    ),
    Act(
        "organisations.coordinate",
        frozenset({Role.COORDINATOR}),
        "Invite colleagues, remove members, hand the organisation over",
    ),
    Act(
        "organisations.decide",
        frozenset({Role.COORDINATOR}) | STAFF,
        "Accept or decline requests to join; those to coordinate, and new organisations, are the staff’s alone",
    ),
    Act(
        "organisations.describe",
        frozenset({Role.COORDINATOR}),
        "Write the organisation’s page, its industrial areas and its part in projects, and submit them",
    ),
    # The editors’ desk
    Act("desk.enter", STAFF, "Use the editors’ desk", ("wagtailadmin.access_admin",)),
    Act(
        "desk.records",
        STAFF,
        "Keep all records: write, publish, lock, withdraw, merge",
        _permissions(RECORDS, "add", "change", "view", "publish", "lock", "unlock"),
    ),
    Act(
        "desk.memberships",
        STAFF,
        "Say who belongs to which organisation, and coordinates it",
        _permissions(("partners.membership",), "add", "change", "delete", "view"),
    ),
    Act("desk.networks", STAFF, "Keep networks", _permissions(("catalogue.network",), "add", "change", "view")),
    Act(
        "desk.criteria",
        STAFF,
        "Say what reviewers score, and how much it counts",
        _permissions(("reviews.criterion",), "add", "change", "view"),
    ),
    Act("desk.pages", STAFF, "Write pages, news and menus, keep pictures and documents"),
    Act("desk.people", frozenset({Role.ADMIN}), "Make and close accounts, give roles, remove a lost second factor"),
    Act(
        "networks.oversee",
        frozenset({Role.ADMIN}),
        "See who has registered networks and what they read; revoke their keys and stop their webhooks, and say why",
    ),
    Act("desk.log", STAFF, "Read the audit log; nobody edits it", ("operations.view_auditentry",)),
    Act(
        "desk.house",
        frozenset({Role.ADMIN}),
        "Keep workflows, collections, sites, languages; delete networks and criteria",
    ),
)
ACTS = {act.name: act for act in TABLE}
