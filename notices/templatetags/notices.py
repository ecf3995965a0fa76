"""What pages show of notices."""

from django import template
from django.contrib.auth.models import Permission
from django.core.paginator import Page
from django.db.models import Count, Exists, Q, Subquery
from django.template import Context
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from notices import kinds, letters, undeliverable
from notices.models import Notification, Undeliverable
from operations.dates import long_date, moment

register = template.Library()


@register.simple_tag
def masthead_of(user) -> dict:
    """How many notices she has not read, and whether the admin would let her in: one query, for signed-in people alone."""
    may_enter = Permission.objects.filter(
        Q(user=user.pk) | Q(group__user=user.pk), content_type__app_label="wagtailadmin", codename="access_admin"
    )
    unread = Count("notifications", filter=Q(notifications__read_at=None))
    back = Subquery(Undeliverable.objects.marked().of(user.email).values("since")[:1])
    told = User.objects.filter(pk=user.pk).annotate(unread=unread, enters=Exists(may_enter), letters_back=back)
    row = told.values("unread", "enters", "letters_back").first() or {"unread": 0, "enters": False}
    user.letters_back = row.get("letters_back")  # for the note on the same page
    return {"unread": row["unread"], "enters_admin": user.is_superuser or row["enters"]}


@register.inclusion_tag("notices/letters_back.html", takes_context=True)
def letters_back(context: Context) -> dict:
    """Says since when letters to her address come back. The masthead has looked it up, where the page has one."""
    user = context["request"].user
    since = user.letters_back if hasattr(user, "letters_back") else undeliverable.since(user.email)
    return {
        "since": long_date(localtime(since)) if since else "",
        "address": user.email,
        "csrf_token": context.get("csrf_token"),
    }


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
