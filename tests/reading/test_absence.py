"""Words in place of a value or a target, by the rules that they are made by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.reading.absence import Absence, absence_in

ABSENT = {
    Absence.DASH: "|-|–|—| - |--",
    Absence.OPEN: "n/a|N/A|NA|n.a.|(n/a)|TBC|tba|TBD|TBC.|None|..|...|…|:|Pending|To follow"
    "|To be confirmed|to be advised|Not applicable|N/A - measured annually|n/a until Q4 2018/19"
    "|N/A (annual)|To be agreed|None set|N-A|Not RAG rated",
    Absence.NO_VALUE: "Not available|Not yet available|Not currently available|Data not available"
    "|No data available|Data unavailable|Awaiting data|Data awaited|Awaiting data from HMRC"
    "|Due in May|Available March 2019|Available from April 2019|Measured annually|Annual measure"
    "|Annual indicator|Yearly|Reported annually|Reported quarterly|Reported at year end"
    "|Reported annually in March|Half-yearly measure|Not reported|Not due|Not yet due"
    "|Not due until Q4|Not measured|No return|No survey this year|Survey not carried out"
    "|Suppressed|Suppressed (small numbers)|Data suppressed|*|[c]|[x]|[z]|[low]|[note 2]|Unknown"
    "|Results expected August 2019|Data in February|Data will be available in May|Unavailable"
    "|Data due by the end of June 2019|A quarter in arrears|Not known"
    "|Monthly data not yet available|Next due April 2019|No data due to Covid-19"
    "|Figures to follow|No comparator|Reported 6 monthly|Survey every 2 years|Q4 only|Data n/a"
    "|Unable to report|Cannot be measured|Data being validated|Results to be confirmed|Not avail."
    "|Numbers too small|Low numbers|System issues|Will be available in June|Only reported annually"
    "|Commences in April 2019|Data lagged",
    Absence.NO_TARGET: "Data only|Data Only Indicator|Monitor|Monitoring|Monitor only|Contextual"
    "|Context only|Trend|For information|For info only|Not set|No target|No target set"
    "|No annual target|Target not set|Target TBC|Targets under review|Baseline|Baseline year"
    "|Baseline 2018/19|Baseline data collection|Not a target|Measure only"
    "|Baseline being established|Establish baseline|To be baselined|Not targeted"
    "|No target - data only",
    Absence.STOPPED: "Discontinued|Delayed|On hold|Under development|Under review|New indicator"
    "|New measure for 2019/20|No longer measured|Suspended due to Covid-19|Being developed",
}  # fmt: skip
SAYING_SOMETHING = (
    "Yes|No|0|Nil|Nil return|None of them|Annual target met|Annual leave|n.k.|see note"
    "|See comments|about 50|0 to be confirmed|N/A (was 78%)|TBC 78|N/A 5|Reduce|Increase|Maintain"
    "|Improve|Outstanding|Good|No complaints|No cases|Not bad|Not met|Top quartile|data"
    "|January 2019|2018/19|Q3|Purple|Baseline 78%|A*|x|Data not available for 2 wards|Not|Red"
    "|Data for January|unknown figure|Missing persons|None recorded|Nothing to report|No sample"
    "|3 months|N/A (3 months)|Not 5|5 not available"
)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in ABSENT.items() for text in texts.split("|")]
)
def test_what_says_that_there_is_nothing(kind: Absence, text: str) -> None:
    assert absence_in(text) is kind
    assert absence_in(f" {text.upper()} ") is kind
    assert absence_in(text.replace(" ", "\u00a0 \n")) is kind
    assert not text or absence_in(f"{text}¹") is kind


@pytest.mark.parametrize("text", SAYING_SOMETHING.split("|"))
def test_what_says_something_or_is_unknown(text: str) -> None:
    assert absence_in(text) is None


def test_a_long_text_is_a_comment() -> None:
    assert absence_in("Not available " + "as the supplier has changed its system " * 3) is None
    assert absence_in(" " * 30_000) is Absence.DASH
    assert absence_in("not " * 8_000) is None
    assert absence_in("\u200b") is None


STARTS = st.sampled_from(["Not available", "N/A", "Awaiting data", "Data only", "Annual measure"])


@given(STARTS, st.integers(0, 10**4).map(str), st.sampled_from([" ", " (", ", was ", ": "]))
def test_a_figure_is_never_passed_over(start: str, figure: str, between: str) -> None:
    text = f"{start}{between}{figure}%"
    assert absence_in(text) is None


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    absence_in(text)
