"""Why somebody from outside can no longer say anything of a text on which she advised: as far as she may know it."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from partners.models import ACTIVE_REVIEW
from reviews.outside import OutsideReview, advised_by
from reviews.views import first_of, reviewed_records


def ended(request: HttpRequest, pk: int) -> str:
    """In words; "" for who never advised there, and while she still does."""
    asked = OutsideReview.objects.of(request.user).filter(pk=pk, accepted__isnull=False)
    asked = asked.select_related("review").first()
    if asked is None:
        return ""
    return _hers(asked) or _of_the_review(asked) or _of_the_text(asked, request.user)


def _hers(asked: OutsideReview) -> str:
    """Her own part in it is over."""
    if asked.closed:
        if asked.gave_up:
            return _("You no longer advise on this text: you have said that you cannot.")
        return _("Your advice on this text is no longer needed. It was revoked meanwhile.")
    if asked.expires <= timezone.now():
        return _("The time in which you were asked for advice on this text is over.")
    return ""


def _of_the_review(asked: OutsideReview) -> str:
    if asked.review.status not in ACTIVE_REVIEW:
        return _("The review of this text is over meanwhile, be it decided or taken back. Thank you.")
    if asked.review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _(
            "The text went back to its authors meanwhile, who change it. When it is submitted again, you can read it here,"
            " and you are told."
        )
    return ""


def _of_the_text(asked: OutsideReview, user) -> str:
    if first_of(advised_by(records, user).filter(uid=asked.about_uid) for records in reviewed_records()):
        return ""
    return _("You have come to write this text yourself, and cannot advise on it.")
