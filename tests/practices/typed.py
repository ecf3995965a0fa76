"""What the form of a practice makes of what is typed."""

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from practices.forms import PracticeForm
from practices.models import GoodPractice
from tests.practices.writing import with_picture


def form_of(user, data, draft=None, photo=None):
    posted, files = QueryDict(mutable=True), MultiValueDict()
    for name, value in with_picture(data | ({"photo": photo} if photo else {})).items():
        (files if value is photo else posted).setlist(name, value if isinstance(value, list) else [value])
    return PracticeForm(posted, files, draft=draft or GoodPractice(), user=user)


def shown_in(draft, user) -> dict:
    return PracticeForm(draft=draft, user=user).initial


def written(user, data, draft=None, **more):
    draft = draft or GoodPractice()
    form = form_of(user, data, draft, **more)
    assert form.errors == {}
    form.write_to(draft)
    return draft
