from wagtail.snippets.models import register_snippet

from projects.viewsets import ProgrammeViewSet, ProjectViewSet

register_snippet(ProjectViewSet)
register_snippet(ProgrammeViewSet)
