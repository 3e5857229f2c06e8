"""What the documents say can be typed can be typed, and the figures they quote are the data's."""

import re
import shlex
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner

from analysis import processed, sources, wording
from analysis.cli import app
from analysis.studies import outlook, salary
from analysis.studies.official import published

README = sources.ROOT / "README.md"
DOCUMENTS = [README, *sorted((sources.ROOT / "docs").glob("*.md"))]
DEMO = "workforce survey data/raw/demo_survey/demo_survey_synthetic.csv"


def commands(path: Path) -> list[str]:
    """List the commands of a document: lines of its blocks, and what stands in backticks."""
    text = path.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE))
    prose = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [line.partition("#")[0] for line in blocks.splitlines()]
    quoted = [" ".join(code.split()) for code in re.findall(r"`(workforce [^`]+)`", prose)]
    typed = [line.strip() for line in lines if line.startswith("workforce ")]
    return [re.split(r" [>|] ", command)[0] for command in typed + quoted]


TYPED = sorted({command for path in DOCUMENTS for command in commands(path)})


def parsed(command: str) -> None:
    """Parse a command as the command line would, and run nothing.

    A command named without arguments need only exist; <anything> stands for what a reader puts in.
    """
    group: click.Command = typer.main.get_command(app)
    context = click.Context(group, info_name="workforce")
    words = [word for word in shlex.split(command)[1:] if not word.startswith("<")]
    while words and hasattr(group, "resolve_command"):
        name, group, words = group.resolve_command(context, words)
        context = click.Context(group, info_name=name, parent=context)
    if words:
        group.make_context(context.info_name, words, parent=context.parent)


def test_the_documents_name_commands():
    assert len(TYPED) > 10


@pytest.mark.parametrize("command", TYPED)
def test_a_command_of_the_documents_can_be_typed(command):
    parsed(command)


def test_a_command_that_is_not_there_is_found_out():
    with pytest.raises(Exception, match="No such"):
        parsed("workforce reprot outlook")
    with pytest.raises(Exception, match="No such option"):
        parsed("workforce refresh --gruop states")


def test_the_proposal_of_a_map_can_be_used_as_it_is_written(tmp_path):
    guessed = CliRunner().invoke(app, shlex.split(f"{DEMO} --guess")[1:])
    assert guessed.exit_code == 0
    columns = tmp_path / "map.toml"
    columns.write_text(guessed.stdout, encoding="utf-8")
    typed = shlex.split(f"{DEMO} --columns {columns} --out {tmp_path}")[1:]
    cleaned = CliRunner().invoke(app, typed)
    assert cleaned.exit_code == 0
    assert "rows in" in cleaned.stdout


def test_the_pictures_of_the_readme_are_there_and_made_by_a_command():
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    maker = (sources.ROOT / "scripts" / "make_pictures.py").read_text(encoding="utf-8")
    assert shown
    for picture in shown:
        assert (sources.ROOT / picture).stat().st_size < 200_000
        assert Path(picture).name in maker


def test_the_code_of_the_readme_says_what_it_gives():
    (code,) = re.findall(r"^```python\n(.*?)^```", README.read_text(), flags=re.DOTALL | re.M)
    *lines, last = code.strip().splitlines()
    expression, _, said = last.partition("  # ")
    names: dict[str, object] = {}
    exec("\n".join(lines), names)
    assert f"{eval(expression, names):.2f}" == said.split(":")[0]


def test_the_readme_quotes_the_figures_of_the_data():
    tables = processed.Tables()
    wages, text = tables["wages"], " ".join(README.read_text(encoding="utf-8").split())
    jobs = published(wages, "employment", occupation_code="29-2072", area_code="US")
    median = salary.Salary(tables).median_wage
    openings = outlook.openings(tables)
    latest = outlook.projections_by_vintage(tables).table.iloc[-1]
    assert f"there were {wording.amount(jobs)} jobs" in text
    assert f"(90% interval {wording.interval(jobs)})" in text
    assert f"a median wage of {wording.amount(median)}" in text
    assert f"(90% interval {wording.interval(median)})" in text
    assert f"BLS projects {wording.amount(openings.total)} openings a year" in text
    assert f"growth of {wording.percent(latest['ten_year_growth_pct'])} is over ten years" in text
