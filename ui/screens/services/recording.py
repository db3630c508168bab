"""Recording service without an order (补录): who, from when to when, what kind, what was done, where, photos.

What is half typed is a draft of who sits here, saved soon after the typing stops.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.drafts import (
    ForgetDraft,
    SavedDraft,
    SaveDraft,
    forget_draft,
    my_drafts,
    read_draft,
    save_draft,
)
from app.actions.services import RecordedServices, RecordServices, record_services
from app.domain.categories import menu
from app.domain.problems import Refusal, Trouble
from app.facts import Id
from app.sentences import sentence
from app.sentences.services import hours
from app.words import _
from ui.parts.banner import Action
from ui.parts.buttons import Button
from ui.parts.fields import TextArea, TextField
from ui.parts.form import Form, Page
from ui.parts.keyrow import KeyRow
from ui.parts.photos import PhotoField
from ui.parts.text import Text
from ui.screen import Services
from ui.screens.intake.tree import CategoryTree
from ui.screens.services.draft import Chosen, Draft, written
from ui.screens.services.fields import Indented, MayBeEmpty, Remark, TeamField
from ui.screens.services.lines import ServedLine

KIND = "service"
QUIET_MS = 700


class Recording(QWidget):
    """``left``: back to the list; what is typed stays."""

    left = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.lines: list[ServedLine] = []
        self.form = Form()
        self._is_filling = self._is_stored = False
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.save_draft)
        self._build_fields()
        self._build_footer()
        self.form.saved.connect(self.save)
        self.form.left.connect(self.left)
        self.fill(None)
        app.jobs.read(self, my_drafts, KIND, done=self._restore)

    def _build_fields(self) -> None:
        form = self.form
        self.more = Button(_("再加一位"), kind="quiet", icon="plus", key="F8")
        self.more.clicked.connect(lambda _checked: self.add_person())
        self.total = Text("", "secondary", "secondary")
        self._below_lines = form.add_line(Indented(self.more, self.total))
        keyed = [(category.code, category.title) for category in menu().keyed]
        self.category: KeyRow[str] = form.add(_("类别"), KeyRow(keyed, name=_("类别")), name="category")
        self.category.opened.connect(self._open_tree)
        self.activity = form.add(_("活动"), TextField(_("证明上写的活动名称"), at_most=60), name="activity")
        self.content = form.add(
            _("做了什么"), TextArea(_("开证明时会用到，例如 给三位老人理发")), name="content"
        )
        self.place = form.add(_("在哪"), MayBeEmpty(_("证明上写的地点")), name="place")
        self.team = form.add(_("队伍"), TeamField(self.app), name="team")
        self.remark = form.add(_("备注"), Remark(_("只给站里看，可以不写"), lines=1), name="remark")
        photos = PhotoField(self.app.jobs, self.app.banner, name=_("照片"))
        self.photos = form.add(_("照片"), photos, name="photos")
        self.category.edited.connect(self._name_activity)
        for field in (self.category, self.activity, self.content, self.place, self.team, self.remark):
            field.edited.connect(self._on_edited)

    def _build_footer(self) -> None:
        self._note = Text("", "secondary", "secondary")
        self.away = Button(_("不要这份"), kind="quiet")
        self.away.clicked.connect(lambda _checked: self.throw_away())
        back = Button(_("回到待审核"), key="Esc")
        back.clicked.connect(lambda _checked: self.left.emit())
        self.record = Button(_("记下"), kind="primary", key="Ctrl+Enter")
        self.record.clicked.connect(lambda _checked: self.save())
        self.form.primary = self.record
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Page(self.form, left=(self._note, self.away), right=(back, self.record)))

    # --- lines

    def add_person(self) -> ServedLine:
        """F8: one more, who usually went at the same time."""
        line = self._add_line()
        line.when.set_value(self.lines[-2].when.value())
        self._count()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        return line

    def _add_line(self) -> ServedLine:
        line = ServedLine(self.app)
        line.away.setVisible(bool(self.lines))
        self.form.add("" if self.lines else _("哪位志愿者"), line, name=line.service, above=self._below_lines)
        line.edited.connect(self._on_edited)
        line.done.connect(self.form.step_on)
        line.removed.connect(partial(self._remove_line, line))
        self.lines.append(line)
        return line

    def _remove_line(self, line: ServedLine) -> None:
        place = self.lines.index(line)
        self.lines.remove(line)
        self.form.remove(line)
        self.lines[place - 1].setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()

    def _filled(self) -> list[ServedLine]:
        """The lines somebody wrote in; the first one always counts."""
        return [line for place, line in enumerate(self.lines) if place == 0 or not line.who.is_empty()]

    def _count(self) -> None:
        minutes = sum(line.minutes() for line in self._filled())
        people = len(self._filled())
        self.total.setVisible(people > 1 and minutes > 0)
        self.total.setText(_("{people} 位，共 {hours}").format(people=people, hours=hours(minutes)))

    # --- fields

    def _name_activity(self) -> None:
        """The activity is called like its category until somebody calls it otherwise."""
        names = {category.title for category in menu().every}
        code = self.category.value()
        found = menu().find(code) if code else None
        if found is not None and (self.activity.is_empty() or self.activity.value() in names):
            self.activity.set_value(found.title)

    def _open_tree(self) -> None:
        tree = CategoryTree(self, self.category.value() or "")

        def picked(code: str) -> None:
            found = menu().find(code)
            self.category.set_value(code, found.title if found else code)
            self.category.edited.emit()
            self.form.step_on()

        tree.picked.connect(picked)
        tree.open()

    def start(self) -> None:
        self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- drafts

    def draft(self) -> Draft:
        return Draft(
            lines=tuple(line.line() for line in self.lines),
            category=self.category.value() or "",
            activity=self.activity.value(),
            content=self.content.value(),
            place=self.place.value(),
            team=Chosen(id=self.team.value(), name=self.team.text()),
            remark=self.remark.value(),
        )

    def fill(self, draft: Draft | None) -> None:
        """Show a draft, or an empty form."""
        self._is_filling = True
        for line in self.lines:
            self.form.remove(line)
        self.lines = []
        for kept in draft.lines if draft is not None else (None,):
            line = self._add_line()
            if kept is not None:
                line.set_line(kept)
        found = menu().find(draft.category) if draft is not None else None
        self.category.set_value(found.code if found else None, found.title if found else "")
        self.activity.set_value(draft.activity if draft else "")
        self.content.set_value(draft.content if draft else "")
        self.place.set_value(draft.place if draft else "")
        self.team.set_chosen(draft.team.id if draft else None, draft.team.name if draft else "")
        self.remark.set_value(draft.remark if draft else "")
        self.photos.set_value(())
        self.form.clear_refusals()
        self._is_filling = False
        self._count()
        self._show_note()

    def save_draft(self) -> None:
        """Save what is half typed now."""
        self._timer.stop()
        if self.app.jobs.is_closed() or not self.record.isEnabled():
            return  # what was sent meanwhile would be there again after it was recorded
        draft = self.draft()
        if draft.is_blank and not self._is_stored:
            return
        self._is_stored = True
        request = SaveDraft(draft=draft.id, kind=KIND, body=written(draft))
        # While the desk is locked it is refused, and saved with the next word.
        self.app.jobs.run(
            self, save_draft, request, done=lambda _nothing: self._show_note(), refused=lambda _no: None
        )

    def throw_away(self) -> None:
        """Thrown away at once; the banner gives it back."""
        thrown = self.draft()
        self._forget(thrown.id)
        self.fill(None)
        self.start()
        again = Action(_("找回来"), partial(self._bring_back, thrown))
        self.app.banner.news(_("那份补录丢掉了"), again)

    def _bring_back(self, draft: Draft) -> None:
        self.fill(draft)
        self._timer.start()
        self.start()

    def _restore(self, kept: tuple[SavedDraft, ...]) -> None:
        """The saved draft is read: go on with it, unless somebody is typing already."""
        read = [draft for one in kept if (draft := read_draft(one, Draft)) is not None and draft.lines]
        if read and self.draft().is_blank:
            self._is_stored = True
            self.fill(read[-1])

    def _forget(self, draft: Id) -> None:
        self._timer.stop()
        if self._is_stored:
            self.app.jobs.run(self, forget_draft, ForgetDraft(draft=draft), done=lambda _nothing: None)
        self._is_stored = False

    def _on_edited(self) -> None:
        if self._is_filling:
            return
        self._count()
        self._show_note()
        self._timer.start()

    def _show_note(self) -> None:
        is_blank = self.draft().is_blank
        self.away.setVisible(not is_blank)
        is_saved = self._is_stored and not self._timer.isActive() and not is_blank
        self._note.setText(_("草稿已存") if is_saved else "")

    # --- recording

    def request(self) -> RecordServices:
        """May raise the refusal of a line."""
        return RecordServices(
            stretches=tuple(self._served(line) for line in self._filled()),
            activity=self.activity.value(),
            category=self.category.value() or "",
            content=self.content.value(),
            place=self.place.value(),
            remark=self.remark.value(),
            team=self.team.value(),
            photos=self.photos.value(),
        )

    def save(self) -> None:
        """Ctrl+Enter."""
        if not self.record.isEnabled():
            return
        self.form.clear_refusals()
        try:
            request = self.request()
        except Refusal as refusal:
            self._refuse(refusal)
            return
        if self._timer.isActive():
            self.save_draft()
        self.record.hold()
        self.app.jobs.run(
            self,
            record_services,
            request,
            done=self._on_recorded,
            refused=self._refuse,
            trouble=self._on_trouble,
        )

    def _served(self, line: ServedLine) -> Any:
        try:
            return line.value()
        except Refusal as refusal:
            refusal.field = f"stretches.{self._filled().index(line)}.started_at"
            raise

    def _on_recorded(self, recorded: RecordedServices) -> None:
        self.record.setEnabled(True)
        self._is_stored = False
        self.fill(None)
        if self.isVisible():
            self.start()
        told = _("已记下 {count} 条，共 {hours}，等着审核").format(
            count=len(recorded.services), hours=hours(recorded.minutes)
        )
        late = _("，{count} 条记得迟了").format(count=recorded.late) if recorded.late else ""
        self.app.banner.news(told + late)

    def _refuse(self, refusal: Refusal) -> None:
        """A refusal names a stretch by its place among the lines that are filled in."""
        self.record.setEnabled(True)
        whole, _dot, part = (refusal.field or "").rpartition(".")
        if not whole.startswith("stretches."):
            self.form.refuse(refusal)
            return
        line = self._filled()[int(whole.removeprefix("stretches."))]
        refusal.field = line.service
        self.form.refuse(refusal)
        line.refuse("person" if part == "person" else "when")

    def _on_trouble(self, trouble: Trouble) -> None:
        self.record.setEnabled(True)
        self.app.banner.trouble(partial(sentence, trouble))
