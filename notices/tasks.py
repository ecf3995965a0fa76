"""The outbox at once, in a Celery worker; `manage.py tick` comes to it by itself."""

from celery import shared_task

from notices import outbox


@shared_task
def send_letters() -> None:
    outbox.send_due()
