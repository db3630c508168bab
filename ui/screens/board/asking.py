"""Which questions a step has (每一步问什么)."""

from __future__ import annotations

from ui.screens.board.choosing import ChooseTeam
from ui.screens.board.editing import EditForm
from ui.screens.board.forms import ReasonForm, RejectForm, StepForm
from ui.screens.board.offices import AnswerForm, EscalateForm, ReferForm, TakeForm
from ui.screens.board.serve import ServeForm
from ui.screens.board.visits import AcceptForm, CallBackForm, FinishForm, RateForm, SettleForm, StartForm

Asking = StepForm | ChooseTeam

FORMS: dict[str, type[Asking]] = {
    "reject": RejectForm,
    "refuse": ReasonForm,
    "give_back": ReasonForm,
    "cancel": ReasonForm,
    "dispatch": ChooseTeam,
    "grab": ChooseTeam,
    "accept": AcceptForm,
    "edit": EditForm,
    "escalate": EscalateForm,
    "refer": ReferForm,
    "take": TakeForm,
    "answer": AnswerForm,
    "start": StartForm,
    "finish": FinishForm,
    "settle": SettleForm,
    "rate": RateForm,
    "call_back": CallBackForm,
    "serve": ServeForm,
}
