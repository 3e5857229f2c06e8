"""The front door for analysts: `import analysis as wa`, then one verb a question.

Each verb reads the processed tables itself and returns something that shows itself in a notebook:
an `Answer` with its `.table` and `.figure`, or a study with its parts. Wrong places, occupations
and names raise `WrongInput`, which says what is allowed.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from matplotlib.figure import Figure
from statsmodels.regression.linear_model import RegressionResultsWrapper

from analysis import figures, processed, sources
from analysis.cleaning.pay.own_records import read_own_records
from analysis.errors import WrongInput
from analysis.figures.chart import Chart
from analysis.live.controls import Controls
from analysis.live.controls import controls as live_controls
from analysis.models.premium import wage_equation
from analysis.models.wages import WageDistribution
from analysis.pay_records import RecordFile
from analysis.studies.areas import CODERS, NATION
from analysis.studies.certification import Certification
from analysis.studies.official import SOURCE
from analysis.studies.outlook import Outlook
from analysis.studies.part import Part
from analysis.studies.pay import area_pay
from analysis.studies.places import compared
from analysis.studies.roi import CredentialReturn
from analysis.studies.settings import Settings

WRONG_INPUT = 2  # exit code


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A table and the figure drawn from it.

    Parameters
    ----------
    part : Part
        The table with its source, note and headings.
    draw : callable
        Draws it; called only when the figure is asked for.
    """

    part: Part
    draw: Callable[[], Chart | str] = field(repr=False)

    @property
    def table(self) -> pd.DataFrame:
        """The numbers as a frame of your own; `table.attrs` has the source and the note."""
        table = self.part.table.copy()
        table.attrs = {"source": self.part.source, "note": self.part.note}
        return table

    @property
    def chart(self) -> Chart | str:
        """The figure as reports show it; where there is none, the sentence that says why."""
        return self.draw()

    @property
    def figure(self) -> Figure:
        """The matplotlib figure, to alter or to save.

        Raises
        ------
        WrongInput
            The agency publishes too little to draw.
        """
        chart = self.chart
        if not isinstance(chart, Chart):
            raise WrongInput(str(chart))
        return chart.figure

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        chart = self.chart
        if not isinstance(chart, Chart):
            return {"text/html": self.part._repr_html_(), "text/plain": str(chart)}, {}
        return chart._repr_mimebundle_(include, exclude)


def tables(*occupations: str, year: int | None = None) -> processed.Tables:
    """Open the processed tables: a mapping from a name to a frame, each read when first used.

    Parameters
    ----------
    *occupations : str
        SOC codes that the table `wages` must hold beside the bundled ones; they come from the
        newest ingested release that has them.
    year : int, optional
        Take the wages of May of this year, from an ingested release.

    Raises
    ------
    WrongInput
        No ingested release has these occupations or this year.

    Examples
    --------
    >>> import analysis as wa
    >>> "wages" in wa.tables(), len(wa.tables()["states"])
    (True, 54)
    """
    if occupations or year is not None:
        return processed.Tables.of_release(occupations, year=year)
    return processed.Tables()


def wages(area: str = NATION, occupation: str = CODERS, year: int | None = None) -> Answer:
    """Return what an occupation pays in a place, percentile by percentile, and draw it.

    Parameters
    ----------
    area : str
        "US", a postal code, or the code of a metropolitan area ("41860").
    occupation : str
        SOC code ("29-2072").
    year : int, optional
        May of which year; the newest release where not given.

    Returns
    -------
    Answer
        `table`: percentile (0 to 100), wage_usd and its 90 % limits, USD a year; kind "official"
        at the published percentiles.

    Examples
    --------
    >>> import analysis as wa
    >>> found = wa.wages("OH").table
    >>> int(found.loc[found["percentile"].eq(50), "wage_usd"].iloc[0])
    50990
    """
    pay = area_pay(tables(occupation, year=year)["wages"], area=area, occupation=occupation)
    return Answer(part=pay, draw=lambda: figures.wage_distribution(pay))


def distribution(area: str = NATION, occupation: str = CODERS) -> WageDistribution:
    """Return the whole wage distribution: quantiles, and where an offer stands.

    Raises
    ------
    WrongInput
        Too few percentiles are published for the place.

    Examples
    --------
    >>> import analysis as wa
    >>> round(wa.distribution("US").percentile_of(58_000), 2)
    0.65
    """
    pay = area_pay(tables(occupation)["wages"], area=area, occupation=occupation)
    if pay.distribution is None:
        raise WrongInput(pay.reason)
    return pay.distribution


def compare(areas: Sequence[str], occupation: str = CODERS) -> Answer:
    """Set places side by side: jobs, percentiles of pay, and the median at national prices.

    Parameters
    ----------
    areas : sequence of str
        Codes of places, in the order they are shown.
    occupation : str
        SOC code.

    Examples
    --------
    >>> import analysis as wa
    >>> wa.compare(["US", "OH", "17140"]).table["median_wage_usd"].notna().tolist()
    [True, True, True]
    """
    part = compared(tables(occupation), areas, occupation=occupation)
    return Answer(part=part, draw=lambda: figures.places_compared(part))


def openings(area: str = NATION, occupation: str = CODERS) -> Answer:
    """Return the job openings a year of the latest projection, and what they are made of.

    Outside the nation they are the national rates applied to the jobs of the place.

    Examples
    --------
    >>> import analysis as wa
    >>> wa.openings().table["component"].tolist()
    ['growth', 'exits', 'transfers']
    """
    study = outlook(area, occupation)
    place = "" if study.area.is_nation else study.area.name
    return Answer(part=study.openings, draw=lambda: figures.openings(study.openings, place=place))


def projections(occupation: str = CODERS) -> Answer:
    """Return what BLS projected for an occupation, edition by edition.

    Examples
    --------
    >>> import analysis as wa
    >>> wa.projections().table["projection_period"].is_monotonic_increasing
    True
    """
    part = outlook(NATION, occupation).projections
    return Answer(part=part, draw=lambda: figures.projections(part))


def outlook(
    area: str = NATION,
    occupation: str = CODERS,
    *,
    scenario: Literal["low", "baseline", "high"] = "baseline",
    automation: str = "moderate",
) -> Outlook:
    """Study how many jobs there are and will be; each part of the study is a property.

    Examples
    --------
    >>> import analysis as wa
    >>> wa.outlook("OH").openings.total.unit
    'openings a year'
    """
    return Outlook(
        tables(occupation),
        area=area,
        occupation=occupation,
        scenario=scenario,
        automation=automation,
    )


def employers(area: str = NATION, occupation: str = CODERS) -> Settings:
    """Study who employs an occupation, and what they pay.

    Examples
    --------
    >>> import analysis as wa
    >>> round(wa.employers().hospital_share.value, 1)
    28.5
    """
    return Settings(tables(occupation), area=area, occupation=occupation)


def credential_return(
    credential: str = "CPC", pathway: str = "certificate", area: str = NATION, **terms: Any
) -> CredentialReturn:
    """Study what a credential returns to someone who sets out for it.

    Parameters
    ----------
    credential, pathway, area : str
        As of `workforce report roi`.
    **terms
        Any other parameter of that report: discount_rate, horizon_years, baseline, ...

    Examples
    --------
    >>> import analysis as wa
    >>> wa.credential_return("CCS", area="OH").heading
    'CCS, Ohio'
    """
    return CredentialReturn(tables(), credential=credential, pathway=pathway, area=area, **terms)


def read_survey(file: str | Path, *, columns: str | Path | None = None) -> RecordFile:
    """Read and clean a file of pay: a survey, an HR export, a job-board download.

    Parameters
    ----------
    file : str or Path
        CSV, Excel or Parquet.
    columns : str or Path, optional
        The TOML that says which column holds what; guessed from headers and values where not
        given, as `workforce survey FILE --guess` shows.

    Returns
    -------
    RecordFile
        `.table`: one row a person or job.

    Examples
    --------
    >>> import analysis as wa
    >>> own = wa.read_survey("data/raw/demo_survey/demo_survey_synthetic.csv",
    ...                      columns="data/raw/demo_survey/columns.toml")
    >>> own.is_synthetic
    True
    """
    return read_own_records(file, columns=columns)


def certified(
    records: RecordFile | None = None, credential: str = "all", area: str = NATION
) -> Certification:
    """Study what is known of the pay of the certified, and in your own records where given.

    Examples
    --------
    >>> import analysis as wa
    >>> round(wa.certified().latest_gap.value, 1)
    20.2
    """
    return Certification(tables(), records, credential=credential, area=area)


def premium(records: RecordFile | pd.DataFrame, formula: str) -> RegressionResultsWrapper:
    """Fit a wage equation to records of pay, with errors that hold for unequal variances.

    Parameters
    ----------
    records : RecordFile or DataFrame
        What `read_survey` returned, or any frame with a row a person.
    formula : str
        As in R: "np.log(annual_pay_usd) ~ is_certified + experience_years".

    Examples
    --------
    >>> import analysis as wa
    >>> people = pd.DataFrame({"pay": [40, 44, 50, 53], "certified": [0, 0, 1, 1]})
    >>> round(float(wa.premium(people, "pay ~ certified").params["certified"]), 1)
    9.5
    """
    table = records.table if isinstance(records, RecordFile) else records
    return wage_equation(table, formula)


def places(search: str = "") -> Part:
    """List the places that wages are published for; `search` is part of a name or code.

    Examples
    --------
    >>> import analysis as wa
    >>> wa.places("toledo").table["area_code"].tolist()
    ['45780']
    """
    wages = tables()["wages"]
    known = wages.drop_duplicates("area_code")[["area_code", "area_name", "area_type", "state"]]
    text = known["area_code"] + " " + known["area_name"]
    found = known[text.str.contains(search, case=False, regex=False)].reset_index(drop=True)
    return Part(
        table=found,
        reason="" if len(found) else f"No place has {search!r} in its name or code.",
        source=SOURCE,
        columns={"area_code": "Code", "area_name": "Place", "area_type": "Kind", "state": "State"},
    )


def controls(records: RecordFile | None = None, area: str = NATION) -> Controls:
    """Show controls: choose a place, a credential and a scenario, and the answers follow.

    Parameters
    ----------
    records : RecordFile, optional
        Own records of pay, which then answer too.
    area : str
        The place chosen at first.
    """
    return live_controls(tables(), records, area=area)


def report(name: str, **parameters: object) -> Path:
    """Build one report as a page and return where it lies.

    Parameters
    ----------
    name : str
        "outlook", "roi", "salary", ...
    **parameters
        As of `workforce report NAME`.

    Raises
    ------
    WrongInput
        An unknown report or parameter, or a value out of its range.
    """
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "report", name]
    given = [word for item in parameters.items() for word in ("-p", "{}={}".format(*item))]
    ran = subprocess.run(
        [*command, *given, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode == WRONG_INPUT:
        raise WrongInput(ran.stderr.strip())
    if ran.returncode:
        raise RuntimeError(f"The report was not built: {ran.stderr.strip() or ran.stdout.strip()}")
    (built,) = json.loads(ran.stdout)["reports"]
    return sources.REPORTS / str(built["path"])
