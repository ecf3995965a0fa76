"""What was taken out of a text and what was put in: both texts can be read in the marks."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.marks import Mark, after_of, before_of, marks, whole

words = st.lists(
    st.sampled_from(["area", "čista", "town", ",", ".", " ", " ", "\n\n", "- ", "c\u030c"]), max_size=60
).map("".join)


def told(before: str, after: str) -> str:
    """[taken out] and {put in}."""
    shapes = {"same": "%s", "removed": "[%s]", "added": "{%s}"}
    return "".join(shapes[mark.kind] % mark.text for mark in marks(before, after))


@given(words | st.text(), words | st.text())
@example("a", "")
@example("a b a b", "b a b a")
def test_either_text_is_read_in_the_marks(before, after):
    pieces = marks(before, after)

    assert (before_of(pieces), after_of(pieces)) == (before, after)
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in zip(pieces, pieces[1:], strict=False))


@given(words | st.text())
def test_the_same_text_has_no_marks(text):
    assert marks(text, text) == ([Mark("same", text)] if text else [])


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.lists(st.sampled_from("abcdefgh"), max_size=30))
def test_what_is_found_beyond_the_usual_depth_is_right_too(before, after):
    pieces = marks(" ".join(before), " ".join(after))

    assert (before_of(pieces), after_of(pieces)) == (" ".join(before), " ".join(after))


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("The yard is open.", "The yard was open.", "The yard [is]{was} open."),
        ("The yard is open.", "The yard is open on Fridays.", "The yard is open{ on Fridays}."),
        ("A red, big house", "A blue, large house", "A [red, big]{blue, large} house"),
        ("Industrijska cona", "Industrijske cone", "[Industrijska cona]{Industrijske cone}"),
        ("cesta", "c\u030cesta", "[cesta]{c\u030cesta}"),
        ("One.\n\nTwo.", "One.\n\nThree.\n\nTwo.", "One.\n\n{Three.\n\n}Two."),
        ("", "New", "{New}"),
        ("Old", "", "[Old]"),
    ],
)
def test_marks_stand_on_whole_words(before, after, read):
    assert told(before, after) == read


def test_what_is_no_text_changes_as_a_whole():
    assert whole("1 May 2026", "2 May 2026") == [Mark("removed", "1 May 2026"), Mark("added", "2 May 2026")]
    assert whole("", "running") == [Mark("added", "running")]
    assert whole("running", "running") == [Mark("same", "running")]
    assert whole("", "") == []
