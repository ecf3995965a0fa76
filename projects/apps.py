from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from catalogue import kinds
        from catalogue.codes import Strand
        from catalogue.models.entry import KindName
        from projects.facets import programme_facets, project_facets
        from projects.models import Programme, Project
        from projects.serializers import ProgrammeSerializer, ProjectSerializer

        kinds.register(
            kinds.Kind(
                name=KindName.PROGRAMMES,
                model=Programme,
                serializer=ProgrammeSerializer,
                template="projects/programme.html",
                symbol="programme",
                codes={"type": Strand},
                card_fields=("acronym", "period", "strand"),
                facets=programme_facets,
            )
        )
        kinds.register(
            kinds.Kind(
                name=KindName.PROJECTS,
                model=Project,
                serializer=ProjectSerializer,
                template="projects/project.html",
                symbol="project",
                codes={"status": Project.Status, "type": Project.Type},
                card_fields=("acronym", "form", "status", "start", "end", "programme"),
                facets=project_facets,
            )
        )
