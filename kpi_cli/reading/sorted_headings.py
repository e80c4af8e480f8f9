"""The headings of a table, each where it belongs by its field and its period."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from kpi_cli.conditions import parse_condition
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Problem
from kpi_cli.periods import Meaning, Period, UnclearPeriod, YearlessPeriod
from kpi_cli.reading.heading_rows import Headings
from kpi_cli.reading.heading_words import (
    fold_heading,
    is_bare_target,
    is_of_whole_year,
    is_to_date,
)
from kpi_cli.reading.headings import Heading
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.report_period import length_of_values
from kpi_cli.reading.vocabulary import parse_direction, parse_polarity
from kpi_cli.sentences import some
from kpi_cli.xlsx.sheet import Content

Rows = Sequence[Mapping[int, Content]]
TARGETS = {"target", "annual_target"}
_COLOURS = {"g": "green_condition", "a": "amber_condition", "r": "red_condition"}
_OF_LINES = {key for key, field in INDICATOR_FIELDS.items() if field.kind.makes_lines}
_OF_A_PERIOD = {"published_outcome", "published_direction", "comment", "tolerance"} | _OF_LINES


class SortedHeadings:
    """The headings of a table, each where it belongs by its field and its period."""

    def __init__(
        self,
        headings: Headings,
        report: Period | None,
        rows: Rows | None = None,
        *,
        is_history: bool = False,
        of_indicators: bool = True,
    ) -> None:
        """Sort headings; with the rows below, by what these tell too.

        In a history no period's figures are the value, and a year's target is one of its periods';
        in columns of periods beside indicators it is the annual target.
        """
        self.fields: dict[str, list[Heading]] = {}
        self.periods: list[Heading] = []
        self.left: list[Heading] = []  # understood, and of another period
        self._unclear: list[Problem] = []
        self._yearless: list[Heading] = []
        self._letters = [h for h in headings.headings if fold_heading(text_of(h)) in _COLOURS]
        self._report = report
        self._is_history = is_history
        self._of_indicators = of_indicators
        for heading in headings.headings:
            self._take(heading)
        self._settle_running()
        if rows is not None:
            self._settle(rows)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the periods in headings: those without a year are one problem."""
        if not self._yearless:
            return self._unclear
        names = [f'"{text_of(heading)}"' for heading in self._yearless]
        have = "have no year; their columns are" if len(names) > 1 else "has no year; it is"
        message = f"the heading{'s' * (len(names) > 1)} {some(names)} {have} not read"
        hint = "Write the year too, as in Q3 2018/19, or above the table: Quarter 3 2018/19."
        return [*self._unclear, error(self._yearless[0].cell, message, hint)]

    def unused(self, chosen: Collection[str]) -> Iterator[Problem]:
        """Yield a warning for what decides a rating, is of another period, and stands alone."""
        valued = {heading.period for heading in self.periods if heading.series in (None, "value")}
        targets = [heading for heading in self.periods if heading.series == "target"]
        has_targets = any(h.period in {*valued, self._report} for h in targets)
        has_target = has_targets or not TARGETS.isdisjoint(chosen)
        left = [h for h in self.left if INDICATOR_FIELDS[h.field or "target"].decides]
        for heading in [*left, *targets]:
            field = heading.field or "target"
            is_there = has_target if field in TARGETS else field in chosen
            if is_there or not isinstance(heading.period, Period) or not self._report:
                continue
            of, report = heading.period.label, self._report.label
            message = f'the heading "{text_of(heading)}" is of {of}, and is not used for {report}'
            hint = f"If it is meant for {report}, say so in the heading."
            yield warning(heading.cell, message, hint)

    def _take(self, heading: Heading) -> None:
        """Put a heading where it belongs."""
        period = heading.period
        if period is None:
            self._take_undated(heading)
            return
        if isinstance(period, YearlessPeriod) and self._report:
            period = period.with_year(self._report)
        if isinstance(period, UnclearPeriod) and heading.field in (None, "annual_target"):
            period = self._settled(heading, period)
        if isinstance(period, YearlessPeriod) and heading.field is None:
            self._yearless.append(heading)
        if isinstance(period, Period):
            self._take_of(heading._replace(period=period), period)
        elif heading.field and heading.field != "annual_target":
            self.fields.setdefault(heading.field, []).append(heading)

    def _take_undated(self, heading: Heading) -> None:
        """Put a heading without a period where it belongs; "Last year's outturn" is of a year."""
        if self._report and self._is_outturn_before(heading, self._report):
            year = self._report.financial_year.year_before
            self.periods.append(heading._replace(field=None, period=year, series="value"))
        elif heading.field:
            self.fields.setdefault(heading.field, []).append(heading)

    def _settle(self, rows: Rows) -> None:
        """Put what only its neighbours or the cells below can tell where it belongs.

        Below "Value" may be which way is good; of figures to date and those of periods the latter
        count; a target alone, of the month that the year ends with, is the one for the year.
        """
        values = self.fields.get("value", [])
        if "polarity" not in self.fields:
            for heading in [h for h in values if _hold(parse_polarity, h, rows)]:
                values.remove(heading)
                self.fields["polarity"] = [heading]
        for heading in list(self.fields.get("last_year", [])):
            if _hold(parse_direction, heading, rows):
                self.fields["last_year"].remove(heading)
                self.fields.setdefault("published_direction", []).append(heading)
        self._settle_to_date()
        self._settle_conditions(rows)
        self._settle_target_of_year(rows)
        self._settle_undated_target()
        valued = {h.period for h in self.periods if h.series in (None, "value")}
        for heading in [h for h in self.periods if h.series == "target"]:
            period, report = heading.period, self._report
            assert isinstance(period, Period)
            is_last = report and period.last == report.financial_year.last and period != report
            if is_last and period not in valued and "annual_target" not in self.fields:
                self.periods.remove(heading)
                self.fields["annual_target"] = [heading._replace(field="annual_target")]

    @staticmethod
    def _is_outturn_before(heading: Heading, report: Period) -> bool:
        """Whether a heading is of all of last year, and the report of less than a year."""
        is_of_year = heading.field == "last_year" and is_of_whole_year(text_of(heading))
        return is_of_year and report.length < 12

    def _settle_running(self) -> None:
        """Take the figures of a longer period that the report is within for the report's own.

        "2018/19 Actual" in a report of January 2019 is what there is of that year by then. Where
        there are figures of the year's months or quarters, it is left.
        """
        report = self._report
        if report is None:
            return
        ended, running = [], []
        for heading in self.periods:
            period = heading.period
            assert isinstance(period, Period)
            if heading.series == "target":
                continue
            if period.last > report.last and period.contains(report.last):
                running.append(heading)
            elif period.last <= report.last and period.financial_year == report.financial_year:
                ended.append(heading)
        for heading in running:
            self.periods.remove(heading)
            if ended or "value" in self.fields or self._is_history:
                self.left.append(heading)
            else:
                self.fields.setdefault("value", []).append(heading._replace(field="value"))

    def _settle_to_date(self) -> None:
        """Leave figures since the year began where there are those of the period.

        Where the only target is one to date, the value to date goes with it.
        """
        has_values = any(h.series in (None, "value") for h in self.periods)
        has_targets = any(h.series == "target" for h in self.periods)
        targets, values = (self.fields.get(field, []) for field in ("target", "value"))
        is_alone = bool(targets) and not has_targets and all(map(_is_to_date, targets))
        if not (is_alone and any(map(_is_to_date, values))):
            self._leave_to_date("value", has_values)
        self._leave_to_date("target", has_targets)

    def _settle_conditions(self, rows: Rows) -> None:
        """Take columns headed G, A and R for the colours' where all their cells are conditions."""
        for heading in self._letters:
            key = _COLOURS[fold_heading(text_of(heading))]
            if key not in self.fields and _hold(parse_condition, heading, rows):
                for others in self.fields.values():
                    if heading in others:
                        others.remove(heading)
                self.fields[key] = [heading._replace(field=key)]

    def _settle_target_of_year(self, rows: Rows) -> None:
        """Take the target of a report's year for the annual one where the values are of less."""
        report = self._report
        if report is None or report.length < 12 or "value" in self.fields:
            return
        valued = {
            heading.cell.column: heading.period
            for heading in self.periods
            if heading.series in (None, "value") and isinstance(heading.period, Period)
        }
        below = {column for row in rows for column in row}
        if 0 < length_of_values(valued, below, report) < 12:
            of_year = [h for h in self.periods if h.series == "target" and h.period == report]
            for heading in of_year:
                self.periods.remove(heading)
                annual = _as_annual(heading)
                self.fields.setdefault(annual.field or "", []).append(annual)

    def _settle_undated_target(self) -> None:
        """Take a target without a period for the annual one where the periods have their own."""
        own = [h for h in self.periods if h.series == "target"]
        if own and "target" in self.fields:
            undated = self.fields.pop("target")
            if "annual_target" in self.fields:
                self.left += undated
            else:
                self.fields["annual_target"] = undated

    def _leave_to_date(self, field: str, is_told: bool) -> None:
        """Leave figures since the year began where there are those of the period."""
        found = self.fields.get(field, [])
        to_date = [h for h in found if _is_to_date(h)]
        if to_date and (is_told or len(found) > len(to_date)):
            self.left += to_date
            self.fields[field] = [h for h in found if h not in to_date]
        if not self.fields.get(field):
            self.fields.pop(field, None)

    def _take_of(self, heading: Heading, period: Period) -> None:
        year = self._report.financial_year if self._report else None
        if heading.series == "target" and self._is_annual(period) and self._of_indicators:
            heading = _as_annual(heading)
        if heading.field is None:
            self.periods.append(heading)
        elif heading.field in ("target", "annual_target"):
            if year is None or period.financial_year == year:
                self.fields.setdefault(heading.field, []).append(heading)
            else:
                self.left.append(heading)
        elif heading.field == "last_year":
            if period.length == 12 and (year is None or period < year):
                self.periods.append(heading._replace(field=None, series="value"))
            else:
                self.fields.setdefault("last_year", []).append(heading)
        elif heading.field in _OF_A_PERIOD and self._report and not _is_of(period, self._report):
            self.left.append(heading)
        else:
            self.fields.setdefault(heading.field, []).append(heading)

    def _is_annual(self, period: Period) -> bool:
        """Whether a target is one for a year, and the report is of less."""
        return period.length == 12 and (self._report is None or self._report.length < 12)

    def _settled(self, heading: Heading, period: UnclearPeriod) -> Meaning:
        year = self._report.financial_year if self._report else None
        possible = [each for each in period.meanings if year and each.financial_year == year]
        if len(possible) == 1:
            return possible[0]
        why = f"{period.why}; the column is not read"
        self._unclear.append(error(heading.cell, why, period.hint))
        return period


def _as_annual(heading: Heading) -> Heading:
    """Return the heading of a year's target as the annual one; as another where it says more."""
    is_bare = is_bare_target(str(heading.cell.value))
    return heading._replace(field="annual_target" if is_bare else "target")


def _is_to_date(heading: Heading) -> bool:
    return is_to_date(str(heading.cell.value))


def _is_of(period: Period, report: Period) -> bool:
    """Whether what is said of a period is said of the report's, or of the year that it is in."""
    return period.last == report.last or (period.length == 12 and period.contains(report.last))


def _hold(parse: Callable[[str], object], heading: Heading, rows: Rows) -> bool:
    """Whether all cells below a heading hold words of a kind, such as which way is good."""
    contents = [row[heading.cell.column] for row in rows if heading.cell.column in row]
    texts = [content.value for content in contents if isinstance(content.value, str)]
    return bool(texts) and len(texts) == len(contents) and all(map(parse, texts))


def text_of(heading: Heading) -> str:
    """Return the text of a heading, as it is named in a message."""
    return in_short(str(heading.cell.value))


def in_short(text: str) -> str:
    """Return a text in one line, as far as a message has room for it."""
    return " ".join(text.split())[:60]
