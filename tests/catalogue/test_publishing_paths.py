"""Whatever way a record becomes public or leaves, the catalogue says just that: its entry is visible iff it is live."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowContentType, WorkflowTask
from wagtail.models import ContentType as WagtailContentType  # noqa: F401
