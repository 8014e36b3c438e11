"""Feeds for shops: which pictures go into which columns, and the table written back with nothing else changed."""

__all__ = ["feed_problems", "feed_writing"]
