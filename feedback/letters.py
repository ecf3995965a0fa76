"""What is told of suggestions, and how a reader's message comes to those who answer for a record.

Letters that strangers cause carry none of our secret links: people answer them, and quote the whole letter. They say that
a program has written them, so that no mailbox answers by itself and gives its owner's address away.
"""

from collections.abc import Mapping

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from post_office.models import Email

from accounts.models import User
from catalogue.models import Entry
from catalogue.texts import in_language
from feedback import people
from feedback.models import Suggestion
from notices import kinds, outbox
from notices.actions import notify
from notices.kinds import Kind
from notices.letters import GREETING, absolute, draw, greeting

SUGGESTED = Kind(
    "suggestion",
    what=gettext_lazy("Suggested change"),
    subject=gettext_lazy("Suggested change: %(title)s"),
    sentence=gettext_lazy("%(name)s suggests a change to “%(title)s”:"),
    nameless=gettext_lazy("a reader suggests a change to “%(title)s”:"),
    lead=gettext_lazy("Read it beside the record, and answer:"),
    waits=True,
)
FOLLOWED = Kind(
    "suggestion-done",
    what=gettext_lazy("Suggestion followed"),
    subject=gettext_lazy("Your suggestion was followed: %(title)s"),
    sentence=gettext_lazy("what you suggested for “%(title)s” has been done. Thank you."),
)
DECLINED = Kind(
    "suggestion-declined",
    what=gettext_lazy("Suggestion declined"),
    subject=gettext_lazy("Your suggestion was not followed: %(title)s"),
    sentence=gettext_lazy("those who answer for “%(title)s” have read your suggestion and leave the record as it is:"),
)
_BY_STATE = {Suggestion.State.DONE: FOLLOWED, Suggestion.State.DECLINED: DECLINED}
# Nobody's holiday notice goes to a stranger (RFC 3834, and Exchange's own word for it).
_FOR_PEOPLE_ALONE = {outbox.UNASKED: "auto-generated", "X-Auto-Response-Suppress": "All"}


def register() -> None:
    for kind in (SUGGESTED, FOLLOWED, DECLINED):
        kinds.register(kind)


def titles_of(entry: Entry | None) -> dict[str, str]:
    """For readers of every language; a withdrawn record has no title any more."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = title_in(entry.short if entry and entry.card else None, code)
    return found


def title_in(card: Mapping | None, language: str) -> str:
    return in_language(card["title"], language, card["original_language"]).text if card else _("A withdrawn record")


def suggested(suggestion: Suggestion, entry: Entry) -> None:
    notify(
        people.who_answer_for(suggestion.about_kind, suggestion.about_uid),
        SUGGESTED.name,
        titles=titles_of(entry),
        path=f"my/suggestions/{suggestion.pk}/",
        about=(suggestion.about_kind, suggestion.about_uid),
        by=suggestion.sender,
        message=suggestion.text,
    )


def answered(suggestion: Suggestion) -> None:
    """To the sender, if she can be told; never who answered."""
    entry = Entry.objects.filter(uid=suggestion.about_uid).first()
    kind, titles, path = _BY_STATE[suggestion.state], titles_of(entry), f"/id/{suggestion.about_uid}/"
    if suggestion.sender:
        about = (suggestion.about_kind, suggestion.about_uid)
        notify([suggestion.sender], kind.name, titles=titles, path=path, about=about, message=suggestion.answer)
    elif suggestion.sender_email:
        with override(suggestion.language):
            told = {"sentence": kind.tells(titles[suggestion.language]), "url": absolute(path)}
            told |= {"message": suggestion.answer}
            sheet = draw("feedback/answer", str(kind.subject) % {"title": titles[suggestion.language]}, told)
            # not by the name that somebody typed: nobody has confirmed that the address is hers
            outbox.put([_letter(sheet, suggestion.sender_email, _("Good day,"))])


def forward(entry: Entry, *, name: str, email: str, subject: str, message: str) -> None:
    """A reader's message, to each in her language; answers go to the reader."""
    titles, sheets, written = titles_of(entry), {}, []
    told = {"name": name, "email": email, "message": message, "quoted": _quoted(message)}
    for user in _who_take_letters(entry):
        with override(user.language):
            if user.language not in sheets:
                title = titles[user.language]
                sentence = _("%(name)s writes to you about “%(title)s”:") % {"name": name, "title": title}
                where = {"sentence": sentence, "url": absolute(f"/id/{entry.uid}/")}
                about = _("%(subject)s (message about “%(title)s”)") % {"subject": subject, "title": title}
                sheets[user.language] = draw("feedback/message", about, told | where)
            written.append(_letter(sheets[user.language], user.email, greeting(user), {"Reply-To": email}))
    outbox.put(written)


def _who_take_letters(entry: Entry) -> list[User]:
    """Those who want no letters at all are spared, as long as there is anybody else."""
    answering, staff = people.who_answer_for(entry.kind, entry.uid), list(people.staff())
    take = [[user for user in each if user.mail != User.Mail.NONE] for each in (answering, staff)]
    return next((each for each in (*take, staff) if each), [])


def _quoted(message: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in message.split("\n"))


def _letter(sheet, address: str, greets: str, headers: Mapping[str, str] | None = None) -> Email:
    return outbox.letter(
        to=[address],
        subject=sheet.subject,
        text=sheet.text.replace(GREETING, greets),
        html=sheet.html.replace(GREETING, escape(greets)),
        headers=_FOR_PEOPLE_ALONE | dict(headers or {}),
    )
