"""gunicorn reads the longest question that the API allows, and its own lines look like the portal's."""

import os

limit_request_line = 8190  # the most that it takes; what is longer it refuses before the portal hears of it

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {"()": "operations.logs.formatter", "as_json": os.environ.get("MER_MODE") == "server"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "filters": {"short": {"()": "operations.logs.CutInShort"}},
    "loggers": {"gunicorn.error": {"handlers": [], "filters": ["short"], "level": "INFO", "propagate": True}},
}
