"""The fields of an indicator, of a row of history, and of the settings: one table each.

All that has to do with a column derives from its line here: which headings mean it, whether a
table needs it, how its cells are read, what its name is in messages and checks, and what
`kpi new` writes above it. A new field is a line here, an attribute of `Indicator`, and a line in
each output that shows it.
"""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What the cells of a field hold."""

    CODE = auto()
    TEXT = auto()
    NAME = auto()  # of which all indicators share a few: a committee, an aim
    NAMES = auto()  # several of these in a cell
    YEAR = auto()
    POLARITY = auto()
    PERIOD = auto()
    VALUE = auto()
    TARGET = auto()  # a value, or a band
    TOLERANCE = auto()
    THRESHOLD = auto()  # a value, a band, or a condition such as "<90%"
    CONDITION = auto()  # where a colour holds: ">=95%", "90-95%"
    TOLERANCE_END = auto()  # the value itself, not how far it is from the target
    SCALE = auto()  # an end of what a picture shows
    OUTCOME = auto()
    DIRECTION = auto()

    @property
    def is_amount(self) -> bool:
        """Whether the cells hold values or targets, which may be percentages."""
        return self in (Kind.VALUE, Kind.TARGET)

    @property
    def makes_lines(self) -> bool:
        """Whether the cells are no attribute of their own: with others they make the two lines."""
        return self in (Kind.THRESHOLD, Kind.CONDITION, Kind.TOLERANCE_END)

    @property
    def is_shared_name(self) -> bool:
        """Whether it is a name that should be spelt in one way."""
        return self in (Kind.NAME, Kind.NAMES)


class Field(NamedTuple):
    """A column of a table."""

    key: str  # the attribute of the model, unless its kind makes lines
    kind: Kind
    headings: Sequence[str]  # those that mean it; the first is the report's own
    note: str  # for who fills it in
    width: float  # of the column to fill in, in Excel's unit
    name: str = ""  # what messages call it
    is_required: bool = False  # a table without the column can't be read
    decides: bool = False  # a rating depends on it: a row where it can't be read is not rated
    names_group: bool = False  # a row of its own can give it to all rows below
    is_offered: bool = True  # `kpi new` writes a column for it

    @property
    def heading(self) -> str:
        """The heading that the report has."""
        return self.headings[0]


def _by_key(*fields: Field) -> Mapping[str, Field]:
    return {field.key: field for field in fields}


EXAMPLE = "EXAMPLE"
"""A code that starts so is of the example that `kpi new` writes."""

INDICATOR_FIELDS = _by_key(
    Field(
        key="code",
        kind=Kind.CODE,
        headings=(
            "MPR Code", "PI Code", "KPI Code", "Code", "Ref", "Reference", "ID", "Indicator Code",
            "Indicator Ref", "Indicator ID", "PI Ref", "KPI Ref", "PI",
        ),
        is_required=True,
        decides=True,
        note="The indicator's own code, such as CP 3.10. The same code stands in History.",
        width=13,
    ),
    Field(
        key="short_name",
        kind=Kind.TEXT,
        headings=(
            "Short Name", "Indicator", "Indicator Name", "Name", "Measure", "Performance Measure",
            "Performance Indicator", "PI Name", "KPI Name", "Title", "Description",
            "Key Performance Indicator", "Key Performance Indicator (KPI)", "Outcome Measure",
            "KPI",
        ),
        is_required=True,
        decides=True,
        note="What is measured, and at the end in square brackets the reporting basis:"
        " [Monthly Snapshot], [Cumulative YTD], [Rolling Quarter] or [YTD Snapshot].",
        width=34,
    ),
    Field(
        key="polarity",
        kind=Kind.POLARITY,
        headings=(
            "Minimise or Maximise", "Maximise or Minimise", "Minimize or Maximize", "Polarity",
            "Good Performance Is", "Good Is", "Aim to", "Desired Direction",
        ),
        name="polarity",
        is_required=True,
        decides=True,
        note="Which way is good: Aim to Maximise (higher is better), Aim to Minimise (lower is"
        " better) or Goldilocks (inside a band is good).",
        width=16,
    ),
    Field(
        key="period",
        kind=Kind.PERIOD,
        headings=(
            "Latest Month", "Month", "Period", "Reporting Month", "Latest Period", "As At",
            "Half-Year",
        ),
        name="month",
        is_required=True,
        decides=True,
        note="The month that the value is for. Type it as January 2019.",
        width=16,
    ),
    Field(
        key="value",
        kind=Kind.VALUE,
        headings=(
            "Month's Value", "Value", "Actual", "Result", "Latest Value", "Current Value",
            "Latest Result", "Month's Actual", "Month Value", "Month Actual", "Performance",
            "Half-Year's Value",
        ),
        name="value",
        is_required=True,
        decides=True,
        note="The result for the month: a number, or a percentage such as 67.5%. While there is"
        " none, leave it empty or write TBC.",
        width=11,
    ),
    Field(
        key="target",
        kind=Kind.TARGET,
        headings=(
            "Month's Target", "Target", "Profiled Target", "Current Target", "Profile",
            "Target to Date", "Month Target", "Monthly Target", "Green Value (Target)",
            "National Standard", "Half-Year's Target",
        ),
        name="target",
        decides=True,
        note="The target for the month; where it is empty, the annual target counts. For Goldilocks"
        " a band, such as 38-48. (Type '3-5 with the apostrophe: Excel makes a date of 3-5.)",
        width=11,
    ),
    Field(
        key="annual_target",
        kind=Kind.TARGET,
        headings=(
            "Annual Target", "Year End Target", "Full Year Target", "Yearly Target",
            "Target for the Year",
        ),
        name="annual target",
        decides=True,
        note="The target for the financial year, which stands in the heading: change it each year.",
        width=11,
    ),
    Field(
        key="published_outcome",
        kind=Kind.OUTCOME,
        headings=("Expected Outcome", "Outcome", "RAG", "RAG Status", "RAG Rating", "Rating"),
        name="published outcome",
        names_group=True,
        note="The rating that was published, if you want to compare it. It never decides the"
        " rating.",
        width=18,
    ),
    Field(
        key="published_direction",
        kind=Kind.DIRECTION,
        headings=(
            "Better or worse than last year", "Better or Worse", "Direction of Travel", "DoT",
            "Trend", "Compared with Last Year", "Perf",
        ),
        name="published direction",
        note="What was published, if you want to compare it. It never decides the rating: the"
        " history does.",
        width=12,
    ),
    Field(
        key="comment",
        kind=Kind.TEXT,
        headings=("Comment", "Comments", "Commentary", "Narrative", "Explanation"),
        note="Why the figure is what it is, and what is being done about it. Every exception (red"
        " or amber) should have one.",
        width=44,
    ),
    Field(
        key="managed_by",
        kind=Kind.NAME,
        headings=(
            "Managed By", "Owner", "Lead", "Lead Officer", "Responsible Officer", "Manager",
        ),
        name="manager",
        note="Who answers for the indicator: a service, a team or a post.",
        width=16,
    ),
    Field(
        key="committee",
        kind=Kind.NAME,
        headings=("Scrutiny Committee", "Committee", "Scrutiny"),
        name="scrutiny committee",
        names_group=True,
        note="The scrutiny committee that it is reported to. Spell each of them in one way.",
        width=18,
    ),
    Field(
        key="aim",
        kind=Kind.NAME,
        headings=("Aim", "Corporate Aim", "Priority", "Corporate Priority", "Theme"),
        name="aim",
        names_group=True,
        note="The corporate aim that the indicator belongs to.",
        width=14,
    ),
    Field(
        key="responsible_ous",
        kind=Kind.NAMES,
        headings=(
            "Responsible OUs", "Responsible OU", "OUs", "OU", "Department", "Departments",
            "Directorate", "Service", "Service Area",
        ),
        name="responsible OU",
        names_group=True,
        note="The department that is responsible; put a semicolon between several.",
        width=18,
    ),
    Field(
        key="year_introduced",
        kind=Kind.YEAR,
        headings=("Year Introduced", "Introduced"),
        name="year introduced",
        note="The year in which the indicator was introduced, such as 2014 or 2018/19.",
        width=11,
    ),
    Field(
        key="data_source",
        kind=Kind.TEXT,
        headings=("Data Source", "Data Source Code", "Source", "Source of Data"),
        note="Where the figures come from: a system or a return, or the code that they have there.",
        width=16,
    ),
    Field(
        key="tolerance",
        kind=Kind.TOLERANCE,
        headings=("Tolerance", "Amber Tolerance", "Variance Allowed"),
        name="tolerance",
        decides=True,
        note="How far off the target still counts as some slippage, for this indicator alone: 3%"
        " means 3% of the target, and 3 means 3 of its own units. Where it is empty, Settings"
        " decide.",
        width=11,
    ),
    Field(
        key="green_threshold",
        kind=Kind.THRESHOLD,
        headings=(
            "Green Threshold", "Green Value", "Green Line", "Green Trigger", "Green Level",
            "Green Limit",
        ),
        name="green threshold",
        decides=True,
        note="The value from which this indicator is on course, where that is not its target. For"
        " Goldilocks a band, such as 34.3-41.7.",
        width=11,
    ),
    Field(
        key="amber_threshold",
        kind=Kind.THRESHOLD,
        headings=(
            "Amber Threshold", "Amber Value", "Amber Line", "Amber Trigger", "Amber Level",
            "Amber Limit",
        ),
        name="amber threshold",
        decides=True,
        is_offered=False,
        note="The worst value that is still some slippage; beside a Red Threshold, the worst that"
        " is still on course.",
        width=11,
    ),
    Field(
        key="red_threshold",
        kind=Kind.THRESHOLD,
        headings=(
            "Red Threshold", "Red Value", "Red Line", "Red Trigger", "Red Level", "Red Limit",
            "Floor", "Floor Standard", "Floor Target", "Floor Level", "Minimum Acceptable",
            "Minimum Acceptable Level", "Minimum Acceptable Performance", "Minimum Standard",
            "Minimum Acceptable Standard", "Minimum Threshold", "Intervention Level",
            "Intervention Threshold", "Intervention Trigger", "Intervention Point",
        ),
        name="red threshold",
        decides=True,
        note="The worst value of this indicator that is still some slippage: worse than it is at"
        " risk, whatever the tolerance. For Goldilocks a band, such as 28-48.",
        width=11,
    ),
    Field(
        key="lower_tolerance",
        kind=Kind.TOLERANCE_END,
        headings=(
            "Lower Tolerance", "Tolerance (Lower)", "Lower Tolerance Level",
            "Lower Tolerance Limit", "Lower Tolerance Value", "Lower Tolerance Threshold",
        ),
        name="lower tolerance",
        decides=True,
        is_offered=False,
        note="The lowest value that is still some slippage, where higher is better.",
        width=11,
    ),
    Field(
        key="upper_tolerance",
        kind=Kind.TOLERANCE_END,
        headings=(
            "Upper Tolerance", "Tolerance (Upper)", "Upper Tolerance Level",
            "Upper Tolerance Limit", "Upper Tolerance Value", "Upper Tolerance Threshold",
        ),
        name="upper tolerance",
        decides=True,
        is_offered=False,
        note="The highest value that is still some slippage, where lower is better.",
        width=11,
    ),
    Field(
        key="green_condition",
        kind=Kind.CONDITION,
        headings=("Green", "Green If", "Green When", "Green Range", "Green Criteria"),
        name="condition of green",
        decides=True,
        is_offered=False,
        note="Where the indicator is on course, such as >=95%.",
        width=11,
    ),
    Field(
        key="amber_condition",
        kind=Kind.CONDITION,
        headings=("Amber", "Amber If", "Amber When", "Amber Range", "Amber Criteria"),
        name="condition of amber",
        decides=True,
        is_offered=False,
        note="Where the indicator has some slippage, such as 90-95%.",
        width=11,
    ),
    Field(
        key="red_condition",
        kind=Kind.CONDITION,
        headings=("Red", "Red If", "Red When", "Red Range", "Red Criteria"),
        name="condition of red",
        decides=True,
        is_offered=False,
        note="Where the indicator is at risk, such as <90%.",
        width=11,
    ),
    Field(
        key="scale_from",
        kind=Kind.SCALE,
        headings=("Scale From", "Scale Minimum", "Scale Min"),
        is_offered=False,
        note="Where the scale of the indicator's picture begins.",
        width=11,
    ),
    Field(
        key="scale_to",
        kind=Kind.SCALE,
        headings=("Scale To", "Scale Maximum", "Scale Max"),
        is_offered=False,
        note="Where the scale of the indicator's picture ends.",
        width=11,
    ),
    Field(
        key="last_year",
        kind=Kind.VALUE,
        headings=(
            "Same Month Last Year", "Last Year", "Previous Year", "Same Period Last Year",
            "Value Last Year", "Last Year's Value", "Last Year Value", "Last Year Actual", "PY",
        ),
        name="value of last year",
        decides=True,
        note="The value of the same month a year earlier, where History does not have it.",
        width=11,
    ),
)  # fmt: skip
"""An indicator's row, by the keys of its fields, in the order of a workbook to fill in."""

OFFERED_FIELDS = {key: field for key, field in INDICATOR_FIELDS.items() if field.is_offered}
"""The columns of a workbook to fill in."""

HISTORY_FIELDS = _by_key(
    Field(
        key="code",
        kind=Kind.CODE,
        headings=("Code",),
        is_required=True,
        note="The indicator's code, as in Indicators.",
        width=13,
    ),
    Field(
        key="period",
        kind=Kind.PERIOD,
        headings=("Month",),
        is_required=True,
        note="One row for an indicator and a month. Type it as January 2019. The same month a year"
        " earlier tells whether an indicator is better or worse.",
        width=16,
    ),
    Field(
        key="value",
        kind=Kind.VALUE,
        headings=("Value",),
        is_required=True,
        note="The result for that month.",
        width=11,
    ),
    Field(
        key="target",
        kind=Kind.TARGET,
        headings=("Target",),
        note="The target for that month.",
        width=11,
    ),
)
"""A row of history, by the keys of its fields."""


AIM_FIELDS = _by_key(
    Field(
        key="aim",
        kind=Kind.TEXT,
        headings=("Aim", "Aims", "Corporate Aim", "Theme"),
        is_required=True,
        note="The corporate aim, written as in Indicators.",
        width=20,
    ),
    Field(
        key="priority",
        kind=Kind.TEXT,
        headings=("Priority", "Priorities", "Our Priorities", "Key Priorities"),
        is_required=True,
        note="What the aim is to achieve: one row for each priority, or all of them in one cell,"
        " a line each. They stand below the aim in reports.",
        width=70,
    ),
)
"""A row of a sheet of aims, by the keys of its fields."""


class SettingKind(Enum):
    """What a setting takes."""

    TEXT = auto()
    MONTH = auto()  # by its name
    PERCENTAGE = auto()
    BASIS = auto()  # of tolerances
    ANSWER = auto()  # yes or no
    COLOUR = auto()  # amber or red


class SettingField(NamedTuple):
    """A setting: the attribute of `Settings`, its name in workbooks, and what it does."""

    key: str
    name: str
    kind: SettingKind
    meaning: str


SETTINGS = (
    SettingField("organisation", "Organisation", SettingKind.TEXT, "Stands above every report."),
    SettingField("report_title", "Report Title", SettingKind.TEXT, "The title of every report."),
    SettingField(
        "financial_year_starts",
        "Financial Year Starts",
        SettingKind.MONTH,
        "The first month of the financial year.",
    ),
    SettingField(
        "amber_tolerance",
        "Amber Tolerance",
        SettingKind.PERCENTAGE,
        "A target that is missed by less than this is some slippage (amber); by this or more, it is"
        " at risk (red). A Goldilocks band has its own width instead.",
    ),
    SettingField(
        "green_tolerance",
        "Green Tolerance",
        SettingKind.PERCENTAGE,
        "A target that is missed by no more than this is still on course (green).",
    ),
    SettingField(
        "tolerance_basis",
        "Tolerance Basis",
        SettingKind.BASIS,
        "The target that the tolerances are percentages of.",
    ),
    SettingField(
        "improving_is_amber",
        "Improving Is Amber",
        SettingKind.ANSWER,
        "Yes: what would be at risk is some slippage, if it is no worse than a year ago.",
    ),
    SettingField(
        "at_the_limit",
        "At The Limit",
        SettingKind.COLOUR,
        "What a value exactly at a tolerance or at a red threshold is: Amber, some slippage, or"
        " Red, at risk. Where this is empty, it is Red at a tolerance, and Amber at a threshold.",
    ),
)
"""The settings, in the order of a workbook to fill in."""
