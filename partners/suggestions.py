"""Organisations that may be the one somebody means, so that none is made twice."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from catalogue.search import alternatives_of, fold
from operations.addresses import parts_of
from partners.models import Organisation

MOST = 8
ENOUGH_WORDS = 0.7  # of the shorter name's
ENOUGH_LETTERS = 0.87  # in the same order: a slip of the pen
# Who has an address there works anywhere.
_FREE_MAIL = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com"
    " aol.com proton.me protonmail.com pm.me gmx.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de freenet.de"
    " mail.com zoho.com fastmail.com tutanota.com yandex.com yandex.ru mail.ru seznam.cz centrum.cz wp.pl o2.pl"
    " interia.pl libero.it virgilio.it tiscali.it alice.it hotmail.it yahoo.it hotmail.fr yahoo.fr orange.fr wanadoo.fr"
    " free.fr laposte.net sfr.fr siol.net t-2.net amis.net volja.net telemach.net email.si"
)
FREE_MAIL = frozenset(_FREE_MAIL.split())
# What says of which kind an organisation is in law, or nothing at all.
_LITTLE_WORDS = "the of for and in za na der die das und fur de la le et di del per doo gmbh ltd srl spa"
_EMPTY_WORDS = frozenset(_LITTLE_WORDS.split())


def alike(*names: str, abbreviation: str = "") -> list[Organisation]:
    """Those called nearly the same, the nearest first; whether one may be joined stands in `is_joinable`.

    Of what is not public yet, only what people have registered is told, and its name alone should be shown.
    """
    wanted = [name for name in names if name.strip()]
    scored = ((_nearness(wanted, abbreviation, organisation), organisation) for organisation in _known())
    near = sorted((each for each in scored if each[0]), key=lambda each: (-each[0], str(each[1])))
    return [organisation for _score, organisation in near[:MOST]]


def search(text: str) -> list[Organisation]:
    """Joinable ones in whose names every word is found, or begins a word; an abbreviation is a word."""
    asked = [word for word in re.split(r"\W+", fold(text)) if word][:12]
    if not asked:
        return []
    wanted = alternatives_of(text)
    found = [each for each in _known() if each.is_joinable and _has_all(asked, wanted, each)]
    return sorted(found, key=lambda organisation: fold(str(organisation)))[: MOST * 3]


def by_address(user: User) -> list[Organisation]:
    """Where her confirmed addresses point: the organisation's own website, or where others with such an address belong."""
    addresses = EmailAddress.objects.filter(user=user.pk, verified=True).values_list("email", flat=True)
    domains = {address.rpartition("@")[2].lower() for address in addresses} - FREE_MAIL - {""}
    if not domains:
        return []
    asked = Q()
    for domain in domains:
        of_members = {"memberships__user__emailaddress__email__endswith": f"@{domain}"}
        asked |= Q(website__icontains=_last_part(domain)) | Q(
            **of_members, memberships__user__emailaddress__verified=True
        )
    hers = user.memberships.values("organisation")
    candidates = Organisation.objects.joinable().filter(asked).exclude(pk__in=hers).distinct().order_by("pk")
    people = _with_members_at(domains)
    return [each for each in candidates[:50] if each.pk in people or _is_at(each.website, domains)][:MOST]


def _with_members_at(domains: Iterable[str]) -> set[int]:
    asked = Q()
    for domain in domains:
        asked |= Q(email__endswith=f"@{domain}")
    people = EmailAddress.objects.filter(asked, verified=True)
    return set(people.values_list("user__memberships__organisation", flat=True))


def _last_part(domain: str) -> str:
    return ".".join(domain.split(".")[-2:])


def _is_at(website: str, domains: Iterable[str]) -> bool:
    """`www.` counts for nothing, and departments have addresses below that of the whole."""
    parts = parts_of(website)
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    return bool(host) and any(
        host == domain or host.endswith(f".{domain}") or domain.endswith(f".{host}") for domain in domains
    )


def _known() -> list[Organisation]:
    """What may be joined, and what waits for the staff's word."""
    joinable = Organisation.objects.joinable()
    registered = Q(first_published_at=None, join_requests__outcome="")
    known = Organisation.objects.filter(registered | Q(pk__in=joinable.values("pk"))).distinct()
    fields = ("uid", "slug", "name_original", "name_english", "abbreviation", "aliases", "original_language")
    known = list(known.only(*fields, "town", "country", "live", "website"))
    may_be_joined = set(joinable.values_list("pk", flat=True))
    for organisation in known:
        organisation.is_joinable = organisation.pk in may_be_joined
    return known


def names_of(organisation: Organisation) -> list[str]:
    others = [alias.get("name") or "" for alias in organisation.aliases if isinstance(alias, dict)]
    return [name for name in (organisation.name_original, organisation.name_english, *others) if name]


def _nearness(wanted: list[str], abbreviation: str, organisation: Organisation) -> float:
    """0 for those that are not alike, 1 for the same name."""
    short = {_letters(name) for name in (abbreviation, *wanted)} - {""}
    if organisation.abbreviation and _letters(organisation.abbreviation) in short:
        return 1.0
    pairs = ((name, theirs) for name in wanted for theirs in names_of(organisation))
    return max((_likeness(name, theirs) for name, theirs in pairs), default=0.0)


def _likeness(name: str, other: str) -> float:
    letters = SequenceMatcher(None, _letters(name), _letters(other), autojunk=False)
    by_letters = letters.ratio() if letters.real_quick_ratio() >= ENOUGH_LETTERS <= letters.quick_ratio() else 0.0
    ours, theirs = _forms(name), _forms(other)
    fewer = min(len(ours), len(theirs))
    shared = sum(any(word & each for each in theirs) for word in ours)
    by_words = shared / fewer if fewer else 0.0
    return max(by_letters if by_letters >= ENOUGH_LETTERS else 0.0, by_words if by_words >= ENOUGH_WORDS else 0.0)


def _has_all(asked: list[str], wanted: list[list[str]], organisation: Organisation) -> bool:
    names = [*names_of(organisation), organisation.abbreviation]
    beginnings = [word for name in names for word in re.split(r"\W+", fold(name)) if word]
    if all(any(word.startswith(each) for word in beginnings) for each in asked):
        return True
    forms = [word for name in names for word in _forms(name)]
    return bool(wanted) and all(any(word.intersection(each) for word in forms) for each in wanted)


@lru_cache(maxsize=20_000)
def _forms(name: str) -> tuple[frozenset[str], ...]:
    """Its words that say something, each with its lemmas; all of them where none does."""
    words = [frozenset(forms) for forms in alternatives_of(name)]
    telling = tuple(word for word in words if not word & _EMPTY_WORDS and max(map(len, word)) > 1)
    return telling or tuple(words)


@lru_cache(maxsize=20_000)
def _letters(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())
