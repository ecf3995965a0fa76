"""What an event adds to the trail of a practice."""

from events.cards import event_kicker


def event_trail(event: dict, practice: dict, step: dict) -> list[dict]:
    return [step | {"label": event_kicker(event)}]
