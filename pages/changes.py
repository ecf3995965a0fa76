"""Changes that no page's `save` sees: Wagtail moves and deletes branches of the tree in the database, and pages show images
and documents that are changed elsewhere.

What is published and withdrawn goes through `ToldPage.save`; these are the ways around it.
"""

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.models import Page
from wagtail.signals import post_page_move

from pages.models import Menu, SiteState
from pages.models.told import ToldPage, follow, retell, retell_users_of, users_of

USED = (Page, Image, Document)


def notice() -> None:
    for model in USED:
        pre_delete.connect(_remember_users, sender=model, dispatch_uid=f"pages.before_deletion.{model.__name__}")
        post_delete.connect(_tell_users_anew, sender=model, dispatch_uid=f"pages.after_deletion.{model.__name__}")
    for model in (Image, Document):
        post_save.connect(_after_change, sender=model, dispatch_uid=f"pages.after_change.{model.__name__}")
    post_delete.connect(_after_loss_of_rendition, sender=Rendition, dispatch_uid="pages.after_loss_of_rendition")
    post_save.connect(_after_plain_save, sender=Page, dispatch_uid="pages.after_plain_save")
    post_page_move.connect(_after_move, dispatch_uid="pages.after_move")


def _remember_users(instance: models.Model, **told) -> None:
    """After the deletion nothing tells any more who used it."""
    instance.former_users = list(users_of(instance).values_list("pk", flat=True))


def _tell_users_anew(instance: models.Model, **told) -> None:
    users = getattr(instance, "former_users", ())
    transaction.on_commit(lambda: _retell(users))
    if isinstance(instance, Page):
        transaction.on_commit(Menu.objects.redraw)
        SiteState.objects.bump()


def _retell(keys) -> None:
    pages = Page.objects.live().filter(pk__in=keys).specific() if keys else ()
    retell(page for page in pages if isinstance(page, ToldPage))


def _after_change(instance: models.Model, created: bool, **told) -> None:
    if not created:
        transaction.on_commit(lambda: retell_users_of(instance))


def _after_loss_of_rendition(instance: Rendition, **told) -> None:
    """Made anew for the pages that show it: not by a visitor's request."""
    image = Image(pk=instance.image_id)
    transaction.on_commit(lambda: Image.objects.filter(pk=image.pk).exists() and retell_users_of(image))


def _after_plain_save(instance: Page, **told) -> None:
    """Lists of the admin unpublish several pages as no more than pages: no `ToldPage.save` hears of it."""
    transaction.on_commit(lambda: follow(instance))
    SiteState.objects.bump()


def _after_move(instance: Page, **told) -> None:
    follow(*instance.get_descendants(inclusive=True))
    SiteState.objects.bump()
