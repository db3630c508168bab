"""The counter itself (兑换): scan, person, 1-9, Enter, Enter; commit, then print, and the next one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from app.actions.codes import CodeMeaning, resolve_code
from app.actions.gifts import ShelfQuery, Tile, shelf
from app.actions.staff import StaffCard, staff_list
from app.actions.wallets import CounterPerson, Redeemed, RedeemGifts, counter_person, redeem_gifts
from app.domain import masking
from app.domain.numbers import is_volunteer_number
from app.domain.problems import Refusal, Trouble
from app.domain.staff import Role
from app.facts import Id
from app.sentences import sentence
from app.sentences.points import points
from app.words import _
from ui.parts import keys
from ui.parts.empty import Empty
from ui.parts.question import Answer, Answered, Question, ask
from ui.points import DONATE_KEY, REWARD_KEY
from ui.screen import Screen, Services
from ui.screens.counter.basket import Basket
from ui.screens.counter.person import PersonSide
from ui.screens.counter.receipt import LastReceipt
from ui.screens.counter.shelf import Shelf
from ui.screens.counter.unfinished import Unfinished
from ui.theme import theme

_PERSON, _BASKET = 288, 320
_NARROW_PERSON, _NARROW_BASKET = 224, 248
_NARROW_BELOW = 1100
_LARGER = 1.2


class Serving(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.person = PersonSide(app)
        self.shelf = Shelf(app.jobs)
        self.basket = Basket()
        self.unfinished = Unfinished(app.jobs, self.person, self.basket, self._show)
        self.receipt = LastReceipt(app, self, self.basket.say_paper)
        begins = _("礼品与库存") if app.clerk.role == Role.ADMINISTRATOR else ""
        self.empty = Empty(_how_to_begin(app), begins, lambda: app.go("counter", "gifts"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(16)
        row.addWidget(self.person)
        row.addWidget(self.shelf, 1)
        row.addWidget(self.empty, 1)
        row.addWidget(self.basket)
        self.empty.hide()
        self._connect()
        self._bind()
        theme.changed.connect(self._fit)
        self._read_shelf()
        self._read_checkers()
        self.unfinished.load()

    def _connect(self) -> None:
        self.person.picked.connect(self.choose)
        self.person.typing.connect(self._on_typing)
        self.person.told.connect(self._go_on)
        self.shelf.picked.connect(self.put)
        self.shelf.entered.connect(self._on_entered)
        self.shelf.typed.connect(self._type)
        self.basket.changed.connect(self._settle)
        self.basket.confirmed.connect(self.confirm)
        self.basket.again.connect(self.receipt.print)

    def _bind(self) -> None:
        self.tell_key("1 - 9", _("拿一件这个礼品"))
        self.tell_key("PgDn PgUp", _("翻货架"))
        self.tell_key("+ -", _("刚才那件多一件，少一件"))
        self.tell_key("Enter", _("看扣多少，再按一下就兑换"))
        self.key(REWARD_KEY, _("奖励他的随手拍"), self.person.doors.reward)
        self.key(DONATE_KEY, _("转赠他的积分"), self.person.doors.donate)
        self.key("F8", _("别人代领"), self.person.turn_agent)
        self.key("F9", _("换一位，篮子清空"), self.start_again)
        self.key("F10", _("再印一次凭证"), self.receipt.print)

    # --- the page

    def enter(self) -> None:
        self._fit()
        if self.person.shown is not None and self.person.shown.obstacle is None:
            self.shelf.start()
        else:
            self.person.start()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"gift", "stock", "wallet", "grant", "service", "person", "policy"}:
            self._read_shelf()
            shown = self.person.shown
            if shown is not None:
                self.app.jobs.read(self, counter_person, shown.person, done=self._renew_shown, key="renew")
        if "staff" in changed:
            self._read_checkers()

    def go_to(self, object_id: str) -> None:
        """Somebody comes to the counter."""
        self.choose(object_id)

    def place(self) -> str:
        """Who stands at the counter."""
        return self.person.shown.person if self.person.shown is not None else ""

    def is_amid(self) -> bool:
        """A basket is; so are who fetches, a name that is being typed, and the thanks with their receipt."""
        is_typed = bool(self.person.line.text()) or self.person.agent.value()
        return super().is_amid() or is_typed or not self.basket.is_empty() or self.basket.is_thanking()

    def put_down(self) -> None:
        self.unfinished.save_now()

    def on_scan(self, code: str) -> bool:
        """A gift is picked, a volunteer's card says who comes; anything else is somebody else's."""
        tile = self.shelf.of_code(code)
        if tile is not None:
            self.put(tile)
            return True
        if not is_volunteer_number(code):
            return False
        self.app.jobs.read(self, resolve_code, code, done=self._on_card, refused=self._nobody, key="who")
        return True

    def _on_card(self, meaning: CodeMeaning) -> None:
        self.choose(meaning.object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event) and self.person.checker.hasFocus():
            self._go_on()
            return
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Backspace: -1}
        if event.key() in steps and not self.basket.is_empty():
            self.basket.change_last(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.person.start() if self.basket.is_empty() else self.shelf.start()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < _NARROW_BELOW
        scale = _LARGER if theme.large else 1.0
        self.person.setFixedWidth(round((_NARROW_PERSON if is_narrow else _PERSON) * scale))
        self.basket.setFixedWidth(round((_NARROW_BASKET if is_narrow else _BASKET) * scale))

    # --- who

    def choose(self, person: Id) -> None:
        """This one comes to the counter; over a full basket it is asked first."""
        shown = self.person.shown
        if self.basket.is_empty() or shown is None or shown.person == person:
            self._serve(person)
            return
        self.app.jobs.read(self, counter_person, person, done=self._ask_who_first, refused=self._nobody)

    def _ask_who_first(self, other: CounterPerson) -> None:
        shown = self.person.shown
        if shown is None:
            self._show(other)
            return
        first, then = masking.name(shown.name), masking.name(other.name)
        question = Question(
            _("{first}的篮子里还有礼品").format(first=first),
            (Answer(_("换成{then}").format(then=then), "change", _("篮子清空。")),),
            stay=_("先给{first}办完").format(first=first),
        )
        overlay = ask(self, question, partial(self._on_who_first, other.person))
        overlay.stay.setFocus(Qt.FocusReason.OtherFocusReason)  # nothing is lost by one Enter too many

    def _on_who_first(self, other: Id, _answered: Answered) -> None:
        self.basket.empty()
        self._serve(other)

    def _serve(self, person: Id) -> None:
        self.app.jobs.read(self, counter_person, person, done=self._show, refused=self._nobody, key="person")

    def _show(self, person: CounterPerson) -> None:
        self.receipt.forget()
        self._renew(person)
        if person.obstacle is None:
            self.shelf.start()
        else:
            self.person.start()  # the next scan, or the next name, goes on at once

    def _renew(self, person: CounterPerson) -> None:
        self.person.show_person(person)
        self.basket.serve(person.balance_cents if person.obstacle is None else None)
        self._settle()

    def _renew_shown(self, person: CounterPerson) -> None:
        """What is known of who stands here has changed, unless somebody else stands here by now."""
        shown = self.person.shown
        if shown is not None and shown.person == person.person:
            self._renew(person)

    def _nobody(self, refusal: Refusal) -> None:
        self.basket.serve(None)
        self.person.say(refusal)
        self._settle()
        self.person.start()

    def _on_typing(self) -> None:
        """The next name is being typed: what stood there goes, unless a basket waits for it."""
        if self.basket.is_empty():
            self.receipt.forget()
            self.person.forget_card()
            self.basket.serve(None)
            self._settle()

    def _type(self, letters: str) -> None:
        if self.basket.is_empty():
            self.person.type(letters)

    def start_again(self) -> None:
        """F9: nobody, and nothing in the basket."""
        self.basket.empty()
        self.receipt.forget()
        self.person.forget()
        self.basket.serve(None)
        self._settle()
        self.person.start()

    # --- what

    def put(self, tile: Tile) -> None:
        """One more of this gift, if it is there and can be paid."""
        shown = self.person.shown
        button = next((one for one in self.shelf.buttons if one.tile.gift == tile.gift), None)
        if shown is None or shown.obstacle is not None:
            self.basket.say(_("先扫卡，或者打名字，再拿礼品。"))
            self.person.start()
            return
        taken = self.basket.taken().get(tile.gift, 0)
        left = self.basket.left_cents() or 0
        if tile.stock <= taken:
            self.basket.say(_("{name}没有了。").format(name=tile.name))
        elif tile.points_cents > left:
            missing = points(tile.points_cents - left)
            self.basket.say(_("再拿{name}还差 {points}。").format(name=tile.name, points=missing))
        else:
            self.basket.put(tile)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self) -> None:
        """Enter on the shelf: the first one shows what will be left and waits for the second."""
        if self.basket.is_empty():
            focused = next((one for one in self.shelf.buttons if one.hasFocus()), None)
            if focused is not None:
                self.put(focused.tile)
        elif self.basket.confirm.isEnabled():
            self.basket.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """Who fetches or looks on is said: to the shelf, or to the confirmation."""
        if self.basket.confirm.isEnabled():
            self.basket.confirm.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.shelf.start()

    def _settle(self) -> None:
        self.shelf.settle(self.basket.taken(), self.basket.left_cents())

    def _read_shelf(self) -> None:
        self.app.jobs.read(self, shelf, ShelfQuery(), done=self._show_tiles)

    def _show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        self.shelf.show_tiles(tiles)
        self.shelf.setVisible(bool(tiles))
        self.empty.setVisible(not tiles)
        self._settle()

    def _read_checkers(self) -> None:
        self.app.jobs.read(self, staff_list, None, done=self._offer_checkers)

    def _offer_checkers(self, staff: tuple[StaffCard, ...]) -> None:
        others = [
            (one.id, one.name) for one in staff if one.dismissed_at is None and one.id != self.app.clerk.id
        ]
        self.person.offer_checkers(others)

    # --- done

    def confirm(self) -> None:
        """The second Enter."""
        shown = self.person.shown
        if shown is None or self.unfinished.is_sent or not self.basket.confirm.isEnabled():
            return
        self.basket.confirm.setEnabled(False)  # one press, one redemption
        self.unfinished.send()
        request = RedeemGifts(
            redemption=self.unfinished.redemption,
            person=shown.person,
            lines=self.basket.lines(),
            checker=self.person.checker.value(),
            agent=self.person.agent_typed(),
        )
        self.app.jobs.run(
            self,
            redeem_gifts,
            request,
            done=self._on_redeemed,
            refused=self._refuse,
            trouble=self._on_trouble,
        )

    def _on_redeemed(self, redeemed: Redeemed) -> None:
        self.unfinished.end()
        self.person.forget()
        self.basket.thank(redeemed)
        self.person.start()
        self.receipt.begin(redeemed)

    def _refuse(self, refusal: Refusal) -> None:
        self.unfinished.stay()
        if (refusal.field or "").startswith("agent."):
            self.basket.settle()
            self.person.refuse_agent(refusal)
            return
        self.basket.settle()
        self.basket.refuse(refusal)
        self._read_shelf()
        if refusal.field == "checker":
            self.person.checker.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.shelf.start()

    def _on_trouble(self, trouble: Trouble) -> None:
        """The same redemption is tried again with the same id, so it is never given twice."""
        self.unfinished.stay()
        self.basket.settle()
        self.basket.confirm.setFocus(Qt.FocusReason.OtherFocusReason)
        self.app.banner.trouble(partial(sentence, trouble))


def _how_to_begin(app: Services) -> str:
    """What an empty shelf waits for, told to who can do it and to who cannot."""
    if app.clerk.role == Role.ADMINISTRATOR:
        return _("还没有礼品。到“礼品与库存”里添上第一件，入了库，这里就能兑换。")
    return _("还没有礼品。请管理员到“礼品与库存”里添上第一件，入了库，这里就能兑换。")
