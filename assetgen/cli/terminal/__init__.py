"""What the commands share: how they print, what they ask, and the line that shows how far a run is."""

__all__ = ["channel_in_words", "console", "fault_report", "help_pages", "misuse", "options", "progress_line"]
