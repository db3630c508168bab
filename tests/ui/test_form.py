"""Forms: Enter to the next empty field, refusals under their field, saving and leaving by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.samples import NumberTooShort
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.fields import TextArea, TextField
from ui.parts.form import Form, Mend, Page
from ui.parts.grouped import PhoneField
from ui.parts.keyrow import KeyRow
from ui.parts.text import Text
from ui.theme import theme

ENTERS = [Qt.Key.Key_Return, Qt.Key.Key_Enter]


class Sample(Form):
    def __init__(self) -> None:
        super().__init__()
        self.who = self.add("谁", TextField(), name="who")
        self.kind = self.add("类别", KeyRow([("buy", "代购"), ("cut", "理发")]), name="kind")
        self.what = self.add("要什么", TextArea(), name="what")
        self.channel = self.add("来源", Chips([("a", "来人"), ("b", "电话")], chosen="a"))
        self.phone = self.add("电话", PhoneField(), name="phone")
        self.primary = self.add_line(Button("记下", kind="primary"))


@pytest.fixture
def form(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> Sample:
    made = Sample()
    show(made)
    made.start()
    return made


def focused(form: Form) -> QWidget:
    found = form.window().focusWidget()
    assert found is not None
    return found


@pytest.mark.parametrize("key", ENTERS)
def test_enter_steps_to_the_next_empty_field_and_at_last_to_the_button(
    qtbot: QtBot, form: Sample, key: Qt.Key
) -> None:
    form.what.set_value("买米")
    assert form.who.hasFocus()
    QTest.keyClick(focused(form), key)
    assert form.kind.isAncestorOf(focused(form))
    QTest.keyClick(focused(form), key)
    assert form.phone.hasFocus()  # 要什么 and 来源 have an answer
    QTest.keyClick(focused(form), key)
    assert form.primary is not None
    assert form.primary.hasFocus()


def test_picking_a_key_steps_on(qtbot: QtBot, form: Sample) -> None:
    form.kind.setFocus()
    QTest.keyClick(focused(form), Qt.Key.Key_2)
    assert (form.kind.value(), form.what.hasFocus()) == ("cut", True)


@pytest.mark.parametrize("key", ENTERS)
def test_control_enter_saves_from_every_field(qtbot: QtBot, form: Sample, key: Qt.Key) -> None:
    for field in (form.who, form.kind, form.what, form.channel, form.phone):
        field.setFocus()
        with qtbot.waitSignal(form.saved):
            QTest.keyClick(focused(form), key, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("key", ENTERS)
def test_control_enter_on_a_button_below_the_form_presses_it(
    qtbot: QtBot, show: Callable[[QWidget], QWidget], key: Qt.Key
) -> None:
    save, back = Button("记下", kind="primary", key="Ctrl+Enter"), Button("回去")
    show(Page(Sample(), left=(back,), right=(save,)))
    save.setFocus()
    with qtbot.waitSignal(save.clicked):
        QTest.keyClick(save, key, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(back.clicked):
        QTest.keyClick(back, key, Qt.KeyboardModifier.ControlModifier)


def test_a_button_that_waits_for_its_answer_keeps_the_focus_from_the_others(
    show: Callable[[QWidget], QWidget],
) -> None:
    """An impatient second Enter presses none of them."""
    save, back = Button("记下", kind="primary"), Button("回去")
    show(Page(Sample(), left=(back,), right=(save,)))
    save.setFocus()
    save.hold()
    assert save.has_focus_waiting() and not back.hasFocus()
    save.setEnabled(True)
    assert save.hasFocus()
    save.hold()
    back.setFocus()
    save.setEnabled(True)
    assert back.hasFocus(), "who went elsewhere meanwhile stays there"


def test_the_buttons_below_give_up_their_keys_before_their_words(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    theme.use_large(True)
    buttons = [
        Button("登记簿存成 PDF", key="Ctrl+Shift+S"),
        Button("印登记簿", key="Ctrl+P"),
        Button("记下", key="Ctrl+Enter"),
    ]
    page = Page(QWidget(), left=(Text("都数到了", "secondary"),), right=tuple(buttons), widest=1400)
    page.setParent(around := QWidget())  # a window of its own would not become smaller
    show(around)
    in_full = [button.width_in_full() for button in buttons]

    def widths() -> list[int]:
        return [button.width() for button in buttons]

    page.setGeometry(0, 0, sum(in_full) + 400, 540)
    qtbot.waitUntil(lambda: widths() == in_full)
    in_one_line = page.footer.height()
    page.setGeometry(0, 0, sum(in_full) + 60, 540)
    in_brief = [button.width_in_brief() for button in buttons]
    qtbot.waitUntil(lambda: widths() == in_brief)
    assert page.footer.height() == in_one_line
    page.setGeometry(0, 0, sum(in_full) + 400, 540)
    qtbot.waitUntil(lambda: widths() == in_full)


def test_choices_below_a_form_stand_in_a_line_before_the_button_beside_them_has_its_key(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    theme.use_large(True)
    days = Chips([(1, "明天起"), (2, "今天起"), (3, "另选一天")], chosen=1)
    save = Button("就这样定", kind="primary", key="Ctrl+Enter")
    page = Page(QWidget(), left=(days,), right=(save,), widest=1400)
    page.setParent(around := QWidget())
    show(around)
    in_full, in_brief = save.width_in_full(), save.width_in_brief()
    page.setGeometry(0, 0, days.sizeHint().width() + in_full + 100, 540)
    qtbot.waitUntil(lambda: save.width() == in_full)
    page.setGeometry(0, 0, days.sizeHint().width() + in_brief + 70, 540)
    qtbot.waitUntil(lambda: save.width() == in_brief)
    qtbot.waitUntil(lambda: days.height() == theme.metrics.row)


def test_a_head_scrolls_with_the_content(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    form, head = Sample(), Text("备份和恢复", "section", bold=True)
    page = Page(form, head=head)
    page.setParent(around := QWidget())
    page.setGeometry(0, 0, 700, 200)
    show(around)
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and not head.visibleRegion().isEmpty())
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: head.visibleRegion().isEmpty())
    assert form.visibleRegion().boundingRect().bottom() == form.rect().bottom()


def test_escape_leaves_and_discards_nothing(qtbot: QtBot, form: Sample) -> None:
    QTest.keyClicks(form.who, "w")
    with qtbot.waitSignal(form.left):
        QTest.keyClick(form.who, Qt.Key.Key_Escape)
    assert form.who.value() == "w"


def test_tab_reaches_every_field(qtbot: QtBot, form: Sample) -> None:
    reached = [focused(form)]
    for _press in range(4):
        QTest.keyClick(focused(form), Qt.Key.Key_Tab)
        reached.append(focused(form))
    fields = (form.who, form.kind, form.what, form.channel, form.phone)
    assert [field is at or field.isAncestorOf(at) for field, at in zip(fields, reached, strict=True)] == [
        True
    ] * 5


def test_a_refusal_stands_under_its_field_and_goes_with_the_keystroke_that_mends_it(
    qtbot: QtBot, form: Sample
) -> None:
    form.refuse(NumberTooShort(digits=9, field="phone"))
    line = form.row_of(form.phone).refusal
    assert line.isVisible()
    assert form.phone.hasFocus()
    assert form.phone.property("refused") is True
    QTest.keyClicks(form.phone, "1")
    assert not line.isVisible()
    assert form.phone.property("refused") is False


def test_a_refusal_can_offer_to_be_mended(qtbot: QtBot, form: Sample) -> None:
    form.refuse(
        NumberTooShort(digits=9, field="phone"),
        Mend("用档案里的号码", lambda: form.phone.set_value("13800001234")),
    )
    button = form.row_of(form.phone).refusal.findChildren(Button)[0]
    button.click()
    assert form.phone.value() == "13800001234"


def test_a_refusal_without_a_field_stands_above_the_form_until_something_is_changed(
    qtbot: QtBot, form: Sample
) -> None:
    form.refuse(NumberTooShort(digits=9))
    line = form.findChildren(type(form.row_of(form.phone).refusal))[0]
    assert line.isVisible()
    QTest.keyClicks(form.who, "w")
    assert not line.isVisible()


def test_a_field_is_called_by_its_label_and_not_by_its_example(form: Sample) -> None:
    assert form.add("地址", TextField("例如 桃源村3组12号")).accessibleName() == "地址"
    assert (
        form.add("电话", PhoneField("例如 13800001234", name="家里的电话")).accessibleName() == "家里的电话"
    )


@pytest.mark.parametrize("width, is_beside", [(900, True), (420, False)])
def test_a_field_beside_another_goes_below_it_where_its_hint_would_be_cut(
    show: Callable[[QWidget], QWidget], width: int, is_beside: bool
) -> None:
    made = Form()
    first = made.add("负责人", TextField("站长或队长"))
    second = made.add("联系方式", TextField("不填就印本站电话"), beside=first)
    show(made)
    made.setFixedWidth(1000)
    QTest.qWait(0)
    made.setFixedWidth(width)
    QTest.qWait(0)
    assert made.row_of(first).width() == width, "what it was does not keep it wide"
    place, other = (field.mapTo(made, QPoint(0, 0)) for field in (first, second))
    assert (place.y() == other.y()) is is_beside
    if not is_beside:
        assert place.x() == other.x(), "its label then has the width of the others"


def test_fields_one_below_the_other_take_no_spare_height(show: Callable[[QWidget], QWidget]) -> None:
    made = Form()
    first = made.add("负责人", TextField("站长或队长"))
    made.add("联系方式", TextField("不填就印本站电话"), beside=first)
    below = made.add("备注", TextField())
    show(made)
    made.setFixedSize(420, 900)
    QTest.qWait(0)
    assert below.mapTo(made, QPoint(0, 0)).y() < 200


def test_a_label_stands_clear_of_its_field(show: Callable[[QWidget], QWidget]) -> None:
    made = Form(label_width=lambda: round(paint.text_width("新的口令", "body")) + 4)
    field = made.add("新的口令", TextField())
    show(made)
    assert made.row_of(field).label.wordWrap()


def test_the_field_one_types_in_stays_in_sight_when_letters_grow_or_the_window_shrinks(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    form = Form()
    fields = [form.add(f"第 {number} 行", TextField()) for number in range(12)]
    page = Page(form)
    show(page)
    page.resize(900, 700)
    fields[9].setFocus()
    assert _is_whole(fields[9])
    theme.use_large(True)
    qtbot.waitUntil(lambda: _is_whole(fields[9]))
    page.resize(900, 300)
    qtbot.waitUntil(lambda: _is_whole(fields[9]))


def _is_whole(field: QWidget) -> bool:
    return field.visibleRegion().boundingRect() == field.rect()
