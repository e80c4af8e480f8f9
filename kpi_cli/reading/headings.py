"""Which column a heading means: headings as people write them, matched to the fields read."""

import re

# The first heading of each field is the one to name in messages.
INDICATOR_HEADINGS = {
    "code": (
        "MPR Code", "PI Code", "KPI Code", "Code", "Ref", "Reference", "ID", "Indicator Code",
        "Indicator Ref", "Indicator ID", "PI Ref", "KPI Ref",
    ),
    "short_name": (
        "Short Name", "Indicator", "Indicator Name", "Name", "Measure", "Performance Measure",
        "Performance Indicator", "PI Name", "KPI Name", "Title", "Description",
    ),
    "polarity": (
        "Minimise or Maximise", "Maximise or Minimise", "Minimize or Maximize", "Polarity",
        "Good Performance Is", "Good Is", "Aim to", "Desired Direction",
    ),
    "month": ("Latest Month", "Month", "Period", "Reporting Month", "Latest Period"),
    "value": (
        "Month's Value", "Value", "Actual", "Result", "Latest Value", "Current Value",
        "Latest Result", "Month's Actual", "Performance",
    ),
    "target": (
        "Month's Target", "Target", "Profiled Target", "Current Target", "Profile",
        "Target to Date",
    ),
    "annual_target": (
        "Annual Target", "Year End Target", "Full Year Target", "Yearly Target",
        "Target for the Year",
    ),
    "published_outcome": (
        "Expected Outcome", "Outcome", "RAG", "RAG Status", "RAG Rating", "Rating",
    ),
    "published_direction": (
        "Better or Worse than Last Year", "Better or Worse", "Direction of Travel", "DoT", "Trend",
        "Compared with Last Year",
    ),
    "comment": ("Comment", "Comments", "Commentary", "Narrative", "Explanation"),
    "managed_by": ("Managed By", "Owner", "Lead", "Lead Officer", "Responsible Officer", "Manager"),
    "committee": ("Scrutiny Committee", "Committee", "Scrutiny"),
    "aim": ("Aim", "Corporate Aim", "Priority", "Corporate Priority", "Theme"),
    "responsible_ous": (
        "Responsible OUs", "Responsible OU", "OUs", "OU", "Department", "Departments",
        "Directorate", "Service", "Service Area",
    ),
    "year_introduced": ("Year Introduced", "Introduced"),
    "tolerance": ("Tolerance", "Amber Tolerance"),
    "last_year": (
        "Same Month Last Year", "Last Year", "Previous Year", "Same Period Last Year",
        "Value Last Year", "Last Year's Value",
    ),
}  # fmt: skip
HISTORY_HEADINGS = {"code": "Code", "month": "Month", "value": "Value", "target": "Target"}
REQUIRED_INDICATOR_FIELDS = ("code", "short_name", "polarity", "month", "value")
REQUIRED_HISTORY_FIELDS = ("code", "month", "value")
SETTING_NAMES = (
    "Organisation", "Report Title", "Financial Year Starts", "Amber Tolerance", "Green Tolerance",
    "Tolerance Basis", "Improving Is Amber",
)  # fmt: skip
DECIDING_FIELDS = {
    *REQUIRED_INDICATOR_FIELDS, "target", "annual_target", "tolerance", "last_year",
}  # fmt: skip
"""The fields that a rating depends on: where one can't be read, the row is not rated."""

_YEARS = r"\(?\b(?:fy\s*)?(?:(?:19|20)\d\d(?:\s*[/\-–]\s*(?:20)?\d\d)?|\d\d\s*/\s*\d\d)\b\)?"
_YEAR = re.compile(rf"^\s*{_YEARS}\s+|\s*{_YEARS}\s*$", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")


def fold_heading(heading: str) -> str:
    """Return a heading without case, punctuation, line breaks, and a year before or after."""
    bare = re.sub("['’.]", "", _YEAR.sub("", heading)).replace("&", " and ")
    return _NO_WORD.sub(" ", bare).strip().casefold()


_FIELDS = {
    fold_heading(heading): field
    for field, headings in INDICATOR_HEADINGS.items()
    for heading in headings
}


def field_of(heading: str) -> str | None:
    """Return the field that a heading means, or None where it means none that is known.

    "Target 2018/19" is the target for the year, though "Target" alone is the month's; a heading
    that starts with "Comment" and goes on after a dash is the comment.
    """
    folded = fold_heading(heading)
    field = _FIELDS.get(folded)
    if folded == "target" and _YEAR.search(heading):
        return "annual_target"
    if field is None and re.match(r"comment\w*\s*[-–—:(]", heading.strip(), re.IGNORECASE):
        return "comment"
    return field


def rank_of(heading: str) -> int:
    """Return how far a heading is from its field's first one; 0 is the heading of the report."""
    headings = INDICATOR_HEADINGS[field_of(heading) or "code"]
    folded = [fold_heading(known) for known in headings]
    own = fold_heading(heading)
    return folded.index(own) if own in folded else len(folded)
