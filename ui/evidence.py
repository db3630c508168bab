"""One service record with everything behind it (证据): who served and when, what counted, who recorded, approved and
revoked it, and its photos. Shown in a pane by the screens that come upon records.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.actions.services import Evidence, photo
from app.domain.moments import say_exactly
from app.domain.numbers import grouped
from app.domain.services import State
from app.sentences import services as words
from app.sentences.categories import category_name
from app.sentences.points import points
from app.words import _
from ui.jobs import Jobs
from ui.parts import paint
from ui.parts.facts import FactLine, Facts
from ui.parts.flow import Flow, flowing
from ui.parts.photos import PhotoThumb
from ui.parts.pictures import photo_in
from ui.parts.text import Paragraph, Text
from ui.states import service_state
from ui.theme import theme


class EvidenceView(QWidget):
    """``order_opened`` carries the id of the order the record belongs to."""

    order_opened = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.evidence: Evidence | None = None
        self._state = _StateLine()
        self._title = Text("", "section", bold=True, wrap=True)
        self._content = Paragraph()
        self.facts = Facts()
        self.facts.opened.connect(lambda order: self.order_opened.emit(order))
        self._photos = QWidget()
        self._flow = Flow(flowing(self._photos))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._state, self._title, self._content, self.facts, self._photos):
            column.addWidget(widget)

    def show_evidence(self, evidence: Evidence) -> None:
        if evidence == self.evidence:
            return
        is_other = self.evidence is None or evidence.photos != self.evidence.photos
        self.evidence = evidence
        self._state.say(evidence.state)
        self._title.setText(evidence.activity)
        # What was done is often no more than the activity's name; nobody reads it twice.
        self._content.set_sentence(evidence.content)
        self._content.setVisible(evidence.content not in ("", evidence.activity))
        self.facts.say(fact_lines(evidence))
        if is_other:
            self._show_photos(evidence)

    def first_stop(self) -> QWidget | None:
        """The door to the order, if there is one."""
        order = self.evidence.order if self.evidence is not None else None
        return self.facts.link(order) if order is not None else None

    def _show_photos(self, evidence: Evidence) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for place, name in enumerate(evidence.photos):
            thumb = PhotoThumb(place + 1)
            self._flow.addWidget(thumb)
            self._jobs.read(thumb, photo_in, (photo, name), done=thumb.show_photo)
        self._photos.setVisible(bool(evidence.photos))


def fact_lines(it: Evidence) -> list[FactLine]:
    """What is known of a record, in the order one asks for it."""
    late = _("{hours}，超过期限才记").format(hours=words.hours(it.minutes))
    who = " · ".join(part for part in (it.who, grouped(it.volunteer_number)) if part)
    category = category_name(it.category)
    counted = it.state in (State.APPROVED, State.REVERSED)
    return [
        FactLine(_("谁"), who),
        FactLine(_("时间"), words.span(it.started_at, it.ended_at)),
        FactLine(_("时长"), late if it.late else words.hours(it.minutes)),
        FactLine(_("计入"), _counted(it) if counted else ""),
        FactLine(_("订单"), it.order_number, it.order),
        FactLine(_("类别"), "" if category == it.activity else category),
        FactLine(_("地点"), it.place),
        FactLine(_("队伍"), it.team),
        FactLine(_("单位"), it.unit),
        FactLine(_("备注"), it.remark),
        FactLine(_("记录"), _by(it.recorded_by, it.recorded_at)),
        FactLine(_("审核人"), _by(it.decided_by, it.decided_at)),
        FactLine(_("已撤销"), _by(it.reversed_by, it.reversed_at)),
        FactLine(_("原因"), it.reason),
    ]


def _counted(it: Evidence) -> str:
    both = _("{hours}，积 {points}").format(
        hours=words.hours(it.counted_minutes), points=points(it.points_cents)
    )
    return _("{both}，已扣回").format(both=both) if it.state is State.REVERSED else both


def _by(who: str, at: datetime | None) -> str:
    return _("{who}　{when}").format(who=who, when=say_exactly(at)) if at is not None else ""


class _StateLine(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._state = State.WAITING
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, state: State) -> None:
        self._state = state
        self.setAccessibleName(words.state(state))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme.line_box("body"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        shape = service_state(self._state)
        size = theme.metrics.icon - 4
        box = QRectF(0, 0, size, self.height())
        paint.state(painter, shape.shape, box.center(), size, shape.colour)
        after = QRectF(size + 6, 0, self.width() - size - 6, self.height())
        paint.line(painter, after, shape.word, "body", shape.colour)
