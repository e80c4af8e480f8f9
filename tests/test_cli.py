"""Help and version: every option is explained, and every example runs as it is pasted."""

import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.testing import CliRunner

from kpi_cli import __version__
from kpi_cli.cli import COMMANDS, app, loaded
from kpi_cli.commands.ending import ExitCode
from tests.running import SAMPLES, SOUTHEND, command, environment, kpi, kpi_program


def help_of(*command: str) -> str:
    run = kpi(*command, "--help")
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout


def options_of(command: str) -> dict[str, str]:
    """Return the help of each option that is not hidden, from the command's own declaration."""
    return {
        max(parameter.opts, key=len): parameter.help
        for parameter in loaded(command).params
        if not getattr(parameter, "hidden", False)
    }


def examples_of(command: str) -> list[str]:
    """Return the lines of the examples in a command's help, those that go on being one."""
    block = help_of(command).partition("Examples:\n")[2].partition("\n\n")[0]
    return [line.strip() for line in block.replace("\\\n", " ").splitlines()]


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "rate"]])
def test_version(arguments: list[str]) -> None:
    run = kpi(*arguments)
    assert (run.exit_code, run.stdout, run.stderr) == (0, f"kpi {__version__}\n", "")


def test_help_names_the_commands_and_an_example() -> None:
    text = help_of()
    assert "Rate performance indicators kept in a workbook, and say why each is rated" in text
    assert "  rate        Rate every indicator of a workbook, and show the ratings.\n" in text
    assert "  check       Report everything that is wrong or odd in a workbook.\n" in text
    example = "kpi rate sample_workbooks/southend_january_2019.xlsx --explain"
    assert f"\n  Example:\n    {example}\n" in text


def test_help_lists_the_commands_in_their_order() -> None:
    listed = re.findall(r"(?m)^  (\w+)  +[A-Z]", help_of().partition("Commands:\n")[2])
    names = [
        "new", "check", "map", "rate", "show", "history", "forecast", "compare", "exceptions",
        "report", "batch", "help", "schema",
    ]  # fmt: skip
    assert listed == names == list(COMMANDS)


def test_no_line_of_the_help_is_cut() -> None:
    shown = kpi_program("--help", env={"COLUMNS": "80"}).stdout.decode()
    assert all(f"{command} " in shown and line in shown for command, line in COMMANDS.items())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_line_of_a_command_is_the_first_line_of_its_help(command: str) -> None:
    assert loaded(command).help.partition("\n")[0] == COMMANDS[command]


def test_an_interruption_while_a_command_is_loaded_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kpi_cli.cli.import_module", interrupt)
    run = kpi("rate", SOUTHEND)
    assert (run.exit_code, run.stdout, run.stderr) == (130, "", "kpi: interrupted\n")


def test_no_arguments_show_the_help() -> None:
    run = kpi()
    assert run.exit_code == 2
    assert run.stdout + run.stderr == help_of()


@pytest.mark.parametrize(
    ("command", "some"),
    [
        ("rate", {"--period", "--committee", "--output", "--force", "--debug"}),
        ("show", {"codes", "--format", "--period", "--output", "--force", "--quiet", "--debug"}),
        ("history", {"--period", "--committee", "--output", "--force", "--debug"}),
        ("forecast", {"--period", "--committee", "--output", "--backtest", "--debug"}),
        ("exceptions", {"--period", "--committee", "--output", "--force", "--debug"}),
        ("report", {"--period", "--committee", "--output", "--split", "--spc", "--forecast"}),
        ("check", {"--format", "--output", "--force", "--strict", "--list", "--quiet", "--debug"}),
        ("new", {"--force", "--title", "--quiet", "--debug"}),
        ("batch", {"--output", "--period", "--sheet", "--force", "--quiet", "--debug"}),
        ("schema", {"--output", "--force", "--debug"}),
    ],
)
def test_every_option_says_what_it_does(command: str, some: set[str]) -> None:
    options = options_of(command)
    assert some <= set(options)
    shown = " ".join(help_of(command).split())
    for option, said in options.items():
        assert said, option
        assert " ".join(said.split()) in shown, option


@pytest.mark.parametrize(
    "command", ["rate", "show", "check", "history", "forecast", "exceptions", "report"]
)
def test_help_names_the_exit_codes(command: str) -> None:
    block = help_of(command).partition("Exit codes:\n")[2]
    codes = [int(number) for number in re.findall(r"(?m)^ +(\d+)  ", block)]
    assert codes == [code for code in ExitCode if code is not ExitCode.INTERRUPTED]


def test_help_of_new_names_its_exit_codes() -> None:
    assert help_of("new").endswith(
        "  Exit codes:\n    0  done\n    2  wrong usage\n    4  the workbook could not be written\n"
    )


def test_rate_has_the_options_of_the_specification() -> None:
    assert list(options_of("rate")) == [
        "workbooks", "--format", "--output", "--force", "--sheet", "--period", "--polarity",
        "--definitions", "--profile", "--no-profile", "--max-size", "--committee", "--aim", "--ou",
        "--code", "--outcome", "--sort", "--brief", "--explain", "--spc", "--variation",
        "--forecast", "--series", "--compare-published", "--fail-on", "--quiet", "--debug",
    ]  # fmt: skip


def test_rate_has_four_examples() -> None:
    assert examples_of("rate") == [
        "kpi rate sample_workbooks/southend_january_2019.xlsx",
        "kpi rate sample_workbooks/southend_january_2019.xlsx --outcome red --explain",
        "kpi rate sample_workbooks/southend_january_2019.xlsx --month 2018-10",
        "kpi rate sample_workbooks/southend_january_2019.xlsx --format csv -o r.csv",
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "example",
    [example for command in COMMANDS if command != "batch" for example in examples_of(command)],
)
def test_examples_run_as_they_stand(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLES, tmp_path / SAMPLES.name)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(example)
    assert program == "kpi"
    run = kpi(*arguments)
    told = [line for line in run.stderr.splitlines() if "have no figure for" not in line]
    assert (run.exit_code, told) == (0, [])
    written = [path.name for path in tmp_path.iterdir() if path.name != SAMPLES.name]
    after = dict(pairwise(arguments))
    assert written == [after[before] for before in ("-o", "new") if before in after]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rate"], "Missing argument 'WORKBOOK'."),
        (["rate", "x.xlsx", "--nonsense"], "No such option: --nonsense"),
        (["nonsense"], "No such command 'nonsense'."),
        (["rat", "x.xlsx"], "No such command 'rat'. Did you mean 'rate'?"),
        (["rate", "x.xlsx", "--force"], "Invalid value for --force: it goes with --output FILE"),
        (
            ["rate", "x.xlsx", "--outcome", "purple"],
            'Invalid value for --outcome: "purple" is no expected outcome; write red, amber, green,'
            ' "At risk", "Some slippage", "On course", "No value" or "No target"',
        ),
        (
            ["rate", "x.xlsx", "--compare-published", "--format", "csv"],
            "Invalid value for --compare-published: csv has the published ratings in every row;"
            " compare with table, json or markdown",
        ),
        (
            ["rate", "x.xlsx", "--compare-published", "--format", "jsonl"],
            "Invalid value for --compare-published: jsonl has the published ratings in every row;"
            " compare with table, json or markdown",
        ),
    ],
)
def test_wrong_usage_is_told_in_a_line(arguments: list[str], said: str) -> None:
    run = kpi(*arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f"Error: {said}"


@pytest.mark.parametrize(
    ("option", "choices"),
    [
        ("--format", ["table", "json", "jsonl", "csv", "markdown"]),
        ("--fail-on", ["red", "amber", "no-value", "no-target", "worse", "difference", "warning"]),
    ],
)
def test_a_wrong_choice_is_told_with_the_right_ones(option: str, choices: list[str]) -> None:
    run = kpi("rate", "x.xlsx", option, "nonsense")
    assert (run.exit_code, run.stdout) == (2, "")
    assert re.findall(r"'([a-z-]+)'", run.stderr.partition("not one of")[2])[: len(choices)] == (
        choices
    )


@pytest.mark.parametrize("arguments", [["help"], ["help", "help"], ["help", "--help"]])
def test_kpi_help_is_the_help(arguments: list[str]) -> None:
    run = kpi(*arguments)
    assert (run.exit_code, run.stdout, run.stderr) == (0, help_of(), "")


def test_kpi_help_of_what_is_no_command_is_wrong_usage() -> None:
    run = kpi("help", "rat")
    assert (run.exit_code, run.stdout) == (2, "")
    assert 'is "rate" meant?' in run.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_no_help_speaks_of_pythons_types(command: str) -> None:
    assert not re.search(r"list\[|<(path|str|text|int|bool)>|Path|None", help_of(command))


@pytest.mark.parametrize(
    "arguments",
    [
        ["rate", SOUTHEND, "--fail-on", "blue"],
        ["rate", SOUTHEND, "--format", "html"],
        ["batch", SOUTHEND, "--jobs", "many"],
        ["schema", "csv"],
        ["new", "x.xlsx", "--periods", "weekly"],
    ],
)
def test_no_message_speaks_of_pythons_types(arguments: list[str]) -> None:
    run = kpi(*arguments)
    assert run.exit_code == 2
    assert "Value error" not in run.stderr
    assert "Input should be" not in run.stderr


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kpi ch", "check"),
        ("kpi rate --for", "--force --forecast --format"),
        ("kpi rate --format j", "json jsonl"),
        ("kpi --ver", "--version"),
    ],
)
def test_a_shell_completes_commands_options_and_answers(words: str, offered: str) -> None:
    told = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    asked = {"_KPI_COMPLETE": "complete_bash", **told}
    run = CliRunner().invoke(app, env=asked, prog_name="kpi")
    assert sorted(run.stdout.split()) == offered.split()


def test_the_shell_is_told_how_to_complete() -> None:
    assert "--install-completion" in help_of()
    assert "--show-completion" in help_of()
    assert "completion" not in help_of("rate")


@pytest.mark.parametrize("encoding", ["latin-1", "cp850"])
def test_help_is_shown_by_consoles_that_lack_a_character(encoding: str) -> None:
    assert "…" in help_of("rate")
    run = kpi_program("rate", "--help", env={"PYTHONIOENCODING": encoding})
    assert (run.returncode, run.stderr) == (0, b"")
    assert '"no value" ...' in " ".join(run.stdout.decode(encoding).split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["rate", "--help"]])
def test_a_full_disk_is_told_where_help_and_version_go_to_it(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            command(*arguments),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert run.returncode == ExitCode.NOT_WRITTEN
    assert run.stderr == b"kpi: the output can't be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [(["nope"], ExitCode.USAGE), (["rate"], ExitCode.USAGE), (["--version"], ExitCode.DONE)],
)
def test_a_message_that_nobody_takes_leaves_the_exit_code(
    arguments: list[str], exit_code: ExitCode
) -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            command(*arguments),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=full,
            timeout=60,
        )
    assert run.returncode == exit_code


WITHOUT_STREAMS = """
import sys
from kpi_cli.__main__ import main
sys.stdin = sys.stdout = sys.stderr = None  # as pythonw has them
main()
"""


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["--version"], ExitCode.DONE),
        (["rate", "--help"], ExitCode.DONE),
        (["nope"], ExitCode.USAGE),
        (["rate", "nope.xlsx", "--output", "x.json"], ExitCode.UNREADABLE),
        (["rate", SOUTHEND], ExitCode.NOT_WRITTEN),
        (["rate", SOUTHEND, "--output", "x.json"], ExitCode.DONE),
        (["exceptions", SOUTHEND, "--output", "x.xlsx"], ExitCode.DONE),
        (["report", SOUTHEND, "--output", "x.html"], ExitCode.DONE),
        (["new", "x.xlsx"], ExitCode.DONE),
        (["rate", "-", "--output", "x.json"], ExitCode.UNREADABLE),
    ],
)
def test_it_works_without_any_stream(
    arguments: list[object], exit_code: ExitCode, tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_STREAMS, *map(str, arguments)],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout, run.stderr) == (exit_code, b"", b"")
    wants_file = exit_code is ExitCode.DONE and str(arguments[-1]).startswith("x.")
    assert [path.name for path in tmp_path.iterdir()] == [arguments[-1]] * wants_file


def test_an_interruption_is_not_told_as_a_result_where_there_is_no_standard_error() -> None:
    code = (
        "import sys, kpi_cli.cli\n"
        "from kpi_cli.__main__ import main\n"
        "def app():\n"
        "    raise KeyboardInterrupt\n"
        "kpi_cli.cli.app, sys.stderr = app, None\n"
        "main()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"")


OBEYED = "\x1b[2j\x9b\u202e"


@pytest.mark.parametrize(
    "arguments",
    [
        [OBEYED],
        [f"--{OBEYED}"],
        ["rate", f"--{OBEYED}"],
        ["rate", OBEYED],
        ["rate", SOUTHEND, "--format", OBEYED],
        ["rate", SOUTHEND, "--period", OBEYED],
        ["rate", SOUTHEND, "--output", f"x.{OBEYED}"],
        ["show", SOUTHEND, OBEYED],
        ["schema", OBEYED],
        ["map", SOUTHEND, "--output", f"{OBEYED}.toml"],
        ["new", f"{OBEYED}.xlsx"],
    ],
)
def test_ones_own_arguments_are_shown_with_nothing_that_a_terminal_obeys(
    arguments: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kpi(*arguments)
    assert r"\x1b[2j\x9b\u202e" in run.output
    assert not set(OBEYED[:1] + OBEYED[-2:]) & set(run.output)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["rate", "*.xlsx"], ["rate", "b.xlsx", "report1.xlsx", "report[1].xlsx"]),
        (["rate", "report?.xlsx"], ["rate", "report1.xlsx"]),
        (["rate", "report[1].xlsx"], ["rate", "report[1].xlsx"]),
        (["rate", "report[1]*.xlsx"], ["rate", "report[1].xlsx"]),
        (["rate", "none*.xlsx"], ["rate", "none*.xlsx"]),
        (["rate", "b.xlsx", "--code", "b*"], ["rate", "b.xlsx", "--code", "b*"]),
        (["batch", "*.xlsx"], ["batch", "*.xlsx"]),
    ],
)
def test_on_windows_patterns_of_workbooks_alone_are_searched(
    given: list[str], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its shells leave them to the program."""
    seen: list[list[str]] = []
    for name in ("b.xlsx", "report1.xlsx", "report[1].xlsx"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kpi_cli.cli._SHELL_EXPANDS", False)
    monkeypatch.setattr(TyperGroup, "parse_args", lambda self, ctx, args: seen.append(args))
    kpi(*given)
    assert seen == [expected]


def test_no_other_argument_is_taken_for_a_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}
    monkeypatch.setattr(TyperGroup, "main", lambda self, *args, **named: seen.update(named))
    app(["rate", "x.xlsx", "--code", "CP*"])
    assert seen["windows_expand_args"] is False
