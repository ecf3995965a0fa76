"""Where two texts of one draft differ, as the page shows it on which somebody chooses between them."""

from collections.abc import Callable
from dataclasses import dataclass

TAKE_THEIRS = "theirs"
CHOICE = "choice_"  # what the names of the buttons begin with that choose between the two


@dataclass(frozen=True)
class Difference:
    """A part of the form in which the two differ. Of a picture, `mine` and `theirs` are digests; `pictures` and `files` are
    the addresses of those that stand beside the words.

    `only_theirs`: the sender left it as she had read it, so that the other's is what she would want to keep.
    """

    name: str
    label: str
    mine: str
    theirs: str
    language: str = ""
    only_theirs: bool = False
    address_of: Callable[[str], str] | None = None  # of a picture, from its digest
    pictures: tuple[str, str] = ("", "")
    files: tuple[str, str] = ("", "")

    @property
    def choice(self) -> str:
        """The name of the radio buttons that choose between the two."""
        return f"{CHOICE}{self.name}"

    @property
    def my_picture(self) -> str:
        return self.pictures[0] or self._picture(self.mine)

    @property
    def their_picture(self) -> str:
        return self.pictures[1] or self._picture(self.theirs)

    @property
    def is_picture_alone(self) -> bool:
        """Then its words are a digest."""
        return self.address_of is not None

    def _picture(self, digest: str) -> str:
        return self.address_of(digest) if self.address_of and digest else ""
