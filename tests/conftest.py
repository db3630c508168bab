"""What holds for every test: no screen, no home, another time zone, and nothing unexpected said in a log.

Warnings and Qt messages fail a test through the settings in pyproject.toml. Every random test draws from
``random``, which is seeded anew for each test from the seed in pytest's heading, or from Hypothesis, which prints
how to repeat a failure.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from app.actions.desk import Desk
from app.words import SOURCE_LANGUAGE, use_language
from tests.support.desk import Station, open_station

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# What people read is Shanghai's time wherever the PC thinks it is; a zone nobody lives in shows who forgot.
os.environ["TZ"] = "Elsewhere+9:30"
time.tzset()

set_hypothesis_home_dir(Path(__file__).parent.parent / ".local" / "hypothesis")
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, so that no test reads or writes what belongs to the person at this PC."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        yield folder


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[logging.LogRecord]]:
    """Warnings and errors logged during the test. A test takes out what it expects; anything left fails it."""
    handler = _Records()
    logging.getLogger().addHandler(handler)
    yield handler.records
    logging.getLogger().removeHandler(handler)
    assert [f"{record.levelname} {record.name}: {record.getMessage()}" for record in handler.records] == []


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    """``speak("en")``: everything is said in English until the end of the test."""
    yield use_language
    use_language(SOURCE_LANGUAGE)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """A founded station with its people and a clock to be set; the clerk 陈芳 sits at the desk."""
    opened = open_station(tmp_path / "station")
    yield opened
    opened.close()


@pytest.fixture
def desk(station: Station) -> Desk:
    """The desk of a founded station, the clerk 陈芳 sitting there; ``station.sit`` lets another sit down."""
    return station.desk
