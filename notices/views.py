from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from notices import work
from operations.reading import read_only


@never_cache
@read_only
@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    groups = work.of(request.user)
    waiting = next(group for group in groups if group.place == work.Place.WAITS_FOR_YOU)
    return render(request, "notices/my_work.html", {"groups": groups, "waiting": len(waiting.items)})
