"""Logos of organisations: PNGs of at most 600 pixels, and who may see them (`catalogue.pictures`)."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.access import has_permissions
from catalogue import pictures
from partners.models import Logo, Organisation

LIMITS = pictures.Limits(
    most_bytes=2 * 1024 * 1024,
    most_pixels=4000 * 4000,
    longest_side=600,
    too_heavy=_("The logo is larger than 2 MB. Please choose a smaller one."),
    too_wide=_("The logo is wider or higher than 4,000 pixels. Please make it smaller."),
    longest_sent=4000,
)


def keep(upload: UploadedFile, *, by) -> Logo:
    """The upload as a logo of ours. Raises ValidationError, in words for the person who chose the file."""
    picture = pictures.taken_in(upload, LIMITS)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return pictures.store(Logo, written.getvalue(), picture.size, by=by)


# Who may see it


def is_public(logo: Logo) -> bool:
    return logo.is_shown_by(Organisation.objects.filter(pk__in=logo.organisations.values("pk")).values("uid"))


def may_see(logo: Logo, user) -> bool:
    """Before publication: who uploaded it, and whoever may read a draft that shows it now.

    Who may open every organisation in the admin sees what older drafts showed, too: their history stands there.
    """
    if not user.is_authenticated:
        return False
    if logo.uploaders.filter(pk=user.pk).exists():
        return True
    if has_permissions(user, "wagtailadmin.access_admin", "partners.change_organisation"):
        return logo.organisations.exists()
    drafts = Organisation.objects.filter(logos_ever_shown=logo).select_related("latest_revision")
    readable = [*drafts.editable_by(user), *drafts.reviewable_by(user)]
    return any(_logo_of(organisation) == logo.pk for organisation in readable)


def _logo_of(organisation: Organisation) -> int | None:
    return organisation.latest_revision.content.get("logo") if organisation.latest_revision else None


def may_use(logo: Logo, organisation: Organisation, user) -> bool:
    """Whether the user may put it on the page: her own upload, or one that the organisation has shown before."""
    return logo.uploaders.filter(pk=user.pk).exists() or (
        organisation.pk is not None and logo.organisations.filter(pk=organisation.pk).exists()
    )


def remove_unused() -> None:
    """Background work: logos that were uploaded and never saved in a draft."""
    pictures.clear_away(Logo.objects.filter(organisations=None, uses=None))
