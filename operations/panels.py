"""What the forms of the Wagtail admin show of our work."""

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from operations import refusals


class RefusalPanel(Panel):
    """Says that a scheduled publication was refused, and why, until it is published or scheduled anew."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "operations/refused.html"

        @cached_property
        def refusal(self) -> refusals.Refusal | None:
            return refusals.standing(self.instance) if self.instance.pk else None

        def is_shown(self):
            return self.refusal is not None

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"refusal": self.refusal, "advice": refusals.ADVICE}
