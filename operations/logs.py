"""How log lines look."""

import logging
import re
from types import TracebackType

import structlog
from structlog.typing import EventDict, WrappedLogger

# Addresses that open something by themselves: who reads the logs must not be able to use them.
SECRET_PATHS = re.compile(
    r"(/accounts/password/reset/key/|/notices/stop/|/invitations/|/still-true/|/write-with/|/advise/)[^/?\s]+"
)


def formatter(*, as_json: bool) -> logging.Formatter:
    """A formatter for structlog's and everybody else's records alike: JSON, one object a line, or words for people."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        without_secrets,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if as_json:  # what no line tells is not looked for (the HOWTO of logging, "Optimization")
        logging._srcfile = None
        logging.logThreads = logging.logProcesses = logging.logMultiprocessing = logging.logAsyncioTasks = False
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def without_secrets(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Secret parts of addresses are masked, and what stands behind the `?` (what people look for) is left out."""
    if "request" in line:  # `GET /path?query`
        line["request"] = SECRET_PATHS.sub(r"\1…", str(line["request"])).partition("?")[0]
    if isinstance(line.get("event"), str):
        line["event"] = SECRET_PATHS.sub(r"\1…", line["event"])
    return line


class CutInShort(logging.Filter):
    """gunicorn tells with a traceback of its own that somebody took nothing and was cut.

    Any other time that ran out, while an answer was made, keeps its traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], TimeoutError) and _is_sending(record.exc_info[2]):
            record.msg, record.args, record.exc_info = "A reader took too little and was cut", (), None
            record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return True


def _is_sending(traceback: TracebackType | None) -> bool:
    """Whether it ends where gunicorn writes to the line."""
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    return bool(traceback) and traceback.tb_frame.f_globals.get("__name__", "").startswith("gunicorn.")
