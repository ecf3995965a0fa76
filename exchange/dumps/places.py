"""How many live dumps a process gives at once: each holds a thread and a connection as long as its reader takes."""

from threading import Lock

from django.conf import settings


class Place:
    """One reader's; giving it back twice does no harm."""

    def __init__(self, places: "Places"):
        self._places = places
        self._lock = Lock()

    def give_back(self) -> None:
        with self._lock:
            places, self._places = self._places, None
        if places:
            places.returned()


class Places:
    def __init__(self):
        self._lock = Lock()
        self.taken = 0

    def take(self) -> Place | None:
        """None if all are taken."""
        with self._lock:
            if self.taken >= settings.EXCHANGE["DUMPS_AT_ONCE"]:
                return None
            self.taken += 1
        return Place(self)

    def returned(self) -> None:
        with self._lock:
            self.taken -= 1


PLACES = Places()
