"""README and manual are true: options and checks are the program's, examples run as shown."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kpi_cli.checks import CHECKS
from kpi_cli.cli import COMMANDS, loaded
from kpi_cli.commands import PAGES
from kpi_cli.reading.problems import FOUND_IN_READING
from tests.running import ROOT, SAMPLES, kpi

README = ROOT / "README.md"
DOCS = ROOT / "kpi_cli" / "docs"
FILES = {path.name: path.read_text("utf-8") for path in (README, *sorted(DOCS.glob("*.md")))}
OPTIONS = re.compile(
    r"(<!-- options of kpi (\w+): .*? -->\n).*?(<!-- end of options -->)", re.DOTALL
)
CHECK_TABLE = re.compile(
    r"(<!-- checks of kpi check: .*? -->\n).*?(<!-- end of checks -->)", re.DOTALL
)
EXAMPLES = [
    pytest.param(name, line.removeprefix("$ "), id=f"{name}: {line}")
    for name, text in FILES.items()
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)
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
    """Return a page with its tables of options and of checks renewed."""
    text = OPTIONS.sub(lambda found: found[1] + options_table(found[2]) + found[3], text)
    return CHECK_TABLE.sub(lambda found: found[1] + checks_table() + found[2], text)


def test_the_pages_are_those_that_are_listed() -> None:
    assert sorted(PAGES) == sorted(path.stem for path in DOCS.iterdir())


def test_the_options_and_the_checks_are_those_of_the_program() -> None:
    documented = [found[1] for text in FILES.values() for found in OPTIONS.findall(text)]
    assert sorted(documented) == sorted(set(COMMANDS) - {"help"})  # which has none
    assert len(CHECK_TABLE.findall(FILES["checks.md"])) == 1
    for name, text in FILES.items():
        assert renewed(text) == text, f"renew {name}: python -m tests.test_docs"


def test_a_newcomer_is_not_kept_long() -> None:
    assert len(FILES["README.md"].splitlines()) <= 220


@pytest.mark.no_cover
@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_runs(
    name: str, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLES, tmp_path / SAMPLES.name, ignore=shutil.ignore_patterns("pictures"))
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(example)
    assert program == "kpi"
    run = kpi(*arguments)
    assert run.exit_code == ("with_mistakes" in example), run.stderr
    shown = re.search(rf"\$ {re.escape(example)}\n(.*?)```", FILES[name], re.DOTALL)
    if shown:
        assert run.stdout == shown[1]


@pytest.mark.parametrize("name", FILES)
def test_every_link_leads_somewhere(name: str) -> None:
    folder = README.parent if name == README.name else DOCS
    for target in re.findall(r"\]\(([^)\s]+)\)", FILES[name]):
        if not target.startswith("https://"):
            assert (folder / target.split("#")[0]).exists(), target


def test_the_python_example_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    example = re.search(r"```python\n(.*?)```", FILES["python.md"], re.DOTALL)
    assert example
    exec(example[1], {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 29
    assert lines[1].startswith("CP 1.2 At risk of missing target 12 over the band of 57-67")


if __name__ == "__main__":
    for name, text in FILES.items():
        path = README if name == README.name else DOCS / name
        path.write_text(renewed(text), "utf-8")
