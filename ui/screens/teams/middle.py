"""The rows of a team (队员、手上的单、评价): whoever is in it, what it has in hand, how it was rated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions.rosters import RosterPaper
from app.actions.search import suggest_people
from app.actions.search_people import PersonHit
from app.actions.teams import OrderOfTeam, TeamOrders
from app.domain.moments import say_moment, say_remaining
from app.domain.numbers import is_volunteer_number
from app.domain.problems import Refusal
from app.facts import Id
from app.sentences import sentence
from app.sentences.categories import category_name
from app.words import _
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.empty import Empty
from ui.parts.form import Mend, RefusalLine
from ui.parts.menubutton import MenuButton
from ui.parts.people import person_rows
from ui.parts.rows import Row, RowList, State
from ui.parts.table import Cell, Column, Table
from ui.parts.text import Text
from ui.parts.typeahead import TypeAhead
from ui.screen import Services
from ui.screens.board.wording import shape_of
from ui.screens.teams.pane import IN_HAND, MEMBERS, RATED
from ui.screens.volunteers.filters import Narrowed
from ui.screens.volunteers.register import Line, hours_cell, lines, people_query
from ui.screens.volunteers.wording import age, order_words, spaced_phone, stars
from ui.theme import theme


class Middle(QWidget):
    """``joined`` carries a ``PersonHit``; ``led`` and ``gone`` a member; ``person_opened``, ``order_opened`` ids."""

    joined = Signal(object)
    led = Signal(object)
    gone = Signal(object)
    person_opened = Signal(str)
    order_opened = Signal(object)
    left = Signal()

    def __init__(self, app: Services, *, may_edit: bool) -> None:
        super().__init__()
        self._app, self._may_edit = app, may_edit
        self._team, self._leader = "", ""
        self._is_open = False
        self.back = Button(_("队伍"), kind="quiet", icon="left", key="Esc")
        self.title = Text("", "section", bold=True, wrap=True)
        self.pages: Chips[str] = Chips(
            [(MEMBERS, _("队员")), (IN_HAND, _("手上的单")), (RATED, _("评价"))],
            name=_("看什么"),
            chosen=MEMBERS,
        )
        self.print = MenuButton(icon="print", name=_("打印"), key="Ctrl+P")
        self.pages.edited.connect(lambda: self.show_page(self.pages.value() or MEMBERS))
        self.members = self._member_table()
        self.in_hand = RowList(name=_("手上的单"))
        self.rated = RowList(name=_("评价"))
        self._knows_members = self._knows_orders = False  # what was not read yet is not nothing
        self._nobody = Empty("")
        self._nothing = Empty("")
        self.add_line = TypeAhead(
            app.jobs,
            suggest_people,
            person_rows,
            _("加队员：姓名、拼音或电话"),
            name=_("加队员"),
            codes=is_volunteer_number,
        )
        self.refusal = RefusalLine()
        self.lead = Button(_("当队长"), key="L")
        self.leave = Button(_("退队"), key="Delete")
        self._build()
        self._connect()

    # --- what is shown

    def show_team(self, team: Id, name: str, leader: Id | None, *, is_open: bool) -> None:
        """Another team, or the same with another name or leader."""
        is_other = team != self._team
        if is_other:
            self._knows_members = self._knows_orders = False
        self._team, self._leader, self._is_open = team, leader or "", is_open
        may_add = self._may_edit and is_open
        self._nobody.set_sentence(_("还没有队员。在上面写名字，加第一位。") if may_add else _("还没有队员。"))
        self.title.setText(name)
        if is_other:
            self.add_line.set_chosen(None, "")
            self.refusal.clear()
            self.members.show_rows(lines(Narrowed(team=team)))
        else:
            self.members.refresh()
        self._fit()

    def show_orders(self, orders: TeamOrders) -> None:
        now = self._app.now()
        self._knows_orders = True
        self.in_hand.set_rows([_order_row(one, now) for one in orders.in_hand])
        self.rated.set_rows([_rating_row(one, now) for one in orders.rated])
        self._show_right_page()

    def show_page(self, name: str) -> None:
        self.pages.set_value(name)
        self._fit()
        self._show_right_page()

    def refuse(self, refusal: Refusal, mend: Mend | None) -> None:
        self.refusal.say(sentence(refusal), mend)

    def taken(self) -> None:
        """Who was typed is in the team now; the line waits for the next."""
        self.add_line.set_chosen(None, "")
        self.refusal.clear()

    def member(self) -> Line | None:
        return self.members.row() if self.pages.value() == MEMBERS and self.members.total() else None

    def roster(self) -> tuple[RosterPaper, int] | None:
        """The members as a paper, and how many they are; None while there are none."""
        total = self.members.total() if self._knows_members else 0
        if not total:
            return None
        order = self.members.ordered()
        words = _("{chosen} · {order}").format(chosen=_("全体队员"), order=order_words(*order))
        query = people_query(Narrowed(team=self._team), *order)
        return RosterPaper(query=query, about=words, team=self._team), total

    def go_add(self) -> None:
        self.show_page(MEMBERS)
        self.add_line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        shown = self._stack.currentWidget()
        if shown in (self._nobody, self._nothing) or shown is None:
            (self.add_line if self.add_line.isVisibleTo(self) else self.pages).setFocus()
        else:
            shown.setFocus()

    # --- building

    def _build(self) -> None:
        self._tools = QWidget()
        self._tool_lines = tools = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(8)
        tools.addWidget(self.add_line, 1)
        pair = QHBoxLayout()
        pair.addWidget(self.lead)
        pair.addWidget(self.leave)
        pair.addStretch()
        tools.addLayout(pair)
        self._dress()
        theme.changed.connect(self._dress)
        around = QWidget()
        self._stack = QStackedLayout(around)
        for page in (self.members, self.in_hand, self.rated, self._nobody, self._nothing):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for widget in (self.pages, self._tools, self.refusal):
            column.addWidget(widget)
        column.addWidget(around, 1)

    def _dress(self) -> None:
        """With their keys in them the buttons need a line of their own."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._tool_lines.setDirection(down if theme.large else across)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda _checked: self.left.emit())
        self.add_line.chosen.connect(self._on_chosen)
        self.add_line.edited.connect(self.refusal.clear)
        self.lead.clicked.connect(lambda _checked: self._with_member(self.led.emit))
        self.leave.clicked.connect(lambda _checked: self._with_member(self.gone.emit))
        self.members.pointed.connect(lambda _line: self._fit())
        self.members.opened.connect(lambda line: self.person_opened.emit(line.row.id))
        self.members.counted.connect(lambda _total: self._on_counted())
        for listed in (self.in_hand, self.rated):
            listed.opened.connect(self.order_opened)

    def _member_table(self) -> Table[Line]:
        columns: list[Column[Line]] = [
            Column("name", _("姓名"), 144, self._name),
            Column("minutes", _("时长"), 130, hours_cell, is_number=True),
            Column("stars", _("星级"), 64, lambda line: stars(line.row.stars), can_order=False),
            Column("age", _("年龄"), 68, lambda line: age(line.row.age), is_number=True, can_order=False),
            Column("phone", _("电话"), 132, _phone, can_order=False),
            Column("region", _("村社区"), 100, lambda line: line.village, can_order=False),
        ]
        return Table(
            self._app.jobs,
            columns,
            lambda line: line.row.id,
            self._app.remembered,
            name="teams.members",
            accessible=_("队员"),
        )

    def _name(self, line: Line) -> str:
        return _("{name}　队长").format(name=line.row.name) if line.row.id == self._leader else line.row.name

    # --- what happens

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
            return
        super().keyPressEvent(event)

    def _on_escape(self) -> None:
        """From the line back to the rows, from the rows to the tree; what is typed stays."""
        if self.add_line.hasFocus() and self.members.total():
            self.members.setFocus()
        else:
            self.left.emit()

    def _on_chosen(self, hit: PersonHit) -> None:
        self.add_line.set_chosen(hit.id, hit.name)
        self.joined.emit(hit)

    def _on_counted(self) -> None:
        self._knows_members = True
        self._fit()
        self._show_right_page()

    def _with_member(self, run: Callable[[Line], None]) -> None:
        line = self.member()
        if line is not None:
            run(line)

    def _fit(self) -> None:
        is_members = self.pages.value() == MEMBERS
        self._tools.setVisible(is_members and self._may_edit and self._is_open)
        self.print.setVisible(is_members)
        self.print.setEnabled(self.roster() is not None)
        line = self.member()
        for button in (self.lead, self.leave):
            button.setEnabled(line is not None)
        leads = line is not None and line.row.id == self._leader
        self.lead.setText(_("不当队长了") if leads else _("当队长"))
        self.lead.updateGeometry()

    def _show_right_page(self) -> None:
        had_focus = self._has_focus()
        name = self.pages.value()
        if name == MEMBERS:
            is_nobody = self._knows_members and not self.members.total()
            shown: QWidget = self._nobody if is_nobody else self.members
        else:
            listed = self.in_hand if name == IN_HAND else self.rated
            shown = self._nothing if self._knows_orders and not listed.rows.rows else listed
            self._nothing.set_sentence(
                _("手上没有单。在派单里派给它，就出现在这里。") if name == IN_HAND else _("还没有评价。")
            )
        self._stack.setCurrentWidget(shown)
        if had_focus:
            self.take_focus()

    def _has_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        shown: QWidget | None = self._stack.currentWidget()
        if focused is None or shown is None:
            return False
        return focused is shown or shown.isAncestorOf(focused)


def _phone(line: Line) -> Cell:
    return Cell(spaced_phone(line.row.phone), is_quiet=True)


def _order_row(one: OrderOfTeam, now: datetime) -> Row:
    shape = shape_of(one.state)
    is_late = one.due_at is not None and one.due_at < now
    due = say_remaining(one.due_at, now) if one.due_at is not None else ""
    state = State("triangle", "trouble", due) if is_late else shape
    details = tuple(part for part in (one.what, one.who, "" if is_late else due) if part)
    return Row(f"{one.short} {category_name(one.category)}", details, value=one.id, state=state)


def _rating_row(one: OrderOfTeam, now: datetime) -> Row:
    assert one.stars is not None and one.rated_at is not None
    said = one.rating_words or one.what
    is_low = one.stars <= 2
    word = _("{stars} 星").format(stars=one.stars)
    state = State("triangle", "trouble", word) if is_low else State("tick", "done", word)
    details = (say_moment(one.rated_at, now), said)
    return Row(f"{one.short} {category_name(one.category)}", details, value=one.id, state=state)
