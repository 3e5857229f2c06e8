"""The ways to a credential that are compared, and which of them lead to which credential."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.errors import WrongInput
from analysis.studies.credentials import nearest

SOME_COLLEGE = "Some college, no degree"
DEGREES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"RHIT": ("associate", "certification_only"), "RHIA": ("certification_only",)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """One way to a credential.

    Parameters
    ----------
    name, label : str
        As the parameter has it, and as a reader has it.
    guide_path : str
        The row of `guide_education_paths` with its months; empty where there is no training.
    education : str
        The level of `education_earnings` whose unemployment rate a holder is given.
    """

    name: str
    label: str
    guide_path: str
    education: str


PATHWAYS: Mapping[str, Pathway] = MappingProxyType(
    {
        name: Pathway(name=name, label=label, guide_path=guide_path, education=education)
        for name, label, guide_path, education in (
            ("certificate", "Certificate program", "certificate program", SOME_COLLEGE),
            ("associate", "Associate degree", "associate degree", "Associate's degree"),
            ("self_study", "Self-study", "online self-study", SOME_COLLEGE),
            (
                "certification_only",
                "Exam only, for somebody who already works",
                "",
                SOME_COLLEGE,
            ),
        )
    }
)


def find_pathway(name: str) -> Pathway:
    """Return the pathway called `name`.

    Raises
    ------
    WrongInput
        There is none; the message lists them and the nearest match.
    """
    if name not in PATHWAYS:
        raise WrongInput(
            f"pathway must be one of {', '.join(PATHWAYS)}; found {name!r}."
            f"{nearest(str(name), list(PATHWAYS))}"
        )
    return PATHWAYS[name]


def pathways_to(credential: str) -> tuple[str, ...]:
    """Return the pathways that lead to a credential.

    RHIT asks for an accredited associate degree, RHIA for an accredited bachelor's degree (AHIMA's
    rule, from memory: unverified); the exam alone is open to who holds the degree already.

    Examples
    --------
    >>> pathways_to("RHIT"), pathways_to("RHIA")
    (('associate', 'certification_only'), ('certification_only',))
    """
    return DEGREES.get(credential, tuple(PATHWAYS))


def check_pathway(credential: str, pathway: str) -> None:
    """Raise WrongInput where a pathway does not lead to a credential, naming those that do."""
    if pathway not in pathways_to(credential):
        raise WrongInput(
            f"pathway must be {' or '.join(pathways_to(credential))} for {credential}, whose exam "
            f"asks for a degree (AHIMA's rule, unverified); found {pathway!r}."
        )
