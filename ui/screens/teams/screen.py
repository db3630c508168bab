"""The screen of teams (队伍): the tree, the rows of the team that is pointed at, and the team itself in the pane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from app.actions.desk import Desk
from app.actions.search_people import PersonHit
from app.actions.stations import village_names
from app.actions.teams import (
    ChangeLeader,
    CloseTeam,
    JoinTeam,
    LeaveTeam,
    TeamNode,
    TeamOrders,
    TeamTreeQuery,
    change_leader,
    close_team,
    join_team,
    leave_team,
    team_orders,
    team_tree,
)
from app.domain.people import NotAVolunteer
from app.domain.problems import Refusal
from app.domain.staff import Role
from app.domain.villages import VillageNames
from app.words import N_, _
from ui.parts.banner import Action
from ui.parts.empty import Empty
from ui.parts.form import Mend
from ui.parts.halves import Halves
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do
from ui.screen import Screen, Services
from ui.screens.teams.form import TeamFormPage
from ui.screens.teams.middle import Middle
from ui.screens.teams.pane import IN_HAND, MEMBERS, RATED, TeamPane, TeamWhole, team_whole
from ui.screens.teams.tree import TeamTree
from ui.screens.volunteers.register import Line
from ui.screens.volunteers.rosters import Rosters
from ui.theme import theme

_TREE = frozenset({"team", "person", "order", "policy"})
_OF_TEAM = _TREE | {"service"}
_CLOSING = (N_("并到别的队"), N_("没有人了"), N_("任务完成了"))


class Teams(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_edit = app.clerk.role != Role.AUDITOR
        self._is_read = False
        self._team = ""
        self._sought = ""
        self._adding = ""
        self._with_closed = False
        self._build()
        self._connect()
        self._tell_keys()

    # --- as every screen

    def enter(self) -> None:
        if not self._is_read:
            self._is_read = True
            self._sought = self._sought or self.app.remembered.get("teams.row", "")
            self._read_tree()
        self._take_focus()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & _TREE:
            self._read_tree()
        if changed & _OF_TEAM:
            self._read_team()

    def pane_widget(self) -> QWidget | None:
        if self._stack.currentWidget() is self.form and self.form.is_new():
            return None
        return self.pane if self.pane.whole is not None else None

    def go_to(self, object_id: str) -> None:
        """A team that was searched for; a closed one brings the closed ones into the tree."""
        self._show(self._work)
        self.app.show_pane()
        self._sought = object_id
        self._read_tree()
        self._back_to_tree()

    def narrowing(self) -> dict[str, Any]:
        return {"closed": self.tree.with_closed, "search": self.tree.search, "page": self.middle.pages}

    def place(self) -> tuple[bool, str]:
        """Whether a new team is being typed, and whom somebody is about to add."""
        is_new = self._stack.currentWidget() is self.form and self.form.is_new()
        return is_new, self.middle.add_line.text()

    def come_back(self, place: tuple[bool, str]) -> None:
        """The team is remembered."""
        is_new, added = place
        self._adding = added
        if is_new:
            self._begin()

    def is_amid(self) -> bool:
        """A form that is left is safe in its draft."""
        is_open = self._stack.currentWidget() is self.form
        return is_open and (super().is_amid() or self.form.is_touched())

    # --- building

    def _build(self) -> None:
        self.tree = TeamTree(may_edit=self._may_edit)
        self.middle = Middle(self.app, may_edit=self._may_edit)
        self.rosters = Rosters(self.app, self, self.middle.roster)
        self.rosters.offer_in(self.middle.print)
        self.pane = self.beside(TeamPane(self.app.now, may_edit=self._may_edit))
        self.form = TeamFormPage(self.app)
        self._nothing = Empty(_("还没有队伍。按 Ctrl+N 成立第一支。"), _("成立"), self._begin, key="Ctrl+N")
        self._work = Halves(
            self.tree,
            self.middle,
            left_width=_tree_width,
            right_needs=lambda: self.middle.minimumSizeHint().width(),
        )
        self._stack = QStackedLayout(self)
        for page in (self._work, self.form, self._nothing):
            self._stack.addWidget(page)
        self._fit()

    def _connect(self) -> None:
        self.tree.pointed.connect(self._on_pointed)
        self._work.fitted.connect(self._fit)
        self.tree.opened.connect(lambda _team: self._open_team())
        self.tree.list.clicked.connect(lambda _index: self._work.show_right())
        self.tree.closed_asked.connect(self._on_closed_asked)
        self.tree.new_asked.connect(self._begin)
        self.middle.joined.connect(self._join)
        self.middle.led.connect(self._change_leader)
        self.middle.gone.connect(self._leave)
        self.middle.person_opened.connect(partial(self.app.go, "volunteers"))
        self.middle.order_opened.connect(partial(self.app.go, "board"))
        self.middle.left.connect(self._back_to_tree)
        self.pane.figure_opened.connect(self._open_page)
        self.pane.team_opened.connect(self.go_to)
        self.pane.edit_asked.connect(self._edit)
        self.pane.close_asked.connect(self._ask_closing)
        self.pane.left.connect(self._back_to_tree)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._back)

    def _tell_keys(self) -> None:
        self.key("Ctrl+F", _("找队伍"), self._find)
        self.tell_key("Enter", _("到队员上；在队员上：打开这个人"))
        for place, (name, said) in enumerate(
            ((MEMBERS, _("队员")), (IN_HAND, _("手上的单")), (RATED, _("评价"))), start=1
        ):
            self.key(str(place), said, partial(self._page_key, name))
        self.key("Ctrl+P", _("印名册"), partial(self._on_members, self.middle.print.open_menu))
        if self._may_edit:
            self.key("Ctrl+S", _("名册存成 PDF"), partial(self._on_members, self.rosters.save))
            self.key("Ctrl+N", _("成立队伍"), self._begin)
            self.key("E", _("改队伍资料"), self._edit)
            self.key("A", _("加队员"), self._add)
            self.key("L", _("当队长，或不当了"), partial(self._on_member, self._change_leader))
            self.key("Delete", _("退队"), partial(self._on_member, self._leave))
            self.tell_key("Ctrl+Enter", _("成立，或者改好了"))
        self.tell_key("Esc", _("回到队伍树，填了一半的留着"))

    def _fit(self) -> None:
        """Where only one half has room, the team has a way back to the tree."""
        self.middle.back.setVisible(not self._work.is_beside())

    def _open_team(self) -> None:
        self._work.show_right()
        self.middle.take_focus()

    def _back_to_tree(self) -> None:
        self._work.show_right(False)
        self.tree.list.setFocus()

    # --- reading

    def _read_tree(self) -> None:
        self.app.jobs.read(self, _tree, self._with_closed, done=self._on_tree)

    def _on_tree(self, answer: tuple[tuple[TeamNode, ...], VillageNames]) -> None:
        nodes, villages = answer
        sought, self._sought = self._sought, ""
        if sought and not self._with_closed and not any(node.id == sought for node in nodes):
            self._sought = sought
            self.tree.with_closed.set_value(True)
            self._on_closed_asked(True)
            return
        self.form.offer(nodes, villages)
        self.tree.show_nodes(nodes, sought)
        if self._stack.currentWidget() is not self.form:
            self._show(self._work if nodes or self._with_closed else self._nothing)

    def _on_closed_asked(self, is_asked: bool) -> None:
        self._with_closed = is_asked
        self._read_tree()

    def _on_pointed(self, team: str) -> None:
        if not team or team == self._team:
            return
        self._team = team
        self.app.remembered.put("teams.row", team)
        self._read_team()

    def _read_team(self) -> None:
        if self._team:
            self.app.jobs.read(self, team_whole, self._team, done=self._on_whole)
            self.app.jobs.read(self, team_orders, self._team, done=self._on_orders)

    def _on_whole(self, it: TeamWhole) -> None:
        card = it.card
        if card.id != self._team:
            return
        was_empty = self.pane.whole is None
        self.pane.show_whole(it)
        self.middle.show_team(card.id, card.name, card.leader, is_open=card.closed_at is None)
        if self._adding:
            self.middle.add_line.setText(self._adding)
            self._adding = ""
        if was_empty:
            self.app.pane_changed()

    def _on_orders(self, orders: TeamOrders) -> None:
        self.middle.show_orders(orders)

    # --- one page or another

    def _show(self, page: QWidget) -> None:
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            self.app.pane_changed()

    def _take_focus(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self.form:
            self.form.form.start()
        elif shown is self._nothing:
            self._nothing.button.setFocus()
        elif self._work.is_beside() or self.tree.isVisible():
            self.tree.list.setFocus()
        else:
            self.middle.take_focus()

    def _find(self) -> None:
        self._work.show_right(False)
        self.tree.search.setFocus()

    def _back(self) -> None:
        self._show(self._work if self.tree.team() else self._nothing)
        self._take_focus()

    def _open_page(self, name: str) -> None:
        self.app.clear_work()
        self.middle.show_page(name)
        self._open_team()

    def _page_key(self, name: str) -> None:
        if self._stack.currentWidget() is self._work:
            self._open_page(name)

    def _on_members(self, run: Callable[[], None]) -> None:
        """With the members in sight."""
        if self._stack.currentWidget() is self._work:
            self._open_page(MEMBERS)
            run()

    # --- what is done with a team

    def _begin(self) -> None:
        self.app.clear_work()
        self.form.start_new()
        self._show(self.form)
        self.form.form.start()

    def _edit(self) -> None:
        it = self.pane.whole
        if it is None or it.card.closed_at is not None or self._stack.currentWidget() is self.form:
            return
        self.app.clear_work()
        self.form.start_with(it.card)
        self._show(self.form)
        self.form.form.start()

    def _on_saved(self, team: str, said: str) -> None:
        self.app.banner.news(said)
        self.go_to(team)

    def _ask_closing(self) -> None:
        it = self.pane.whole
        assert it is not None
        team = it.card.id
        question = Question(
            _("解散“{name}”？").format(name=it.card.name),
            (Answer(_("解散队伍"), "close", _("以后不再派单给它。做过的服务和评价都留着。"), "danger"),),
            reasons=tuple(_(reason) for reason in _CLOSING),
        )

        def deed(answer: Answered) -> Deed:
            return Deed(close_team, CloseTeam(team=team, reason=answer.reason), self._on_closed)

        ask_and_do(self, self.app.jobs, question, deed)

    def _on_closed(self, _nothing: None) -> None:
        self.app.banner.news(_("已解散。勾上“已解散的也看”还能看到它。"))

    # --- members

    def _add(self) -> None:
        if self._stack.currentWidget() is self._work and self.pane.edit.isVisibleTo(self.pane):
            self.app.clear_work()
            self._work.show_right()
            self.middle.go_add()

    def _on_member(self, run: Callable[[Line], None]) -> None:
        """Only while one sees who it is: beside the tree there may be no room for the members."""
        line = self.middle.member()
        is_open = self.pane.whole is not None and self.pane.whole.card.closed_at is None
        if line is not None and is_open and self.middle.isVisible():
            run(line)

    def _join(self, hit: PersonHit) -> None:
        team = self._team

        def done(count: int) -> None:
            self.middle.taken()
            if not count:
                self.app.banner.news(_("{name}已经在队里了。").format(name=hit.name))
                return
            self._tell(_("{name}入队了。").format(name=hit.name))

        request = JoinTeam(team=team, persons=(hit.id,))
        self.app.jobs.run(self, join_team, request, done=done, refused=partial(self._on_join_refused, hit))

    def _on_join_refused(self, hit: PersonHit, refusal: Refusal) -> None:
        mend = None
        if isinstance(refusal, NotAVolunteer):
            mend = Mend(_("去登记"), partial(self.app.go, "volunteers", hit.id))
        self.middle.refuse(refusal, mend)

    def _leave(self, line: Line) -> None:
        team, person = self._team, line.row.id

        def done(_value: None) -> None:
            self._tell(_("{name}退队了。").format(name=line.row.name))

        self.app.jobs.run(self, leave_team, LeaveTeam(team=team, person=person), done=done)

    def _change_leader(self, line: Line) -> None:
        it = self.pane.whole
        assert it is not None
        team, before = self._team, it.card.leader
        leads = line.row.id == before
        said = _("{name}不当队长了。") if leads else _("{name}当队长了。")

        def done(_value: None) -> None:
            self._tell(said.format(name=line.row.name))

        request = ChangeLeader(team=team, person=None if leads else line.row.id)
        self.app.jobs.run(self, change_leader, request, done=done)

    def _tell(self, said: str) -> None:
        self.app.banner.news(said, Action(_("撤销"), self.app.undo, "Ctrl+Z"))


def _tree_width() -> int:
    return 480 if theme.large else 360


def _tree(desk: Desk, with_closed: bool) -> tuple[tuple[TeamNode, ...], VillageNames]:
    return team_tree(desk, TeamTreeQuery(closed=with_closed)), village_names(desk, None)
