"""What pages show of notices."""

from django import template
from django.contrib.auth.models import Permission
from django.core.paginator import Page
from django.db.models import Count, Exists, Q
from django.template import Context
from django.utils.translation import gettext as _

from accounts.models import User
from notices import kinds, letters
from notices.models import Notification
from operations.dates import moment

register = template.Library()


@register.simple_tag
def masthead_of(user) -> dict:
    """How many notices she has not read, and whether the admin would let her in: one query, for signed-in people alone."""
    may_enter = Permission.objects.filter(
        Q(user=user.pk) | Q(group__user=user.pk), content_type__app_label="wagtailadmin", codename="access_admin"
    )
    unread = Count("notifications", filter=Q(notifications__read_at=None))
    told = User.objects.filter(pk=user.pk).annotate(unread=unread, enters=Exists(may_enter)).values("unread", "enters")
    row = told.first() or {"unread": 0, "enters": False}
    return {"unread": row["unread"], "enters_admin": user.is_superuser or row["enters"]}


@register.simple_tag
def describe(notice: Notification) -> dict:
    """Its label and address in the language at hand, and when it was."""
    kind = kinds.named(notice.kind)
    return {
        "what": kind.what if kind else _("Notice"),
        "url": letters.local(notice.path),
        "when": moment(notice.created),
    }


@register.simple_tag(takes_context=True)
def pages_of(context: Context, page: Page) -> dict:
    """What `components/pager.html` shows of a page of Django's paginator; other parts of the address stay."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    told = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    return {
        "many": page.has_other_pages(),
        "range": _("%(first)s to %(last)s of %(all)s") % told,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
