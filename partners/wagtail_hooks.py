from wagtail import hooks
from wagtail.snippets.models import register_snippet

from partners.viewsets import IndustrialAreaViewSet, MembershipViewSet, OrganisationViewSet

register_snippet(OrganisationViewSet)
register_snippet(IndustrialAreaViewSet)


@hooks.register("register_admin_viewset")
def register_memberships():
    return MembershipViewSet()
