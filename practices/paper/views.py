"""The empty form to take along, and the door for the one that was filled in."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import allowed
from catalogue import uids, working_copies
from catalogue.attached import Format
from catalogue.models.entry import KindName
from catalogue.models.working_copy import FROM_DOCUMENT
from catalogue.working_copies import Sheet, TooMuch
from operations import unexpected
from operations.reading import REFUSED, read_and_write, read_only
from practices.paper.document import empty_form
from practices.paper.questions import writing_language
from practices.paper.reading import Filled, read

TOO_MUCH = gettext_lazy(
    "You have begun too much already, or the document is too long. Save or drop what you have begun."
)

MOST_TOLD, MOST_UNREAD = 10, 30


class DocumentForm(forms.Form):
    """Clean, `document` is what was read of it."""

    document = forms.FileField(
        label=gettext_lazy("The filled-in form"),
        help_text=gettext_lazy("A DOCX document, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": gettext_lazy("Choose the document first."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_document(self) -> Filled:
        return read(self.cleaned_data["document"])


@read_only
@allowed("practices.begin")
def empty(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(empty_form(writing_language()), content_type=Format.DOCX.media_type)
    answer["Content-Disposition"] = f'attachment; filename="mer-{_("good-practice")}.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@read_and_write
@allowed("practices.begin")
def bring(request: HttpRequest) -> HttpResponse:
    """What was read stands in the form of a new one, as if it had been typed there and not saved yet."""
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    unexpected.tell(request, form)
    if not form.is_valid():
        return render(request, "practices/bring.html", {"form": form}, status=REFUSED if form.is_bound else 200)
    filled, uid = form.cleaned_data["document"], uids.fresh(request.user)
    try:
        working_copies.keep(
            sheet=Sheet(request.user, KindName.PRACTICES, uid),
            typed=filled.typed,
            revision=None,
            stamp=f"{FROM_DOCUMENT}{uuid4().hex}",
            known=(),
        )
    except TooMuch:
        form.add_error("document", ValidationError(TOO_MUCH))
        return render(request, "practices/bring.html", {"form": form}, status=REFUSED)
    _tell(request, filled)
    return redirect(f"{reverse('practices:new')}?copy={uid}")


def _tell(request: HttpRequest, filled: Filled) -> None:
    told = ngettext(
        "%(number)s answer was read from the document. Look through it, and save the draft.",
        "%(number)s answers were read from the document. Look through them, and save the draft.",
        filled.answers,
    )
    messages.success(request, told % {"number": filled.answers})
    for question, answer in list(dict.fromkeys(filled.unread))[:MOST_UNREAD]:
        unread = _("The answer to “%(question)s” is not among those offered: “%(answer)s”. Please choose it here.")
        messages.warning(request, unread % {"question": question, "answer": answer})
    for question, answer in list(dict.fromkeys(filled.left))[:MOST_TOLD]:
        left = _("The form has no more room for the answer to “%(question)s”: “%(answer)s”. It was not taken.")
        messages.warning(request, left % {"question": question, "answer": answer})
    if len(filled.left) > MOST_TOLD:
        messages.warning(request, _("Further answers were not taken either, because the form has no more room."))
