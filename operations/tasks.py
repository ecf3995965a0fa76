"""The same background work, called by Celery's beat."""

from celery import shared_task

from operations import work


@shared_task
def tick() -> None:
    work.tick()
