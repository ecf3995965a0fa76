"""Celery only calls sooner, and beside each other, what `manage.py tick` does by itself."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")

app = Celery("mer_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
