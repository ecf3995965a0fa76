"""Doors and rows, by the table of who may do what (`accounts.acts`).

Where REQUIRE_MFA is on, an editor or administrator without a second factor has nothing of staff's, here or in the admin: she
is a person like others, with what is hers as a member, and staff's doors lead her to where she sets it up.
"""

import functools
from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from accounts import second_factor
from accounts.acts import ACTS, RELATIVE, STAFF, Role
from accounts.models import User

View = Callable[..., HttpResponse]
GROUPS = {Role.REVIEWER: User.Role.REVIEWER, Role.EDITOR: User.Role.EDITOR}


def asked_by_script(view: View) -> View:
    """A script is told that nobody is signed in (401), and led to no page."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"state": "signed_out"}, status=HTTPStatus.UNAUTHORIZED)
        return view(request, *args, **kwargs)

    return answer


def allowed(name: str, *others: str, door_for: Callable[[View], View] = login_required) -> Callable[[View], View]:
    """The view is for those to whom one of the acts is open. Visitors are asked to sign in; to others it is not there.

    Roles that hang on a record, the view's rows tell apart (`rows`). `door_for` makes the door at which visitors stand.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def for_people(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                if not any(may(request.user, each) for each in (name, *others)):
                    raise Http404
                return view(request, *args, **kwargs)
            except Http404:
                if not (is_held_back(request.user) and any(_is_staffs(each) for each in (name, *others))):
                    raise
            return second_factor.lead(request, request.get_full_path() if request.method == "GET" else "")

        door = view if Role.VISITOR in ACTS[name].who else never_cache(door_for(for_people))
        door.act, door.others = name, others
        return door

    return decorate


def may(user, name: str) -> bool:
    """Whether the act is open to her; where it hangs on a record, `rows` says on which."""
    who = ACTS[name].who
    return bool(who & RELATIVE or who & standing(user))


def standing(user) -> frozenset[Role]:
    """What a person is whatever the record."""
    if not user.is_authenticated or not user.is_active:
        return frozenset({Role.VISITOR})
    roles = _roles(user)
    return frozenset({Role.VISITOR, Role.PERSON}) | (roles - STAFF if is_held_back(user) else roles)


def is_held_back(user) -> bool:
    """Whether she would be staff if she had a second factor."""
    return user.is_authenticated and bool(_roles(user) & STAFF) and second_factor.is_missing(user)


def has_permissions(user, *names: str) -> bool:
    """Django's own, which belong to staff: for pages outside the admin."""
    return user.has_perms(names) and not second_factor.is_missing(user)


def _roles(user) -> frozenset[Role]:
    roles = frozenset(role for role, group in GROUPS.items() if group in user.group_names)
    return roles | {Role.ADMIN} if user.is_superuser else roles


def _is_staffs(name: str) -> bool:
    who = ACTS[name].who
    return bool(who & STAFF) and Role.PERSON not in who


def rows(name: str, user, relations: Mapping[Role, Q]) -> Q:
    """Those rows of a model on which the act is open to the user; `relations` says by role which rows are hers in it.

    A role of the act that has no relation opens no row.
    """
    found = Q(pk__in=())
    if user.is_authenticated:
        roles = ACTS[name].who & relations.keys()
        for role in roles if roles <= RELATIVE else roles & (standing(user) | RELATIVE):
            found |= relations[role]
    return found


def people(name: str) -> QuerySet[User]:
    """To whom the act is open whatever the record."""
    who = ACTS[name].who
    standing = Q(groups__name__in=[group for role, group in GROUPS.items() if role in who])
    return User.objects.filter(
        standing | Q(is_superuser=True) if Role.ADMIN in who else standing, is_active=True
    ).distinct()
