from wagtail.snippets.models import register_snippet

from actionplans.viewsets import ActionPlanViewSet

register_snippet(ActionPlanViewSet)
