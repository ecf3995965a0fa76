"""What a row of the table found, and whether that is enough."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Goal:
    """A ratio (or another number, with its `unit`) beside its limit; without a limit it is only told."""

    name: str
    says: str
    found: dict[str, float] | None  # median, min, max; None where there was nothing to measure
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""

    @property
    def is_reached(self) -> bool | None:
        """None without a limit. What could not be measured is not reached."""
        if self.at_least is None and self.at_most is None:
            return None
        if self.found is None:
            return False
        if self.at_least is not None:
            return self.found["median"] >= self.at_least
        return self.found["median"] <= self.at_most

    def told(self) -> dict:
        limit = {"at_least": self.at_least, "at_most": self.at_most, "unit": self.unit}
        return {"name": self.name, "says": self.says, "found": self.found, "reached": self.is_reached, **limit}


@dataclass
class Outcome:
    row: str
    goals: list[Goal]
    contenders: list[dict] = field(default_factory=list)
    note: str = ""

    def told(self) -> dict:
        goals = [goal.told() for goal in self.goals]
        return {"row": self.row, "goals": goals, "contenders": self.contenders, "note": self.note}


def exactly(number: float) -> dict[str, float]:
    return {"median": number, "min": number, "max": number}
