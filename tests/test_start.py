"""`make run`: what is done before the web server starts."""

import pytest

from tools import start


@pytest.fixture
def commands(monkeypatch, tmp_path):
    done = []
    monkeypatch.setattr(start, "manage", lambda title, *command: done.append(command[0]))
    monkeypatch.setattr(start, "RENDERED_BY", tmp_path / "rendered-by")
    return done


def test_published_records_are_brought_up_to_other_code_once(commands, monkeypatch):
    start.prepare()
    start.prepare()
    monkeypatch.setattr(start, "release", lambda: "another release")
    start.prepare()

    assert commands == ["migrate", "seed", "catalogue", "migrate", "seed", "migrate", "seed", "catalogue"]
