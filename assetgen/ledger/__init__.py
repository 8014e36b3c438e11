"""What was made and what was paid: an SQLite file beside the store, written by the driver alone."""

from assetgen.ledger.book import Ledger
from assetgen.ledger.lock import only_run
from assetgen.ledger.payments import Expense

__all__ = ["Expense", "Ledger", "feed_memory", "only_run", "payments"]
