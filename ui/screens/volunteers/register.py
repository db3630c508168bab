"""The table of people (名册): volunteers with what they have done, or residents with where they live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.actions.desk import Desk
from app.actions.people_list import PeopleQuery, PeopleSort, PersonRow, Who, people_list
from app.actions.rosters import RosterPaper
from app.domain.moments import say_date
from app.domain.numerals import hours_text
from app.sentences.people import standing
from app.words import _
from ui.parts.empty import Empty
from ui.parts.rows import State
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.places import places
from ui.screen import Services
from ui.screens.volunteers.filters import Narrowed
from ui.screens.volunteers.wording import age, order_words, spaced_phone, stars


@dataclass(frozen=True)
class Line:
    """A row with what needs more than itself to be said."""

    row: PersonRow
    village: str
    hours: str
    since: str


def people_query(narrowed: Narrowed, order: str, is_descending: bool) -> PeopleQuery:
    """What a list that is narrowed and ordered like this shows."""
    return PeopleQuery(
        sort=PeopleSort(order),
        descending=is_descending,
        who=narrowed.who,
        left=narrowed.left,
        team=narrowed.team or None,
        category=narrowed.category,
        region=narrowed.region,
        stars=narrowed.stars,
        text=narrowed.text,
    )


def lines(narrowed: Narrowed) -> Callable[[Desk, PageQuery], TablePage[Line]]:
    """The reading behind a table that is narrowed like this."""

    def read(desk: Desk, query: PageQuery) -> TablePage[Line]:
        wanted = people_query(narrowed, query.order, query.is_descending)
        page = people_list(
            desk, replace(wanted, offset=query.first, limit=query.count, find=query.find or None)
        )
        named = places(desk)
        step = page.shown_step_minutes
        return TablePage(
            page.total,
            query.first,
            [
                Line(
                    row,
                    named.said(row.region),
                    hours_text(row.minutes, step) if row.number is not None else "",
                    say_date(row.since, desk.today()),
                )
                for row in page.rows
            ],
            page.found,
        )

    return read


class Register(QWidget):
    """``pointed`` and ``opened`` carry the id of a person; ``counted`` how many are shown."""

    pointed = Signal(str)
    opened = Signal(str)
    counted = Signal(int)

    def __init__(self, app: Services, begin: Callable[[], None], clear: Callable[[], None]) -> None:
        super().__init__()
        self._jobs = app.jobs
        self._narrowed = Narrowed()
        self._told = ""
        self.volunteers = _table(app, _volunteer_columns(), "volunteers", _("志愿者名册"))
        self.people = _table(app, _people_columns(), "people", _("居民名册"))
        self._nobody = Empty(_("还没有志愿者。按 Ctrl+N 登记第一位。"), _("登记"), begin, key="Ctrl+N")
        self._none_found = Empty(_("没有这样的人。换个写法，或者不筛了再看。"), _("不筛了"), clear)
        self._stack = QStackedLayout(self)
        for page in (self.volunteers, self.people, self._nobody, self._none_found):
            self._stack.addWidget(page)
        for table in (self.volunteers, self.people):
            table.pointed.connect(self._on_pointed)
            table.clicked.connect(lambda _index: self._tell(self.person()))
            table.opened.connect(lambda line: self.opened.emit(line.row.id))
            table.counted.connect(self._on_counted)

    def table(self) -> Table[Line]:
        """The one that shows what is wanted now."""
        return self.volunteers if self._narrowed.who is Who.VOLUNTEERS else self.people

    def show_people(self, narrowed: Narrowed) -> None:
        had_focus = self._has_focus()
        self._narrowed = narrowed
        self.table().show_rows(lines(narrowed))
        if self._stack.currentWidget() not in (self._nobody, self._none_found):
            self._stack.setCurrentWidget(self.table())
            if had_focus:
                self.table().setFocus()

    def roster(self, about: str) -> tuple[RosterPaper, int] | None:
        """What is shown now as a paper, ``about`` in words whom, and how many that are; None for nobody."""
        table = self.table()
        if not table.total():
            return None
        query = people_query(self._narrowed, *table.ordered())
        words = _("{chosen} · {order}").format(chosen=about, order=order_words(*table.ordered()))
        return RosterPaper(query=query, about=words), table.total()

    def refresh(self) -> None:
        self.table().refresh()

    def go_to(self, person: str, missing: Callable[[], None]) -> None:
        """Point at somebody; ``missing`` is called when the list as it is narrowed does not show them."""

        def placed(page: TablePage[Line]) -> None:
            if page.found is None:
                missing()
            else:
                self.point(person)

        where = PageQuery(0, 1, PeopleSort.NAME, False, find=person)
        self._jobs.read(self, lines(self._narrowed), where, done=placed)

    def point(self, person: str) -> None:
        """The focus may have told of the first row meanwhile: whoever is pointed at is told again."""
        self._tell(person)
        self.table().point(person)

    def person(self) -> str:
        """Who is pointed at; empty when nobody is."""
        line = self.table().row()
        return line.row.id if line is not None and self.table().total() else ""

    def take_focus(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, Empty):
            shown.button.setFocus()
        elif shown is not None:
            shown.setFocus()

    def _on_pointed(self, line: Line) -> None:
        """Reading the same row again is no news: the pane may show somebody who was searched for."""
        if self.sender() is self.table() and line.row.id != self._told:
            self._tell(line.row.id)

    def _tell(self, person: str) -> None:
        if person:
            self._told = person
            self.pointed.emit(person)

    def _on_counted(self, total: int) -> None:
        sender: QObject | None = self.sender()
        if sender is not self.table():
            return
        had_focus = self._has_focus()
        narrow = self._narrowed.is_narrow() or self._narrowed.who is not Who.VOLUNTEERS
        shown: QWidget = self.table() if total else self._none_found if narrow else self._nobody
        self._stack.setCurrentWidget(shown)
        # With nobody to search among, the one button is what comes next.
        if had_focus or shown is self._nobody:
            self.take_focus()
        self.counted.emit(total)

    def _has_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)


def _table(app: Services, columns: list[Column[Line]], name: str, accessible: str) -> Table[Line]:
    return Table(
        app.jobs, columns, lambda line: line.row.id, app.remembered, name=name, accessible=accessible
    )


def _volunteer_columns() -> list[Column[Line]]:
    return [
        Column("name", _("姓名"), 96, lambda line: line.row.name),
        Column("teams", _("队伍"), 170, _teams, can_order=False, grows=True),
        Column("minutes", _("时长"), 136, hours_cell, is_number=True),
        Column("stars", _("星级"), 64, lambda line: stars(line.row.stars), can_order=False),
        Column("age", _("年龄"), 68, lambda line: age(line.row.age), is_number=True, can_order=False),
        Column("phone", _("电话"), 132, _phone, can_order=False),
        Column("region", _("村社区"), 100, lambda line: line.village, can_order=False),
        Column("since", _("登记日期"), 136, lambda line: Cell(line.since, is_quiet=True)),
    ]


def _people_columns() -> list[Column[Line]]:
    return [
        Column("name", _("姓名"), 96, lambda line: line.row.name),
        Column("phone", _("电话"), 132, _phone, can_order=False),
        Column("region", _("村社区"), 130, lambda line: line.village, can_order=False),
        Column("standing", _("身份"), 168, _standing, can_order=False),
        Column("age", _("年龄"), 72, lambda line: age(line.row.age), is_number=True, can_order=False),
        Column("address", _("住址"), 180, lambda line: line.row.address, can_order=False, grows=True),
        Column("since", _("建档"), 136, lambda line: Cell(line.since, is_quiet=True)),
    ]


def hours_cell(line: Line) -> Cell:
    return Cell(line.hours, is_quiet=not line.row.minutes)


def _teams(line: Line) -> Cell:
    return Cell(_("、").join(line.row.teams))


def _phone(line: Line) -> Cell:
    return Cell(spaced_phone(line.row.phone), is_quiet=True)


_SHAPES = {True: State("tick", "done"), False: State("dash", "closed")}


def _standing(line: Line) -> Cell:
    said = standing(line.row.number, line.row.left_at)
    if line.row.number is None:
        return Cell(said, is_quiet=True)
    return Cell(said, _SHAPES[line.row.left_at is None])
