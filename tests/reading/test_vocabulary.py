"""Polarities, outcomes and directions, in the words and icons that people use (domain 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.reading.vocabulary import (
    is_without_outcome,
    is_without_polarity,
    parse_direction,
    parse_outcome,
    parse_polarity,
)


@pytest.mark.parametrize(
    ("polarity", "texts"),
    [
        (
            Polarity.MAXIMISE,
            "Aim to Maximise|AIM TO MAXIMISE|Aim  to\nmaximise|Maximise|Maximize|max|High|Higher"
            "|Higher is better|Bigger is better|Increase|Increasing|Greater is better|More|Larger"
            "|As high as possible|Aim to increase|The higher the better|Good performance is high"
            "|Good to be high|Maximum|Upwards|Rising|Positive|Ascending|H|HIB|BIB|HTB|UTB|+|↑"
            "|⬆\ufe0f"
            "|Hi|High if good|Keep high|(+)|⇧|▲|△|>|≥|>=|▲ Higher|Higher (is better)"
            "|Higher = better|Low is bad|Up is good",
        ),
        (
            Polarity.MINIMISE,
            "Aim to Minimise|aim to minimize|Minimise|min|Low|Lower|Low is good|Smaller is better"
            "|Decrease|Decreasing|Fewer is better|Less is better|Lower the better|Down|Reduce"
            "|Aim to reduce|As low as possible|Minimum|Negative|L|LIB|LTB|STB|SIB|↓|⬇\ufe0f|⇩|▼|<"
            "|≤|<="
            "|▼ Lower|High is bad|Higher is worse|Aim for lower|Good is low",
        ),
        (
            Polarity.GOLDILOCKS,
            "Goldilocks|GOLDILOCKS|Band|In range|Within band|Within range|Range|Between"
            "|Plan is best|Target is best|On target|On target is best|Closer to target is better"
            "|As close as possible to target|Within target range|Optimum|PIB|TIB",
        ),
        (
            None,
            "Sideways|Aim to|-|N/A|Aim to Maximise or Minimise|Not maximise|M|Higher/lower|+/-|→"
            "|↔|="
            "|▼ Higher|Maintain|Increase or maintain at 95%|High priority|Low risk|Target|Good"
            "|Better"
            "|Not high|High or low|<5|Highest 5|Neutral|XIB|",
        ),
    ],
)
def test_which_way_is_good(polarity: Polarity | None, texts: str) -> None:
    assert {text: parse_polarity(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), polarity
    )


@pytest.mark.parametrize(
    ("outcome", "texts"),
    [
        (
            Outcome.AT_RISK,
            "At risk of missing target|AT RISK OF MISSING TARGET|at_risk|At risk|at-risk"
            "|Red|RED|r|R|●|🔴|🟥|R - Red|Red (R)|Under-performing|Under-achieving|✘|✗|✖|✖\ufe0f|❌"
            "|x|X|Dark red|Red rated|RAG: R|● Red|🔴 Red|Alert"
            "|Off target|Off track|Off plan|Not on target|Below target|Well below target|Behind"
            "|Behind schedule|Under target|Worse than target|Not met|Target not met|Not achieved"
            "|Did not meet target|Target missed|Missed|Failed|Failing|Underperforming|Unmet"
            "|Outside tolerance|Unlikely to meet target|At risk of not meeting target|✘ Missed",
        ),
        (
            Outcome.SLIPPAGE,
            "Some slippage against target|some slippage|slippage|Amber|A|⚠|⚠\ufe0f|⚠\ufe0e|🟠"
            "|Yellow|Y|Orange|O|🟡|🟨|Warning|Caution|Slipping|Close to target|Near target"
            "|Nearly met"
            "|Almost met|Within 5%|Within 5% of target|Within 2.5%|Within tolerance|Partially met"
            "|Slightly below target|Just below target|Just missed|Narrowly missed|Not quite met"
            "|Below target but within tolerance|Amber (A)|A - amber|Within target tolerance"
            "|Target not met (within tolerance)|Light amber",
        ),
        (
            Outcome.ON_COURSE,
            "On course to achieve target|On  course|on_course|Green|G|✔|✔\ufe0f|✓|🟢"
            "|🟩|G - on track|Over-achieved|In line with target|✅|★|Blue|B|G2|🔵|Light green"
            "|Dark Green|OK|Met|Target met|Achieved"
            "|Target achieved|Exceeded|Exceeding target|Exceeds target|On target|On track|On plan"
            "|On schedule|Ahead|Ahead of plan|Above target|Better than target|Within target"
            "|Just met|Completed"
            "|Expected to meet target|✔ Green|● Green|Green - on target|Blue (exceeded)"
            "|Status: Green",
        ),
        (
            Outcome.NO_VALUE,
            "No Value|no_value|NO VALUE|○ No value|Grey|gray|⚪|Unknown|No data|Data not available"
            "|Awaiting data|Not measured|Not yet due|Grey - no data",
        ),
        (
            Outcome.NO_TARGET,
            "No Target|no_target|□ No target|Data only|No target set|Contextual|Trend|Monitor only"
            "|Baseline year|Grey (no target)|Not set",
        ),
        (
            None,
            "Purple|Amber/Red|Not red|-|○|Red Amber|Amber/Green|A/G|A - on track|G - missed|AG"
            "|✔ Red|🔴🟢|Above|Below|On"
            "|Off|On hold|Delayed|Good|Poor|Low risk|Not at risk|5%|Red 5|N/A|TBC|D"
            "|On course to miss target"
            "|Met but missed|Above tolerance|Grey - target met|Green data only|",
        ),
    ],
)
def test_the_outcome_that_was_published(outcome: Outcome | None, texts: str) -> None:
    assert {text: parse_outcome(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), outcome
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_is_read_from_all_its_own_names(outcome: Outcome) -> None:
    names = (outcome.key, outcome.label, outcome.short_label)
    assert [parse_outcome(name) for name in names] == [outcome] * 3


@pytest.mark.parametrize("polarity", Polarity)
def test_each_polarity_is_read_from_its_own_names(polarity: Polarity) -> None:
    assert [parse_polarity(name) for name in (polarity.value, polarity.label)] == [polarity] * 2


@pytest.mark.parametrize(
    ("direction", "texts"),
    [
        (
            Direction.BETTER,
            "Better|BETTER|improved|↑|▲|⬆|⬆\ufe0f|⇧|🔼|🔺|↗|↗\ufe0f|👍|Improving|Improvement"
            "|Getting better"
            "|Slight improvement|Improving (slightly)|▲ Improving|↑ Better|Improving ↑|↑↑|Positive"
            "|Better than last year|Improved on the same period last year|Favourable|Better trend",
        ),
        (
            Direction.WORSE,
            "Worse|worse|declined|↓|▼|⬇|⬇\ufe0f|⇩|🔽|🔻|↘|Worsening|Worsened|Declining|Deteriorating"
            "|Deteriorated|Getting worse|Getting Worse|▼ Worsening|↓ Worse|Negative|Adverse"
            "|Worse than the same month last year|Slightly worse",
        ),
        (
            Direction.SAME,
            "Same|SAME|No change|unchanged|→|↔|►|▶|⇨|➡\ufe0f|=|▬|◄►|->|<->|Stable|Static|Steady"
            "|Level"
            "|Flat|Maintained|No significant change|Little change|No movement|Not changed|Constant"
            "|Remained the same|Same as last year|In line with last year|→ Stable|Stable ↔"
            "|Similar",
        ),
        (
            Direction.UNKNOWN,
            "-|–|—|N/A|no data|Not applicable|TBC|No comparison|Not comparable|New measure|New"
            "|No previous data|Baseline year|Data only",
        ),
        (
            None,
            "Sideways|Better than last month|?|↕|Up|Down|Increasing|Decreasing|Higher|Rising"
            "|Falling"
            "|▼ Improving|↑↓|↑ Up|▲ Increasing|Not improving|No improvement|↑ 5%|5|Green"
            "|Better or worse"
            "|No longer stable|Same but worse",
        ),
    ],
)
def test_the_direction_that_was_published(direction: Direction | None, texts: str) -> None:
    assert {text: parse_direction(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), direction
    )


@pytest.mark.parametrize(
    "text", ["n/a", "-", "Neutral", "Data only", "Monitor only", "None", "TBC"]
)
def test_a_polarity_that_there_is_not(text: str) -> None:
    assert is_without_polarity(text)
    assert parse_polarity(text) is None


@pytest.mark.parametrize("text", ["Sideways", "Maintain", "M", "Higher/lower", "→"])
def test_an_unknown_polarity_is_not_none(text: str) -> None:
    assert not is_without_polarity(text)


def test_an_outcome_that_there_is_not() -> None:
    texts = ("", "-", "N/A", "TBC", "Not applicable", "Red", "No data", "Data only", "Purple")
    assert [is_without_outcome(text) for text in texts] == [True] * 5 + [False] * 4


WORDS = st.sampled_from(
    ["Higher is better", "Low", "Plan is best", "On target", "Not met", "Within tolerance", "Red",
     "Improving", "Getting worse", "No change", "Sideways", "Amber/Green", "N/A", "Data only"]
)  # fmt: skip


@given(
    WORDS, st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from([" ", "\n", " \xa0"])
)
def test_case_and_blanks_change_nothing(text: str, case: type[str], blank: str) -> None:
    other = f"{blank}{case(text).replace(' ', blank)}{blank}"
    for parse in (parse_polarity, parse_outcome, parse_direction):
        assert parse(other) == parse(text)


@given(st.text(max_size=150) | st.text(alphabet="redgamb tounlwhis↑▼●✔/-", max_size=30))
def test_no_text_raises(text: str) -> None:
    for parse in (parse_polarity, parse_outcome, parse_direction):
        parse(text)
    is_without_polarity(text)
    is_without_outcome(text)
