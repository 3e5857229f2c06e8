"""What docs/adding-a-data-source.md says is what the commands and the schema are."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from analysis import cli, sources
from analysis.schemas.acs import AcsPersons

TEXT = (sources.ROOT / "docs" / "adding-a-data-source.md").read_text(encoding="utf-8")
COMMANDS = [line for line in TEXT.splitlines() if line.startswith("workforce ")]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_exists(command):
    _, *words = shlex.split(command)
    names = [word for word in words[:2] if re.fullmatch("[a-z]+", word)]
    if words[0] == "fetch":
        names = ["fetch"]
    helped = CliRunner().invoke(cli.app, [*names, "--help"], env={"COLUMNS": "200"})
    assert helped.exit_code == 0
    for option in (word for word in words if word.startswith("--")):
        assert option in helped.output


def test_every_column_of_the_persons_is_explained():
    table = re.findall(r"^\| (`[^|]+) \|", TEXT, flags=re.MULTILINE)
    explained = set(re.findall(r"`(\w+)`", " ".join(table)))
    replicates = {"replicate_weight_1", "replicate_weight_80"}
    assert explained == set(AcsPersons.to_schema().columns) | replicates


def test_the_settings_shown_are_settings(tmp_path):
    from analysis.fetching.settings import FetchSettings, read_settings

    (shown,) = re.findall(r"```toml\n(.*?)```", TEXT, flags=re.DOTALL)
    (tmp_path / "fetch.toml").write_text(shown)
    defaults = FetchSettings().model_dump(exclude={"contact", "mirrors"})
    assert read_settings(tmp_path / "fetch.toml").model_dump(exclude={"contact", "mirrors"}) == (
        defaults
    )
