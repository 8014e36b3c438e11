"""What was made and what was paid: an SQLite file beside the store, written by the driver alone."""

from assetgen.ledger.book import InUse, Ledger
from assetgen.ledger.lock import alone
from assetgen.ledger.payments import Expense, Payments

__all__ = ["Expense", "InUse", "Ledger", "Payments", "alone"]
