"""The messages that are sent, as the committed description has them: the section `webhooks` and the bodies' JSON Schema."""

from exchange.shapes import TIME, an_object, listed, ref

CHANGED, TEST = "catalogue.changed", "webhook.test"

CATALOGUE_CHANGED = an_object(
    "There is something to pull: ask `changes` with your own cursor.",
    type={"const": CHANGED},
    timestamp=TIME
    | {"description": "When the message was made; each try says in `webhook-timestamp` when it was sent."},
    data=an_object(
        "How far the catalogue is.",
        cursor={
            "type": "string",
            "description": "A cursor of `changes`: where the catalogue was when the message was made.",
        },
        kinds=listed({"type": "string"})
        | {"description": "The kinds of records that changed, at least one.", "minItems": 1},
    ),
)
WEBHOOK_TEST = an_object(
    "Somebody of the network has asked for it; nothing has changed.",
    type={"const": TEST},
    timestamp=TIME,
    data={"type": "object", "description": "Empty."},
)
COMPONENTS = {"CatalogueChanged": CATALOGUE_CHANGED, "WebhookTest": WEBHOOK_TEST}

HEADERS = {
    "webhook-id": (
        {"type": "string", "pattern": "^msg_[A-Za-z0-9_-]+$"},
        "Of the message: the same at each try, so that one that comes twice is known.",
    ),
    "webhook-timestamp": (
        {"type": "string", "pattern": "^[0-9]+$"},
        "When this try was sent, in seconds since 1970. Refuse what is more than five minutes away from your clock.",
    ),
    "webhook-signature": (
        {"type": "string", "pattern": "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$"},
        "`v1,` and the base64 of the HMAC-SHA256 of id, timestamp and body with a dot between them (Standard Webhooks); for a"
        " day after the secret was changed two, with a blank between them.",
    ),
}


GONE = {"410": {"description": "There is no receiver any more: the webhook is stopped at once."}}
TAKEN = {"2XX": {"description": "It was taken, within ten seconds; do the work afterwards."}}


def webhooks() -> dict:
    """What OpenAPI calls so: what the portal asks of others."""
    not_now = _later("Not now: the next try waits as long as `Retry-After` says, within three days.")
    again = "It is tried again for three days, with growing pauses; redirects are not followed."
    tried_again = {"429": not_now, "503": not_now, "default": {"description": again}}
    once = {"default": {"description": "It did not arrive, and is not tried again."}}
    return {
        CHANGED: {"post": _message("webhook_changed", "The catalogue has changed.", "CatalogueChanged", tried_again)},
        TEST: {"post": _message("webhook_test", "A test that a network has sent to itself.", "WebhookTest", once)},
    }


def _message(operation: str, summary: str, body: str, answers: dict) -> dict:
    return {
        "operationId": operation,
        "summary": summary,
        "tags": ["webhooks"],
        "security": [],
        "parameters": [
            {"in": "header", "name": name, "required": True, "schema": schema, "description": text}
            for name, (schema, text) in HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref(body)}}},
        "responses": TAKEN | GONE | answers,
    }


def _later(text: str) -> dict:
    schema = {"type": "string", "description": "Seconds, or a date of HTTP."}
    return {"description": text, "headers": {"Retry-After": {"schema": schema}}}
