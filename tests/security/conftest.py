"""The application as it is dressed in the program."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.theme import theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.install("light")
    return qapp
