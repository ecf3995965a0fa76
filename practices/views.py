"""Where authors write practices, look at them, and hand them in. What is not theirs is not there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import allowed, asked_by_script
from catalogue import reviewing
from catalogue.drafting.autosave import at_one_go, hers_or_404
from catalogue.drafting.given_back import gives_back
from catalogue.drafting.texts import FORM_LANGUAGES
from catalogue.drafting.withdrawal import WithdrawalForm
from operations import unexpected
from operations.reading import REFUSED, read_and_write, read_only
from operations.unexpected import sends_only
from partners.models import Organisation
from practices import co_authors
from practices.desk import PracticeDesk
from practices.form_page import title_of
from practices.models import GoodPractice


@read_and_write
@allowed("practices.begin")
def new(request: HttpRequest) -> HttpResponse:
    desk, blank = PracticeDesk(request, None), _blank(request.user)
    if request.method != "POST":
        return desk.open(blank)
    return desk.begin(desk.first_sent(blank))


@read_and_write
@allowed("practices.begin", door_for=asked_by_script)
def new_autosave(request: HttpRequest) -> HttpResponse:
    return PracticeDesk(request, None).autosave()


@read_and_write
@allowed("practices.write", door_for=asked_by_script)
@at_one_go
def autosave(request: HttpRequest, uid: UUID) -> HttpResponse:
    mine = GoodPractice.objects.editable_by(request.user)
    return PracticeDesk(request, hers_or_404(request, mine, uid, kind=PracticeDesk.kind)).autosave()


@read_and_write
@allowed("practices.write")
@gives_back(co_authors.left)
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).edit()


@require_POST
@allowed("practices.write")
@sends_only()
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).submit()


@read_only
@allowed("practices.write")
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).preview()


@require_POST
@allowed("practices.write")
@sends_only()
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _desk(request, uid).take_back()


def _desk(request: HttpRequest, uid: UUID) -> PracticeDesk:
    return PracticeDesk(request, get_object_or_404(GoodPractice.objects.editable_by(request.user), uid=uid))


@read_and_write
@allowed("practices.withdraw")
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    published = GoodPractice.objects.removable_by(request.user).filter(live=True)
    practice = get_object_or_404(published, uid=uid)
    form = WithdrawalForm(request.POST if request.method == "POST" else None, record=practice)
    unexpected.tell(request, form)
    if not form.is_valid():
        status = REFUSED if form.is_bound else 200
        return render(request, "practices/form_withdraw.html", {**_told(practice), "form": form}, status=status)
    reviewing.withdraw(record=practice, by=request.user, **form.withdrawal)
    messages.success(request, _("The practice is no longer public. Its text is kept as a draft."))
    return redirect("notices:my_work")


@read_and_write
@allowed("practices.withdraw")
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    drafts = GoodPractice.objects.removable_by(request.user).filter(first_published_at=None)
    return PracticeDesk(request, get_object_or_404(drafts, uid=uid)).delete()


def _blank(user) -> GoodPractice:
    """What a new form begins with: the reader's language, and her organisation where she has only one."""
    language = get_language() if get_language() in FORM_LANGUAGES else FORM_LANGUAGES[0]
    mine = Organisation.objects.filter(memberships__user=user)[:2]
    return GoodPractice(original_language=language, organisation_in_charge=mine[0] if len(mine) == 1 else None)


def _told(practice: GoodPractice) -> dict:
    """What every small page about a practice tells."""
    return {
        "practice": practice,
        "title": title_of(practice),
    }
