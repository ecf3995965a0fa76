"""What Wagtail keeps about those who write in its admin, or whose work it carries (`accounts.personal_data`)."""

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Comment, CommentReply, LockableMixin, ModelLogEntry, PageLogEntry, Revision, TaskState
from wagtail.search import index
from wagtail.search.models import IndexEntry
from wagtail.users.models import UserProfile

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import User
from accounts.personal_data import PersonalData
from accounts.scrubbing import MARK
from operations import audit
from pages import documents
from pages.models import SiteState

LOGS = (ModelLogEntry, PageLogEntry)


TELLS = "document.tells"
TELLS_LABEL = _("A document of the editors tells the address of an account that was erased")


def register() -> None:
    audit.register(TELLS, TELLS_LABEL)
    personal_data.register(
        PersonalData(
            "writing",
            what=_("What you wrote and decided: saved versions, the history of records and pages, comments, uploads"),
            kept=_("as long as the record or the page is there"),
            export=_export,
            erase=_erase,
            stays=_(
                "the versions and the history of what belongs to an organisation, without you; your name where somebody wrote "
                "it into a text or a title; documents that editors published, whatever they say"
            ),
            relations=(
                "*.locked_by",
                "wagtailadmin.*.user",
                "wagtailcore.*.user",
                "wagtailcore.Page.owner",
                "wagtailcore.Comment.resolved_by",
                "wagtailcore.TaskState.finished_by",
                "wagtailcore.UploadedFile.uploaded_by_user",
                "wagtailcore.WorkflowState.requested_by",
                "wagtaildocs.Document.uploaded_by_user",
                "wagtailimages.Image.uploaded_by_user",
                "wagtailusers.UserProfile.user",
            ),
            scrubbed=_follow,
        )
    )


def _export(user: User) -> dict:
    revisions = Revision.objects.filter(user=user).order_by("pk")
    decisions = TaskState.objects.filter(finished_by=user).order_by("pk")
    profile = UserProfile.objects.filter(user=user)
    return {
        "saved_versions": list(revisions.values("object_str", "object_id", "created_at")),
        "history": [
            entry
            for log in LOGS
            for entry in log.objects.filter(user=user).values("label", "action", "timestamp", "data")
        ],
        "decisions": list(decisions.values("task__name", "status", "comment", "started_at", "finished_at")),
        "comments": [
            {"text": comment.text, "created": comment.created_at}
            for model in (Comment, CommentReply)
            for comment in model.objects.filter(user=user).order_by("pk")
        ],
        "uploads": [
            {"title": upload.title, "created": upload.created_at}
            for model in (Image, Document)
            for upload in model.objects.filter(uploaded_by_user=user).order_by("pk")
        ],
        "settings_of_the_desk": list(
            profile.values("preferred_language", "current_time_zone", "theme", "dismissibles")
        ),
    }


def _erase(user: User) -> None:
    for document in documents.telling(addresses_of(user)):
        audit.note(TELLS, document=document.pk)  # what editors published is theirs to change
    for log in LOGS:
        log.objects.filter(user=user).update(user=None)
    people = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=people, object_id=str(user.pk)).delete()
    for model, keys in _rows_about(user):
        kind = ContentType.objects.get_for_model(model)
        ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys).update(label=MARK)
    for model in apps.get_models():
        if issubclass(model, LockableMixin) and not model._meta.proxy:
            _unlock(model, user)
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        _remove_on_commit(profile.avatar)


def _rows_about(user: User) -> Iterator[tuple[type[models.Model], list[str]]]:
    """What goes with her row, such as her memberships: the history calls it by her name."""
    for link in User._meta.related_objects:
        if link.on_delete is models.CASCADE:
            rows = link.related_model._base_manager.filter(**{link.field.name: user})
            if keys := [str(key) for key in rows.values_list("pk", flat=True)]:
                yield link.related_model, keys


def _unlock(model: type[models.Model], user: User) -> None:
    """A lock that is nobody's would be everybody's."""
    model._base_manager.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)


def _remove_on_commit(file: models.FileField) -> None:
    storage, name = file.storage, file.name
    transaction.on_commit(lambda: storage.delete(name))


def _follow(changed: Mapping[str, set]) -> None:
    """Search finds no more than what texts say, and no kept page says what they said."""
    models_found = {label: apps.get_model(label) for label in changed}
    indexed = {label: model for label, model in models_found.items() if index.class_is_indexed(model)}
    for label, model in indexed.items():
        for instance in model._base_manager.filter(pk__in=changed[label]):
            index.insert_or_update_object(instance)
    if indexed and connection.vendor == "sqlite":
        _purge_words()
    SiteState.objects.bump()  # whatever people searched for stands in kept pages, too
    transaction.on_commit(caches["pages"].clear)  # other processes serve theirs to nobody and drop them within the hour


def _purge_words() -> None:
    """SQLite keeps what was taken out of a full-text index until it has reason to write the index anew."""
    table = f"{IndexEntry._meta.db_table}_fts"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
