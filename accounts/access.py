"""Doors and rows, by the table of who may do what (`accounts.acts`)."""

import functools
from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from accounts.acts import ACTS, RELATIVE, Role
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
            if not any(may(request.user, each) for each in (name, *others)):
                raise Http404
            return view(request, *args, **kwargs)

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
    roles = {role for role, group in GROUPS.items() if group in user.group_names}
    return frozenset({Role.VISITOR, Role.PERSON, *roles, *([Role.ADMIN] if user.is_superuser else [])})


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
