"""What is said in the Wagtail admin of publications that were refused when they were due."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from operations import refusals


@hooks.register("register_log_actions")
def register_refusals(actions):
    @actions.register_action(refusals.ACTION)
    class RefusalFormatter(LogFormatter):
        label = _("Refuse scheduled publication")

        def format_message(self, log_entry):
            return str(refusals.of_entry(log_entry))


@hooks.register("before_edit_snippet")
def say_that_it_was_refused(request, instance):
    """Above the form of a record; pages have a panel for it."""
    if request.method == "GET" and (refusal := refusals.standing(instance)):
        messages.warning(request, f"{refusal} {refusals.ADVICE}")
