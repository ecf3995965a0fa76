from wagtail.snippets.models import register_snippet

from practices.viewsets import GoodPracticeViewSet

register_snippet(GoodPracticeViewSet)
