"""What an action plan adds to the trail of a practice."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.texts import in_language


def plan_trail(plan: dict, practice: dict, step: dict) -> list[dict]:
    """The first measure that grew from the practice, and what its indicator says."""
    for measure in plan["measures"]:
        if practice["uid"] in [origin["uid"] for origin in measure["derived_from"]]:
            indicators = [each for each in plan["indicators"] if each["measure"] == measure["uid"] and each["values"]]
            of_measure = _step("measure", _("Measure"), measure["title"], measure["uid"], plan, step)
            return [of_measure, *(_indicator(each, plan, step) for each in indicators[:1])]
    return []


def _indicator(indicator: dict, plan: dict, step: dict) -> dict:
    latest = max(indicator["values"], key=lambda value: value["year"] or int((value["date"] or "0")[:4]))
    found = _step("indicator", _("Indicator"), indicator["name"], indicator["uid"], plan, step)
    return found | {
        "note": ": ".join(str(each) for each in (latest["year"] or latest["date"], latest["value"]) if each)
    }


def _step(kind: str, label: str, texts: dict, uid: str, plan: dict, step: dict) -> dict:
    reading = in_language(texts, get_language(), plan["original_language"])
    return {
        "kind": kind,
        "label": label,
        "title": reading.text,
        "lang": "" if reading.language == get_language() else reading.language,
        "url": f"{step['url']}#{uid}",
        "example": plan["example"],
    }
