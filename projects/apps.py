from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from catalogue import shelves
        from catalogue.drafting import written
        from catalogue.kinds import register
        from partners import describing
        from projects.describing import parts
        from projects.kinds import PROGRAMMES, PROJECTS
        from projects.part_form import SECTIONS, form_of
        from projects.roots import FOUNDING

        register(PROGRAMMES)
        register(PROJECTS)
        written.register(PROJECTS.name, written.Written(form_of, SECTIONS))
        describing.register("parts", parts)
        shelves.offer("founding", FOUNDING)
