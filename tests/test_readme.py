"""The README is true: its options are the program's, its examples run and print what it shows."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kpi_cli.checks import CHECKS
from kpi_cli.cli import COMMANDS, loaded
from kpi_cli.reading.problems import FOUND_IN_READING
from tests.running import ROOT, SAMPLES, kpi

README = ROOT / "README.md"
OPTIONS = re.compile(
    r"(<!-- options of kpi (\w+): .*? -->\n).*?(<!-- end of options -->)", re.DOTALL
)
CHECK_TABLE = re.compile(
    r"(<!-- checks of kpi check: .*? -->\n).*?(<!-- end of checks -->)", re.DOTALL
)
EXAMPLES = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.removeprefix("$ ").startswith("kpi ")
]


def options_table(command: str) -> str:
    """Return the options of a command as a Markdown table, from the program itself."""
    rows = ["| option | meaning |", "| --- | --- |"]
    for option in loaded(command).params:
        if option.param_type_name == "option":
            metavar = f" {option.metavar}" if option.metavar else ""
            names = ", ".join(f"`{name}{metavar}`" for name in sorted(option.opts, key=len)[::-1])
            assert option.help, option.name
            rows.append(f"| {names} | {option.help} |")
    return "\n".join(rows) + "\n"


def checks_table() -> str:
    """Return everything that is checked as a Markdown table, from the program itself."""
    rows = ["| check | | what it finds |", "| --- | --- | --- |"]
    for check in CHECKS:
        mark = " *" if check.bears_on_rating else ""
        rows.append(f"| `{check.name}`{mark} | {check.severity.value} | {check.description} |")
    rows += [
        f"| in reading * | {severity.value} | {description} |"
        for severity, description in FOUND_IN_READING
    ]
    return "\n".join(rows) + "\n"


def renewed(text: str) -> str:
    """Return the README with its tables of options and of checks renewed."""
    text = OPTIONS.sub(lambda found: found[1] + options_table(found[2]) + found[3], text)
    return CHECK_TABLE.sub(lambda found: found[1] + checks_table() + found[2], text)


def test_the_options_and_the_checks_are_those_of_the_program() -> None:
    text = README.read_text("utf-8")
    documented = {found[1] for found in OPTIONS.findall(text)}
    assert documented == set(COMMANDS)
    assert CHECK_TABLE.search(text)
    assert renewed(text) == text, "renew it: python -m tests.test_readme"


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLES, tmp_path / SAMPLES.name)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(example)
    assert program == "kpi"
    run = kpi(*arguments)
    assert run.exit_code == ("with_mistakes" in example), run.stderr
    shown = re.search(rf"\$ {re.escape(example)}\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    if shown:
        assert run.stdout == shown[1]


def test_the_python_example_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    example = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert example
    exec(example[1], {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 29
    assert lines[1].startswith("CP 1.2 At risk of missing target 12 over the band of 57-67")


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
