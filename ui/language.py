"""The language of the window (语言), changed live: our words, Qt's own words, and who wants to hear of it.

``speech`` is the one instance. Screens are built anew by the frame when the language changes; parts that outlive them
connect to ``speech.changed``. What a clerk chose is remembered elsewhere.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator, Signal

from app import words
from ui.theme import theme

# English is what Qt speaks by itself.
_QT_WORDS = {"zh_CN": "qtbase_zh_CN", "zh_TW": "qtbase_zh_TW"}


class Speech(QObject):
    """``changed`` comes when everything is said in the new language."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._qt_words: QTranslator | None = None

    def begin(self, language: str) -> None:
        """Speak from the start of the program on; a language that is not ours is the source language."""
        words.use_language(language if language in words.LANGUAGES else words.SOURCE_LANGUAGE)
        self._use_qt_words()
        theme.suit_language()

    def use(self, language: str) -> None:
        if language == words.language() or language not in words.LANGUAGES:
            return
        words.use_language(language)
        self._use_qt_words()
        theme.suit_language()
        self.changed.emit()

    def _use_qt_words(self) -> None:
        """The menus of fields and the like."""
        if self._qt_words is not None:
            QCoreApplication.removeTranslator(self._qt_words)
            self._qt_words = None
        name = _QT_WORDS.get(words.language())
        if name is None:
            return
        made = QTranslator()
        if made.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            QCoreApplication.installTranslator(made)
            self._qt_words = made


speech = Speech()
