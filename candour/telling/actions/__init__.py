"""Verbs: telling, settings of the form, what goes back and forth by a receipt, withdrawing."""

from candour.telling.actions.asking import ask
from candour.telling.actions.receipts import add, answer
from candour.telling.actions.setting import set_form
from candour.telling.actions.telling import Taken, take
from candour.telling.actions.withdrawing import withdraw

__all__ = ["Taken", "add", "answer", "ask", "set_form", "take", "withdraw"]
