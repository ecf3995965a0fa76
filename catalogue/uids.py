"""The identity of what somebody begins, before anything of it is saved: the portal gives it, and for her alone.

Half of it is chance; the other half is a code of that chance and of her, so that a form brings no identity that it was not
given: of another's draft, or of what is published.
"""

from uuid import UUID, uuid4

from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User


def fresh(person: User) -> UUID:
    """A random one in the sense of RFC 9562, version 4, to everybody else."""
    chance = uuid4().bytes[:8]
    return UUID(bytes=chance + _code(chance, person), version=4)


def is_hers(uid: UUID, person: User) -> bool:
    chance = uid.bytes[:8]
    return constant_time_compare(str(uid), str(UUID(bytes=chance + _code(chance, person), version=4)))


def _code(chance: bytes, person: User) -> bytes:
    return salted_hmac("catalogue.uids", chance.hex() + str(person.pk), algorithm="sha256").digest()[:8]
