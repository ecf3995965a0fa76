"""The cache that pages may lose without being lost themselves."""

import logging
from collections.abc import Callable

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(name: str, without: object) -> Callable:
    """The method, answering `without` while Redis cannot be reached: a miss, or nothing done."""

    def method(self, *args, **kwargs):
        try:
            return getattr(super(ForgivingRedisCache, self), name)(*args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does not answer: %s", error)
            return kwargs.get("default", args[1] if len(args) > 1 else None) if name == "get" else without

    method.__name__ = name
    return method


class ForgivingRedisCache(RedisCache):
    """Redis, or a cache that remembers nothing while Redis is down. Rate limits then let everybody through."""

    add = _forgiving("add", without=True)
    get = _forgiving("get", without=None)
    set = _forgiving("set", without=None)
    touch = _forgiving("touch", without=False)
    delete = _forgiving("delete", without=False)
    get_many = _forgiving("get_many", without={})
    has_key = _forgiving("has_key", without=False)
    incr = _forgiving("incr", without=1)
    set_many = _forgiving("set_many", without=[])
    delete_many = _forgiving("delete_many", without=None)
    clear = _forgiving("clear", without=False)
