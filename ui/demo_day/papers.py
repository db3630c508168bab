"""The volunteer's certificate (证书): issued, voided, issued anew, printed again; each paper says what it is."""

from __future__ import annotations

from app.actions.certificates import CertificateEntry, certificates_of
from app.domain.certificates import Standing
from ui.demo_day.day import Day
from ui.demo_day.promises import promise


def certificate(day: Day) -> None:
    """Records with ticks at the left, the paper live at the right; the number comes with issuing."""
    with day.step("certificate", "开服务记录证明") as step:
        person = day.volunteer_of(day.orders["hotline"])
        name, typed = day.named(person)
        earlier = len(day.stage.look(certificates_of, person))
        day.go("证书")
        day.enter("哪位志愿者")
        day.hands.write(typed)
        day.hands.press("Enter")
        day.eyes.row("代购代办", within="服务记录")
        day.rewrite("负责人", day.station.tiles[0].name)
        day.hands.click(day.eyes.button_with("本人同意"))
        day.eyes.read("预览，编号签发时才有", "已选")
        day.picture("certificate-preview")
        day.hands.press("Ctrl+Enter")
        day.eyes.read("已签发，编号")
        issued = day.stage.look(certificates_of, person)
        promise(len(issued) == earlier + 1, "多了一份证明", before=earlier, now=len(issued))
        entry = _newest(day)
        promise(
            entry.person == person and entry.standing is Standing.VALID, "开给了这位志愿者", seen=entry.number
        )
        promise(entry.number.startswith("ZM-"), "编号是 ZM- 开头的", number=entry.number)
        day.eyes.read(entry.number)
        day.picture("certificate-issued")
        day.save_paper("certificate", "志愿服务记录证明", name, entry.number)
        step.note(certificate=entry.number, volunteer=name, minutes=entry.minutes)


def void_and_reissue(day: Day) -> None:
    """The first is void and stays listed; the second says that it takes its place; a copy says 补打."""
    with day.step("void", "作废，写明原因") as step:
        first = _newest(day)
        day.hands.click(day.eyes.button("作废"))
        day.eyes.read(f"作废 {first.number}？")
        day.hands.click(day.eyes.button("信息写错了"))
        day.picture("void")
        day.hands.press("Ctrl+Enter")
        day.said(first.number, "作废了")
        day.eyes.read("信息写错了")
        void = _newest(day)
        promise(
            (void.number, void.standing) == (first.number, Standing.VOID),
            "作废了，还列着",
            seen=void.standing,
        )
        day.save_paper("certificate-void", first.number, "作废")
        step.note(certificate=first.number, reason=void.void_reason)
    with day.step("reissue", "换开新的，再补打一份") as step:
        day.hands.click(day.eyes.button("换开"))
        day.eyes.read("已经作废，现在开一份替它")
        day.hands.click(day.eyes.button_with("本人同意"))
        day.hands.press("Ctrl+Enter")
        day.eyes.read("已签发，编号")
        second = _newest(day)
        promise(second.number != first.number, "换开的有自己的编号", number=second.number)
        old = next(
            one for one in day.stage.look(certificates_of, second.person) if one.number == first.number
        )
        promise(old.replaced_by == second.number, "旧的写着换成了哪一份", replaced_by=old.replaced_by)
        promise(_serial(second.number) == _serial(first.number) + 1, "编号一个挨一个", number=second.number)
        day.save_paper("certificate-reissued", second.number, "志愿服务记录证明")
        day.save_paper("certificate-reprint", second.number, "补打")
        again = _newest(day)
        promise(again.copies == 1, "补打记了一次", copies=again.copies)
        day.eyes.read("补打过 1 次")
        day.picture("certificate-reprint")
        day.hands.press("F6")
        day.eyes.row("已换开", within="证明登记簿")
        day.picture("register")
        step.note(certificate=second.number, replaces=first.number, copies=again.copies)


def _newest(day: Day) -> CertificateEntry:
    person = day.volunteer_of(day.orders["hotline"])
    return max(day.stage.look(certificates_of, person), key=lambda one: one.number)


def _serial(number: str) -> int:
    """The six digits that count within a register."""
    return int(number.split("-")[3][2:])
