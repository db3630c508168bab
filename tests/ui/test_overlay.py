"""What lies over the window: questions, the banner, the eye, the sheet of keys; and where the focus is meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Done
from app.domain.problems import Problem
from app.words import SOURCE_LANGUAGE, _
from tests.ui.samples import DiskFull, NumberTooShort
from ui.jobs import Jobs
from ui.language import speech
from ui.parts.banner import Action, Banner
from ui.parts.buttons import Button
from ui.parts.chips import Chip
from ui.parts.eye import MaskedValue, reasons
from ui.parts.fields import TextArea, TextField
from ui.parts.formoverlay import FormOverlay
from ui.parts.keycaps import KeyCaps
from ui.parts.overlay import Overlay, overlay_open
from ui.parts.question import Answer, Answered, Deed, Question, QuestionOverlay, ask, ask_and_do
from ui.parts.sheet import KeyHelp, KeySheet
from ui.parts.text import Paragraph
from ui.theme import theme

Show = Callable[[QWidget], QWidget]


class Host(QWidget):
    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.field = TextField()
        self.masked = MaskedValue("138 **** 1234", name="电话")
        column.addWidget(self.field)
        column.addWidget(self.masked)
        column.addStretch()
        self.resize(1024, 540)


@pytest.fixture
def host(show: Show) -> Host:
    made = Host()
    show(made)
    made.field.setFocus()
    return made


def focused(host: QWidget) -> QWidget:
    found = host.window().focusWidget()
    assert found is not None
    return found


CANCEL = Question(
    "取消 0417-3K？",
    (Answer("取消这一单", "cancel", "订单归到已结。", "primary"),),
    reasons=("不需要了", "记重了"),
    stay="留着",
)
SWITCH = Question("篮子里还有 2 样", (Answer("先办完", "finish"), Answer("换人", "switch", "篮子清空。")))


def test_every_answer_says_what_it_does(host: Host) -> None:
    overlay = ask(host, SWITCH, lambda _answer: None)
    told = [part.accessibleName() for part in overlay.findChildren(Paragraph)]
    assert "篮子清空。" in told


def test_an_answer_is_given_by_key_and_the_focus_comes_back(qtbot: QtBot, host: Host) -> None:
    heard: list[Answered] = []
    ask(host, SWITCH, heard.append)
    assert overlay_open(host)
    QTest.keyClick(focused(host), Qt.Key.Key_Tab)
    QTest.keyClick(focused(host), Qt.Key.Key_Return)
    assert heard == [Answered("switch")]
    assert host.field.hasFocus()
    qtbot.waitUntil(lambda: not overlay_open(host))


def test_escape_answers_nothing(host: Host) -> None:
    heard: list[Answered] = []
    overlay = ask(host, SWITCH, heard.append)
    QTest.keyClick(focused(host), Qt.Key.Key_Escape)
    assert (heard, overlay.isVisible(), host.field.hasFocus()) == ([], False, True)


def test_tab_stays_inside(host: Host) -> None:
    overlay = ask(host, CANCEL, lambda _answer: None)
    seen = set()
    for _press in range(8):
        seen.add(focused(host))
        assert overlay.isAncestorOf(focused(host))
        QTest.keyClick(focused(host), Qt.Key.Key_Tab)
    assert len(seen) == 4  # the chips, other words, the answer, 留着
    QTest.keyClick(focused(host), Qt.Key.Key_Backtab)
    assert overlay.isAncestorOf(focused(host))


def reason(overlay: QuestionOverlay) -> tuple[Chip, TextArea, Button]:
    answer = next(button for button in overlay.findChildren(Button) if button.kind == "primary")
    return overlay.findChildren(Chip)[1], overlay.findChildren(TextArea)[0], answer


def test_why_must_be_answered_and_is_handed_on(host: Host) -> None:
    heard: list[Answered] = []
    overlay = ask(host, CANCEL, heard.append)
    chip, words, answer = reason(overlay)
    answer.click()
    assert (heard, overlay.isVisible()) == ([], True)
    chip.click()
    QTest.keyClicks(words, "see 0417-2H")
    answer.click()
    assert heard == [Answered("cancel", "记重了：see 0417-2H")]


@pytest.mark.parametrize("problem", [NumberTooShort(digits=9), DiskFull()])
def test_what_is_typed_stays_until_it_is_recorded(
    qtbot: QtBot, host: Host, sample_jobs: Jobs, problem: Problem
) -> None:
    problems, recorded = [problem], list[str]()

    def record(_desk: object, reason: str) -> Done[str]:
        if problems:
            raise problems.pop()
        return Done(reason, frozenset())

    overlay = ask_and_do(
        host, sample_jobs, CANCEL, lambda answer: Deed(record, answer.reason, recorded.append)
    )
    words = overlay.findChildren(TextArea)[0]
    words.set_value("他自己去了")
    overlay._give(CANCEL.answers[0])
    overlay._give(CANCEL.answers[0])
    qtbot.waitUntil(overlay._refusal.isVisible)
    assert (words.value(), recorded) == ("他自己去了", [])
    overlay._give(CANCEL.answers[0])
    qtbot.waitUntil(lambda: recorded == ["他自己去了"])
    assert not overlay_open(host)


def test_a_question_that_is_left_meanwhile_tells_the_window(
    qtbot: QtBot, host: Host, sample_jobs: Jobs
) -> None:
    def refuse(_desk: object, _reason: object) -> Done[None]:
        raise NumberTooShort(digits=9)

    overlay = ask_and_do(host, sample_jobs, SWITCH, lambda _answer: Deed(refuse, None, lambda _value: None))
    overlay._give(SWITCH.answers[0])
    overlay.close_overlay()
    QCoreApplication.sendPostedEvents(overlay, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(sample_jobs.refused):
        pass


@pytest.mark.parametrize("large", [False, True])
def test_a_question_fits_the_smallest_window(host: Host, large: bool) -> None:
    theme.use_large(large)
    overlay = ask(host, CANCEL, lambda _answer: None)
    assert overlay.rect().contains(overlay.panel.geometry())
    assert not overlay.panel.verticalScrollBar().maximum()


def test_the_answers_of_a_question_stay_in_sight_where_it_scrolls(host: Host) -> None:
    theme.use_large(True)
    host.resize(1024, 400)
    overlay = ask(host, CANCEL, lambda _answer: None)
    assert overlay.panel.verticalScrollBar().maximum() > 0
    for button in (*overlay._buttons, overlay.stay):
        assert button.visibleRegion().boundingRect() == button.rect()


def test_why_a_question_is_refused_comes_into_sight_where_it_scrolls(qtbot: QtBot, host: Host) -> None:
    theme.use_large(True)
    host.resize(1024, 400)
    overlay = ask(host, CANCEL, lambda _answer: None)
    overlay._give(CANCEL.answers[0])
    refusal = overlay._refusal
    qtbot.waitUntil(lambda: refusal.visibleRegion().boundingRect() == refusal.rect())


def test_a_question_that_was_too_high_needs_no_scroll_bar_when_it_has_room(qtbot: QtBot, host: Host) -> None:
    """Its reasons just fit in a line, but not beside a scroll bar; then they asked for one."""
    question = Question(
        "移出名单？",
        (Answer("移出", "drop"),),
        reasons=("核减后不足", "重复登记", "本人不要", "查实有问题"),
    )
    host.resize(1024, 240)
    overlay = ask(host, question, lambda _answer: None)
    bar = overlay.panel.verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    host.resize(1024, 660)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert overlay.stay.visibleRegion().boundingRect() == overlay.stay.rect()


def test_the_sheet_scrolls_where_it_does_not_fit(host: Host) -> None:
    theme.use_large(True)
    lines = [KeyHelp(f"F{number}", "一个键") for number in range(1, 40)]
    sheet = KeySheet(host, [("到处", lines)])
    sheet.open()
    assert sheet.rect().contains(sheet.panel.geometry())
    assert sheet.panel.verticalScrollBar().maximum() > 0
    QTest.keyClick(focused(host), Qt.Key.Key_F1)
    assert not sheet.isVisible()


def test_the_buttons_of_a_form_stay_in_sight_where_it_scrolls(host: Host, sample_jobs: Jobs) -> None:
    form = FormOverlay(host, sample_jobs, "很长的表", "记下")
    fields = [form.form.add(f"第 {number} 行", TextField()) for number in range(30)]
    form.open()
    assert form.panel.verticalScrollBar().maximum() > 0
    for place in (0, form.panel.verticalScrollBar().maximum()):
        form.panel.verticalScrollBar().setValue(place)
        for button in (form.save, form.stay):
            assert button.visibleRegion().boundingRect() == button.rect()
    assert fields[-1].visibleRegion().boundingRect() == fields[-1].rect(), "the last one is above them"
    theme.use_large(True)
    assert form.save.visibleRegion().boundingRect() == form.save.rect()


def test_a_long_name_in_its_title_moves_nothing_aside(host: Host, sample_jobs: Jobs) -> None:
    form = FormOverlay(
        host, sample_jobs, "转赠阿卜杜热合曼·买买提明·吐尔逊江·阿不都克里木·乌斯曼江的积分", "转赠"
    )
    field = form.form.add("多少分", TextField())
    form.open()
    assert field.visibleRegion().boundingRect() == field.rect()
    assert form.panel.horizontalScrollBar().maximum() == 0


def test_a_form_can_be_left_after_a_bug(qtbot: QtBot, host: Host, sample_jobs: Jobs) -> None:
    def broken(_desk: object, _request: None) -> Done[None]:
        raise ZeroDivisionError

    form = FormOverlay(host, sample_jobs, "新同事", "记下")
    form.open()
    with qtbot.waitSignal(sample_jobs.broke):
        form.run(broken, None, lambda _value: None)
        form.close_overlay()
        assert form.isVisible(), "what comes of it is not known yet"
    assert form.save.isEnabled() and "程序的毛病" in form._trouble._words.accessibleName()
    form.close_overlay()
    assert not overlay_open(host)


@pytest.mark.parametrize("keys", ["F2", "1 2 3 4 5 6 7 8 Enter"])
def test_what_the_keys_do_stands_in_one_column_in_either_size(host: Host, keys: str) -> None:
    sheet = KeySheet(host, [("到处", [KeyHelp(keys, "一个键"), KeyHelp("F3", "另一个键")])])
    sheet.open()
    caps = sheet.findChildren(KeyCaps)
    for is_large in (False, True):
        theme.use_large(is_large)
        assert len({one.width() for one in caps}) == 1
        assert caps[0].width() >= caps[0].sizeHint().width()


@pytest.mark.parametrize("keys, like", [("+ -", "1 2"), ("Ctrl++", "Ctrl+1"), ("Ctrl+-", "Ctrl+1")])
def test_plus_and_minus_are_keys_where_they_join_nothing(keys: str, like: str) -> None:
    assert KeyCaps(keys).sizeHint() == KeyCaps(like).sizeHint()


def test_the_eye_asks_why_once_and_hides_again(host: Host) -> None:
    heard: list[str] = []
    host.masked.set_masked("138 **** 1234", "a" * 32)
    host.masked.asked.connect(heard.append)
    eye = host.masked.findChildren(Button)[0]
    eye.click()
    overlay = host.findChildren(QuestionOverlay)[0]
    overlay.findChildren(Chip)[0].click()
    reason(overlay)[2].click()
    assert heard == ["打电话联系"]
    host.masked.show_value("138 0000 1234")
    eye.click()
    eye.click()
    assert heard == ["打电话联系", "打电话联系"]
    host.masked.set_masked("139 **** 0000", "b" * 32)
    eye.click()
    assert heard == ["打电话联系", "打电话联系"]  # somebody else: the reason is asked again


def test_who_has_left_the_desk_is_asked_anew(host: Host) -> None:
    heard: list[str] = []
    host.masked.set_masked("138 **** 1234", "p" * 32)
    host.masked.asked.connect(heard.append)
    reasons.give("p" * 32, "核对本人")
    eye = host.masked.findChildren(Button)[0]
    eye.click()
    assert heard == ["核对本人"]
    reasons.forget()
    eye.click()
    assert heard == ["核对本人"]


# --- the banner


@pytest.fixture
def banner(host: Host) -> Banner:
    return Banner(host, above=lambda: 28)


def test_the_banner_never_takes_the_focus(host: Host, banner: Banner) -> None:
    banner.news("已记下，编号 0417-3K", Action("撤销", lambda: None))
    assert host.field.hasFocus()
    for button in banner.findChildren(Button):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert host.field.hasFocus()


def test_the_banner_lies_above_the_status_line_and_is_not_wide(host: Host, banner: Banner) -> None:
    banner.news("已记下，编号 0417-3K")
    assert (banner.height(), banner.width() <= 640) == (44, True)
    assert banner.geometry().bottom() < host.height() - 28


def test_news_leaves_and_a_trouble_stays(qtbot: QtBot, banner: Banner) -> None:
    banner.trouble("打印机没有应答。")
    banner.news("已记下")
    assert banner.sentence() == "已记下"
    banner._timer.setInterval(1)
    banner._timer.start()
    qtbot.waitUntil(lambda: banner.sentence() == "打印机没有应答。")
    assert not banner._timer.isActive()
    banner.dismiss()
    assert not banner.isVisible()


def test_the_same_trouble_does_not_pile_up(banner: Banner) -> None:
    for _time in range(3):
        banner.trouble("磁盘满了。")
    banner.dismiss()
    assert not banner.isVisible()


def test_news_stays_in_large_mode(banner: Banner) -> None:
    theme.use_large(True)
    banner.news("已记下")
    assert not banner._timer.isActive()


def test_the_action_runs_once(banner: Banner) -> None:
    ran: list[int] = []
    banner.news("已派给爱心理发队", Action("撤销", lambda: ran.append(1)))
    banner.act()
    banner.act()
    assert (ran, banner.isVisible()) == ([1], False)


def test_a_long_sentence_is_not_cut(host: Host, banner: Banner) -> None:
    banner.trouble(
        "磁盘满了，刚才这一步没有记下。请删掉一些不要的文件，或者换一个大一点的磁盘，然后再试一次。"
    )
    two_lines = banner.height()
    assert two_lines > 44
    banner.refuse("登记过的人撤不掉。" * 15)
    assert banner.height() > two_lines
    words = banner.findChild(QLabel)
    assert words is not None and words.heightForWidth(words.width()) <= banner.height()


def test_what_is_said_in_a_dialog_stands_before_it_and_stays_when_it_closes(
    host: Host, banner: Banner
) -> None:
    dialog = Overlay(host)
    dialog.open()
    banner.news("先把这里办完")
    assert dialog.childAt(banner.geometry().center()) is not None
    assert dialog.isAncestorOf(banner) and banner.isVisible()
    assert not banner.geometry().intersects(dialog.panel.geometry())
    dialog.close_overlay()
    assert banner.parentWidget() is host
    assert (banner.sentence(), banner.isVisible()) == ("先把这里办完", True)


# --- the banner and what lies below it


def test_the_banner_leaves_the_buttons_of_the_page_free(qtbot: QtBot, host: Host) -> None:
    banner = Banner(host, above=lambda: 28)
    save = Button("记下", parent=host)
    save.setGeometry(460, 540 - 28 - 56, 120, 44)
    save.show()
    banner.news("已记下，编号 0417-3K")
    assert banner.isVisible()
    assert not banner.geometry().intersects(save.geometry())
    assert banner.geometry().bottom() < save.geometry().top()
    save.hide()
    banner.news("已记下，编号 0417-3L")
    assert banner.geometry().bottom() > save.geometry().top()


def test_the_banner_looks_again_when_the_page_below_has_changed(qtbot: QtBot, host: Host) -> None:
    banner = Banner(host, above=lambda: 28)
    banner.news("已记下，编号 0417-3K")
    save = Button("记下", parent=host)
    save.setGeometry(460, 540 - 28 - 56, 120, 44)
    save.show()
    banner.raise_()
    qtbot.waitUntil(lambda: not banner.geometry().intersects(save.geometry()))


def test_the_banner_gives_way_when_another_page_comes_below(qtbot: QtBot, host: Host) -> None:
    banner = Banner(host, above=lambda: 28)
    banner.news("已记下，编号 0417-3K")
    qtbot.waitUntil(lambda: not banner._settled.isActive())
    placed = banner.geometry()
    save = Button("记下", parent=host)
    save.setGeometry(460, 540 - 28 - 56, 120, 44)
    save.show()
    banner.raise_()
    save.setFocus()
    qtbot.waitUntil(lambda: not banner.geometry().intersects(save.geometry()))
    save.hide()
    host.field.setFocus()
    qtbot.waitUntil(lambda: not banner._settled.isActive())
    assert banner.geometry() != placed  # it does not hop back


def test_the_banner_leaves_what_is_typed_in_sight(qtbot: QtBot, host: Host, banner: Banner) -> None:
    below = TextField(parent=host)
    below.setGeometry(100, 540 - 28 - 56, 800, 44)
    below.show()
    banner.raise_()
    banner.trouble("打印机没有应答。")
    assert banner.geometry().intersects(below.geometry()), "nobody types there"
    below.setFocus()
    qtbot.waitUntil(lambda: not banner.geometry().intersects(below.geometry()))


def test_where_buttons_stand_all_the_way_up_the_banner_lies_over_those_that_scroll(host: Host) -> None:
    banner = Banner(host, above=lambda: 28)
    rows = QWidget()
    for place in range(10):
        Button("×", parent=rows).setGeometry(460, place * 48, 44, 44)
    rows.resize(1024, 480)
    area = QScrollArea(host)
    area.setWidget(rows)
    area.setGeometry(0, 0, 1024, 540 - 28 - 64)
    area.show()
    save = Button("记下", parent=host)
    save.setGeometry(460, 540 - 28 - 56, 120, 44)
    save.show()
    banner.trouble("打印机没有应答。")
    assert banner.geometry().bottom() < save.geometry().top()


def test_the_banner_looks_again_when_the_window_has_another_shape(qtbot: QtBot, host: Host) -> None:
    banner = Banner(host, above=lambda: 28)
    save = Button("记下", parent=host)
    save.setGeometry(460, 540 - 28 - 56, 120, 44)
    save.show()
    banner.trouble("打印机没有应答。")
    qtbot.waitUntil(lambda: not banner._settled.isActive())
    host.resize(host.width(), 600)
    save.move(460, 600 - 28 - 56)
    banner.raise_()
    assert banner.geometry().intersects(save.geometry())
    qtbot.waitUntil(lambda: not banner.geometry().intersects(save.geometry()))


def test_in_large_mode_the_banner_asks_for_room_of_its_own_while_it_stays(host: Host, banner: Banner) -> None:
    wanted: list[int] = []
    banner.room_wanted.connect(wanted.append)
    banner.news("已记下")
    banner.dismiss()
    assert wanted == []
    theme.use_large(True)
    banner.news("已记下")
    assert wanted == [banner.height() + 24]
    assert banner.geometry().bottom() < host.height() - 28
    banner.dismiss()
    assert wanted[-1] == 0


def test_in_another_language_news_leaves_and_a_trouble_is_said_anew(host: Host, banner: Banner) -> None:
    def close_name() -> str:
        return next(one.accessibleName() for one in banner.findChildren(Button) if one.icon_name == "close")

    banner.trouble(
        lambda: _("打印机没有应答，没有印出来。请看看电源和纸，再印一次。"),
        Action(lambda: _("去看"), lambda: None),
    )
    banner.news("已记下")
    try:
        speech.use("en")
        assert (banner.sentence(), close_name()) == (
            _("打印机没有应答，没有印出来。请看看电源和纸，再印一次。"),
            "Close",
        )
        assert _("去看") in [one.text() for one in banner.findChildren(Button)]
        speech.use("zh_TW")
        assert close_name() == "關上"
        assert _("去看") in [one.text() for one in banner.findChildren(Button)]
    finally:
        speech.use(SOURCE_LANGUAGE)


def test_a_refusal_looks_like_one_and_leaves_like_news(banner: Banner) -> None:
    banner.news("已记下")
    news = banner.grab().toImage()
    banner.refuse("已记下")
    assert banner.grab().toImage() != news
    assert banner._timer.isActive()
    banner.dismiss()
    assert not banner.isVisible()


def test_a_page_full_of_buttons_keeps_the_banner_where_it_is(host: Host) -> None:
    for place in range(12):
        Button("记下", parent=host).setGeometry(200, place * 44, 600, 44)
    for button in host.findChildren(Button):
        button.show()
    banner = Banner(host, above=lambda: 28)
    banner.news("已记下，编号 0417-3K")
    assert banner.geometry().bottom() > host.height() - 28 - 16
