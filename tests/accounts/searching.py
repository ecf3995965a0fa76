"""Looks for a word wherever the portal could have kept it: below the models, in files, in the cache."""

import pickle
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.storage import storages
from django.db import connection


def places_with(word: str) -> list[str]:
    """Where it stands; small and big letters alike."""
    return sorted({*_tables(word), *_sessions(word), *_files(word), *_caches(word)})


def _tells(value, word: str) -> bool:
    if isinstance(value, memoryview | bytes | bytearray):
        value = bytes(value).decode("utf-8", "replace")
    return word in str(value).lower()


def _tables(word: str):
    """Every column of every table that the database has, whatever it is of."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor, include_views=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                yield from (f"{table}.{name}" for name, value in zip(columns, row, strict=True) if _tells(value, word))


def _sessions(word: str):
    yield from ("a session" for session in Session.objects.all() if _tells(session.get_decoded(), word))


def _files(word: str):
    """Names and contents; the database's own file, which keeps deleted rows until they are overwritten, is not ours."""
    for folder in (settings.MEDIA_ROOT, storages["records"].location, settings.VAR_DIR):
        for path in Path(folder).rglob("*"):
            if (
                path.is_file()
                and ".sqlite3" not in path.name
                and (_tells(path, word) or _tells(path.read_bytes(), word))
            ):
                yield str(path)


def _caches(word: str):
    for cache in caches.all():
        for key, value in _kept(cache):
            if _tells(key, word) or _tells(value, word):
                yield f"the cache: {key}"


def _kept(cache):
    if hasattr(cache, "_expire_info"):  # local memory
        yield from ((key, pickle.loads(value)) for key, value in cache._cache.items())
    else:
        redis = cache._cache.get_client()
        yield from ((key, redis.type(key) == b"string" and redis.get(key)) for key in redis.scan_iter())
