"""The page of a practice."""

import re

import pytest
from django.urls import reverse

from practices.templatetags.practice_page import LONG_OPENING
from tests.factories import GoodPracticeFactory, publish
from tests.practices.writing import begun

pytestmark = [pytest.mark.core, pytest.mark.django_db]

LONG = "a" * LONG_OPENING


@pytest.mark.parametrize(
    ("opening", "has_large_letter"), [(LONG, True), (f"Short.\n\n{LONG}", False), (f"Short:\n- {LONG}", False)]
)
def test_only_a_long_first_paragraph_begins_with_a_large_letter(client, opening, has_large_letter):
    practice = publish(GoodPracticeFactory(problem_and_context={"en": opening}))

    page = client.get(f"/en/practices/{practice.slug}/").content.decode()

    assert ('class="text first"' in page) == has_large_letter


def test_a_draft_is_submitted_by_one_word_in_the_form_and_in_its_preview(client, nina):
    client.force_login(nina)
    practice = begun(nina)

    pages = [client.get(reverse(f"practices:{name}", args=[practice.uid])) for name in ("edit", "preview")]

    found = [re.findall(r"<button[^>]*>(Submit[^<]*)</button>", page.content.decode()) for page in pages]
    assert found == [["Submit"], ["Submit"]]
