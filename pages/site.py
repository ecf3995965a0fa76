"""The state of the site, asked for once in a request."""

from django.http import HttpRequest

from pages.models.site import SiteState


def state_of(request: HttpRequest) -> SiteState:
    """`request.site_state`; whoever came before (a cache of pages) may have set it."""
    if not hasattr(request, "site_state"):
        request.site_state = SiteState.objects.current()
    return request.site_state
