"""What it costs to find the words that changed in a text of 20,000 characters.

    python -m tests.measure.marks

Processor milliseconds, the best of five, for texts that differ in a little, in everything, and in ways that are hard to
compare. The figures stand in docs/measurements.md.
"""

import random
import time

from catalogue.marks import marks

CHARACTERS = 20_000


def main() -> None:
    chance = random.Random(7)
    words = [f"word{number}" for number in range(1, 3_000) for _times in range(max(1, 1_000 // number))]
    text = _text(chance, words)
    edited = " ".join(word if chance.random() > 0.1 else chance.choice(words) for word in text.split(" "))
    pairs = {
        "every tenth word": (text, edited),
        "another text": (text, _text(chance, words)),
        "words in reverse": (text, " ".join(reversed(text.split(" ")))),
        "two words alone": (_text(chance, ["a", "b"]), _text(chance, ["a", "b"])),
    }
    for name, (before, after) in pairs.items():
        print(f"{name:18} {min(_cost(before, after) for _round in range(5)):6.1f} ms")


def _text(chance: random.Random, words: list[str]) -> str:
    return " ".join(chance.choice(words) for _word in range(CHARACTERS))[:CHARACTERS]


def _cost(before: str, after: str) -> float:
    begun = time.process_time()
    marks(before, after)
    return (time.process_time() - begun) * 1_000


if __name__ == "__main__":
    main()
