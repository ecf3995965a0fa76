"""Files attached to practices, and who may read them (`catalogue.attached`)."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from accounts.access import has_permissions
from accounts.models import User
from catalogue import attached, pictures
from practices.models import AttachedFile, GoodPractice


def keep(upload: UploadedFile, *, by: User) -> AttachedFile:
    """The upload as a file of ours. Raises ValidationError, in words for the person who chose the file."""
    content, found = attached.taken_in(upload)
    file = AttachedFile(format=found, size=len(content), uploader=by)
    pictures.storage().save(file.path, ContentFile(content))
    file.save()
    return file


# Who may read it


def is_public(file: AttachedFile) -> bool:
    uids = GoodPractice.objects.filter(pk__in=file.practices.values("pk")).values("uid")
    return pictures.is_shown(file.url, uids)


def may_read(file: AttachedFile, user) -> bool:
    """Before publication: who uploaded it, and whoever may read a draft that names it now, as with photos."""
    if not user.is_authenticated:
        return False
    if file.uploader_id == user.pk:
        return True
    if has_permissions(user, "wagtailadmin.access_admin", "practices.change_goodpractice"):
        return file.practices.exists()
    drafts = GoodPractice.objects.shown_to(user).filter(files_ever_named=file).select_related("latest_revision")
    return any(file.pk in _files_of(practice) for practice in drafts)


def _files_of(practice: GoodPractice) -> set[int]:
    content = practice.latest_revision.content if practice.latest_revision else {}
    return {attachment["file"] for attachment in content.get("attachments", ())}


def usable(keys: Iterable[str], practice: GoodPractice, user) -> dict[str, AttachedFile]:
    """Those that the user may put into the practice: her own uploads, and what the practice has named before."""
    hers_or_its = Q(uploader=user.pk) | Q(practices=practice.pk) if practice.pk else Q(uploader=user.pk)
    return {file.key: file for file in AttachedFile.objects.filter(hers_or_its, key__in=keys).distinct()}


def remove_unused() -> None:
    """Background work: files that were uploaded and never saved in a draft."""
    pictures.clear_away(AttachedFile.objects.filter(practices=None, uses=None))
