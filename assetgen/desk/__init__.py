"""What commands do beside running: check, doctor, why, diff, previews, inspecting, exporting, tidying."""

__all__ = [
    "campaign_check",
    "difference_drawing",
    "file_inspection",
    "layout_preview",
    "prompts_export",
    "readiness",
    "reasons",
    "words_check",
    "workspace_cache",
    "workspaces",
]
