"""The last pass of an erasure: no text of any table tells the person's address any more, whoever wrote it there.

It goes over every text of every model, those of packages included, and over what JSON holds. Documents of the catalogue are
left out: what tells an e-mail address is not published (`catalogue.records.Record.publish`), so there is none in them.
"""

import json
import re
import secrets
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Cast
from post_office.fields import CommaSeparatedEmailField

from accounts.models import User
from accounts.normal_forms import CODED, plain, ways_to_write

OF_ADDRESSES = (models.EmailField, CommaSeparatedEmailField)
MARK = "[…]"
CHUNK = 200  # rows in the memory at once
# model → why it is left out
SPARED = {
    "catalogue.Entry": "publication refuses e-mail addresses",
    "catalogue.EntryVersion": "publication refuses e-mail addresses",
    "catalogue.EntryWords": "made of the documents",
    "operations.AuditEntry": "the database lets nobody edit it; it takes no addresses",
    "wagtailsearch.IndexEntry": "made anew of what was changed",
    "wagtailsearch.SQLiteFTSIndexEntry": "made anew of what was changed",
    "sessions.Session": "signed and coded; those that tell of her are deleted",
}
# Behind an address: nothing that would make it the beginning of another one. A capital after a full stop begins a sentence.
_AFTER = r"(?![^\W_]|(?-i:[.-][a-z0-9]))"
# Before it: letters make it the end of another one; mere signs, a list's hyphen among them, do not.
_BEFORE = re.compile(r"(?:^|[^\w.+%-])[_.+%-]*\Z")
_NUMBERED = re.compile(r"(?:^|[\s>])(\d{1,2}\.)\Z")  # a list's number without a blank behind it
_FAR = 40  # as many signs as people set before an address


class Scrubber:
    """Knows a person's addresses in every way in which texts write them.

    `longer`: addresses of others that end like one of hers. `numbered`: texts may hold lists, whose numbers stand before them.
    """

    def __init__(self, addresses: Iterable[str], longer: Iterable[str] = (), *, numbered: bool = True):
        self._numbered = numbered
        self.addresses = {address.strip().lower() for address in addresses if "@" in address}
        self._longer = {way.lower() for address in longer for way in ways_to_write(address)}
        written = {way for address in self.addresses for way in ways_to_write(address)}
        longest_first = sorted(written, key=lambda way: (-len(way), way))
        self._pattern = re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})" + _AFTER, re.IGNORECASE)

    def clean(self, text: str) -> str:
        """JSON stays JSON."""
        if text[:1] in ("[", "{", '"'):
            try:
                parsed = json.loads(text)
            except ValueError:
                return self._without(text)
            cleaned = self.clean_value(parsed)
            return text if cleaned == parsed else json.dumps(cleaned, ensure_ascii=text.isascii())
        return self._without(text)

    def _without(self, text: str) -> str:
        if not self.addresses:
            return text
        understood, kept, at = plain(text), [], 0
        for found in self._pattern.finditer(understood.text):
            if self._is_hers(understood.text, found):
                start, end = understood.written(*found.span())
                kept += [text[at:start], MARK]
                at = end
        return "".join([*kept, text[at:]])

    def _is_hers(self, text: str, found: re.Match) -> bool:
        """An address may begin there, and is not the end of a longer one."""
        at = found.start()
        before = text[max(at - _FAR, 0) : at]
        if _BEFORE.search(before if at <= _FAR else f"x{before}"):
            return True
        number = _NUMBERED.search(before) if self._numbered else None
        return bool(number) and f"{number[1]}{found[0]}".lower() not in self._longer

    def clean_value(self, value):
        """Of what JSON holds; maps' keys, too."""
        match value:
            case str():
                return self.clean(value)
            case dict():
                return {self.clean(key): self.clean_value(each) for key, each in value.items()}
            case list():
                return [self.clean_value(each) for each in value]
        return value

    def tells(self, value) -> bool:
        return self.clean_value(value) != value

    def maybe_in(self, name: str) -> Q:
        """Rows worth looking at: the longest plain runs of the parts before and behind the @ stand in the text, or one of
        them, or the @, and beside it what may hide the rest.
        """
        signs = [Q(**{f"{name}__contains": sign}) for sign in ("@", "\uff20") if self.addresses]
        found, half = Q(pk__in=()), reduce(or_, signs, Q(pk__in=()))
        for address in self.addresses:
            runs = [max(re.findall(r"[a-z0-9]+", part), key=len, default="") for part in address.rsplit("@", 1)]
            stand = [Q(**{f"{name}__icontains": run}) for run in runs if run]
            found |= Q(*stand)
            half = reduce(or_, stand, half)
        return found | (half & Q(**{f"{name}__regex": CODED}))


def scrub(addresses: Iterable[str]) -> dict[str, set]:
    """Takes the addresses out of all texts, in the transaction at hand; model → keys of the rows that were changed."""
    prose, lists_of_addresses = Scrubber(addresses, longer=_longer(addresses)), Scrubber(addresses, numbered=False)
    changed = {}
    for model in apps.get_models(include_auto_created=True) if prose.addresses else ():
        if model._meta.managed and not model._meta.proxy and model._meta.label not in SPARED:
            changed[model._meta.label] = {
                key
                for field in _texts_of(model)
                for key in _scrub(model, field, lists_of_addresses if isinstance(field, OF_ADDRESSES) else prose)
            }
    return {label: keys for label, keys in changed.items() if keys}


def _longer(addresses: Iterable[str]) -> set[str]:
    """Of other accounts."""
    ending = reduce(or_, (Q(email__iendswith=f".{address}") for address in addresses), Q(pk__in=()))
    return {
        email
        for model in (User, EmailAddress)
        for email in model.objects.filter(ending).values_list("email", flat=True)
    }


def _texts_of(model: type[models.Model]) -> Iterator[models.Field]:
    for field in model._meta.local_concrete_fields:
        kind = field.get_internal_type()
        column = (field.db_type(connection) or "").split("(")[0]
        is_text = column in ("text", "varchar", "character varying", "jsonb") and kind != "UUIDField"
        if is_text and not field.is_relation and not isinstance(field, models.FileField):
            yield field


def _scrub(model: type[models.Model], field: models.Field, scrubber: Scrubber) -> Iterator[object]:
    """As the column holds it, below what Python makes of it."""
    rows = model._base_manager.annotate(scrubbed_text=Cast(field.name, models.TextField()))
    keys = list(rows.filter(scrubber.maybe_in("scrubbed_text")).order_by().values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        for key, text in rows.filter(pk__in=keys[start : start + CHUNK]).order_by().values_list("pk", "scrubbed_text"):
            if (cleaned := scrubber.clean(text)) != text:
                _write(model, key, field, cleaned)
                yield key


def _write(model: type[models.Model], key, field: models.Field, text: str) -> None:
    if _must_differ(model, field):  # somebody else's may have stood there, too
        text = text.replace(MARK, f"{MARK[:-1]}{secrets.token_hex(4)}]")
    value = models.Value(text, output_field=models.TextField())
    if field.get_internal_type() == "JSONField":
        value = Cast(value, output_field=models.JSONField())
    model._base_manager.filter(pk=key).update(**{field.attname: value})


def _must_differ(model: type[models.Model], field: models.Field) -> bool:
    """Whether a constraint knows rows apart by it, alone or with others."""
    unique = [constraint for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint)]
    together = {name for constraint in unique for name in constraint.fields}
    together |= {
        part.name
        for constraint in unique
        for expression in constraint.expressions
        for part in expression.flatten()
        if isinstance(part, models.F)
    }
    together |= {name for names in model._meta.unique_together for name in names}
    return field.unique or field.name in together
