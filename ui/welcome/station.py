"""First page (这是哪个站): the station's name, its region code with what the code says, and what kind of station."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain import regions
from app.domain.stations import StationLevel, usual_level
from app.sentences.stations import level_words
from app.words import N_, _
from ui.cover import Cover
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.fields import TextField
from ui.parts.form import Form
from ui.parts.grouped import GroupedField
from ui.parts.languages import Languages
from ui.parts.steps import StepHeader
from ui.parts.text import Paragraph

_KINDS = {
    StationLevel.STATION: N_("村、社区的实践站"),
    StationLevel.OFFICE: N_("乡镇、街道的实践所"),
    StationLevel.CENTRE: N_("县、区的实践中心"),
}
# So many digits name a province, a city, a county, a town, a village.
_WHOLE = (12, 9, 6, 4, 2)


class RegionField(QWidget):
    """Twelve digits, 6-3-3 while typing, and below them what they say so far."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = GroupedField(
            regions.grouped, _("12 位，如 370883 102 204"), name=_("地区代码"), at_most=12
        )
        self.echo = Paragraph("", "secondary", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.echo)
        self.setFocusProxy(self.line)
        self.line.edited.connect(self._on_edited)
        self._say()

    def value(self) -> str:
        return self.line.value()

    def set_value(self, code: str) -> None:
        self.line.set_value(code)
        self._say()

    def is_empty(self) -> bool:
        return self.line.is_empty()

    def set_refused(self, is_refused: bool) -> None:
        self.line.set_refused(is_refused)

    def whole(self) -> str:
        """The code as far as it names a region, filled up to twelve digits; empty before that."""
        typed = self.value()
        if not typed.isdecimal():
            return ""
        digits = next((length for length in _WHOLE if len(typed) >= length), 0)
        return typed[:digits].ljust(regions.LENGTH, "0") if digits else ""

    def _on_edited(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        code = self.whole()
        said = regions.echo(code) if code else _("区划代码，不知道可以问乡镇或街道")
        self.echo.set_sentence(said)


class StationPage(Cover):
    """``on`` and ``back`` are the two ways out of every page; ``restore_asked`` is for a station that was before."""

    on = Signal()
    back = Signal()
    restore_asked = Signal()
    fields = ("name", "region", "level")

    def __init__(self) -> None:
        leave = Button(_("先不建，关上"), kind="quiet", key="Esc")
        restore = Button(_("从备份恢复"), kind="quiet")
        restore.clicked.connect(lambda _checked: self.restore_asked.emit())
        go_on = Button(_("下一步"), kind="primary", key="Ctrl+Enter")
        self.languages = Languages()
        super().__init__(left=(leave,), right=(restore, go_on), above=self.languages)
        self.form = Form()
        self.form.primary = go_on
        self.name = self.form.add(_("名称"), TextField(_("证书上印的全称"), at_most=60), name="name")
        self.region = self.form.add(_("地区"), RegionField(), name="region")
        self.level_chips = self.form.add(
            _("是哪一级"),
            Chips([(level, level_words(level)) for level in _KINDS], name=_("是哪一级")),
            name="level",
        )
        self._explained = self.form.row_of(self.level_chips).add_below(
            Paragraph("", "secondary", "secondary")
        )
        self._is_chosen = False
        self.column.addWidget(
            StepHeader(
                _("这是哪个站"), 1, 3, _("资料都存在这台电脑上，加了密，不用联网。到第三步才真正建站。")
            )
        )
        self.column.addWidget(self.form)
        self.region.edited.connect(self._guess_level)
        self.level_chips.edited.connect(self._on_chosen)
        self.form.saved.connect(self.on)
        self.form.left.connect(self.back)
        leave.clicked.connect(lambda _checked: self.back.emit())
        go_on.clicked.connect(lambda _checked: self.on.emit())
        self.setFocusProxy(self.name)
        self.level_chips.set_value(StationLevel.STATION)
        self._explain()

    def take_over(self, before: StationPage) -> None:
        self.name.set_value(before.name.value())
        self.region.set_value(before.region.value())
        self._is_chosen = before._is_chosen
        self.level_chips.set_value(before.level())
        self._explain()

    def level(self) -> StationLevel:
        return self.level_chips.value() or StationLevel.STATION

    def _guess_level(self) -> None:
        """What usually stands in such a region, until somebody says otherwise."""
        code = self.region.whole()
        if code and not self._is_chosen:
            self.level_chips.set_value(usual_level(code))
            self._explain()

    def _on_chosen(self) -> None:
        self._is_chosen = True
        self._explain()

    def _explain(self) -> None:
        self._explained.set_sentence(_(_KINDS[self.level()]))
