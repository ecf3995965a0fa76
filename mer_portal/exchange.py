"""The REST API's settings, and how much the doors to other networks give at once, as the environment tells of it."""

from django.core.exceptions import ImproperlyConfigured
from environ import Env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "exchange.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "MER portal: the catalogue of good practices",
    "DESCRIPTION": "Practices, projects, partners, events, plans and more, complete and incremental. See /api/docs/.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["exchange.schema.doors_only"],
    "POSTPROCESSING_HOOKS": ["exchange.schema.complete"],
}


def limits(env: Env) -> dict[str, int]:
    """KEPT_ANSWERS: bytes of the API's answers, packed, that each process keeps.

    Of dumps: DUMPS_EVERY, minutes between two ready-made files of a kind that changes; DUMPS_KEPT, minutes that a file stays
    when there is a newer one; DUMPS_AT_ONCE, live ones of all processes together (on SQLite, of each process); DUMPS_SLOWEST,
    kilobytes a second that a reader takes on average.

    Of everybody: READS_A_MINUTE and DUMPS_A_MINUTE, requests that a process answers one visitor's address; the same
    _WITH_KEY, a network (0: no limit); USE_WRITTEN_AFTER, seconds until what networks asked is written down (0: not by itself).
    """
    return {
        "KEPT_ANSWERS": env.int("KEPT_ANSWERS", 32_000_000),
        "DUMPS_EVERY": env.int("DUMPS_EVERY", 15),
        "DUMPS_KEPT": env.int("DUMPS_KEPT", 60),
        "DUMPS_AT_ONCE": env.int("DUMPS_AT_ONCE", 4),
        "DUMPS_SLOWEST": env.int("DUMPS_SLOWEST", 16),
        "READS_A_MINUTE": env.int("READS_A_MINUTE", 1_200),
        "READS_A_MINUTE_WITH_KEY": env.int("READS_A_MINUTE_WITH_KEY", 12_000),
        "DUMPS_A_MINUTE": env.int("DUMPS_A_MINUTE", 60),
        "DUMPS_A_MINUTE_WITH_KEY": env.int("DUMPS_A_MINUTE_WITH_KEY", 600),
        "USE_WRITTEN_AFTER": env.int("USE_WRITTEN_AFTER", 15),
    }


def webhooks_here(env: Env, *, server: bool) -> bool:
    """WEBHOOKS_TO_THIS_MACHINE: whether a webhook may lead to the portal's own machine, for somebody who tries hers there."""
    allowed = env.bool("WEBHOOKS_TO_THIS_MACHINE", False)
    if allowed and server:
        text = "WEBHOOKS_TO_THIS_MACHINE=1 lets anybody reach what only this machine may: never with MER_MODE=server."
        raise ImproperlyConfigured(text)
    return allowed
