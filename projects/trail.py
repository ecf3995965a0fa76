"""What a project adds to the trail of a practice."""

from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.texts import in_language

WORDS = 9  # a result is a whole statement; its beginning says which, and the link leads to the rest


def project_trail(project: dict, practice: dict, step: dict) -> list[dict]:
    """The project, and the first of its results that the practice grew from."""
    grown = (result for result in project["results"] if result["uid"] in practice["grew_from"])
    return [step | {"label": _("Project")}, *(_result(result, project, step) for result in list(grown)[:1])]


def _result(result: dict, project: dict, step: dict) -> dict:
    reading = in_language(result["text"], get_language(), project["original_language"])
    lang = "" if reading.language == get_language() else reading.language
    return {
        "kind": "result",
        "label": _("Result"),
        "title": Truncator(reading.text).words(WORDS, truncate="…"),
        "lang": lang,
        "url": f"{step['url']}#{result['uid']}",
        "example": project["example"],
    }
