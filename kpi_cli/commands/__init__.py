"""The commands, one file each: what can be asked of it, and read → check → rate → select → write.

A command is the function that has its module's name, with its help below it; `NOTES` stand below
its options. `kpi_cli.cli` loads the module when the command is used.
"""

PAGES = (
    "recipes", "workbook", "periods", "thresholds", "profile", "checks", "rules", "rate", "show",
    "history", "charts", "forecast", "compare", "exceptions", "report", "batch", "scripts",
    "python", "limits", "windows", "decisions",
)  # fmt: skip
"""The pages of the manual, in the order in which one would read them: files in `kpi_cli/docs`."""
