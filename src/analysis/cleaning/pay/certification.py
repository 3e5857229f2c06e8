"""Read credentials: "CPC, CCS-P; RHIT", "cpc-a", "AAPC certified", "RHIA (expired)"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from analysis.cleaning.pay.words import Phrases, alias_pairs, key, phrases, tidied, word_set, words
from analysis.errors import WrongInput

SEPARATOR = "; "
NONE = "none"  # the respondent says so; a blank cell is missing instead
CURRENT, EXPIRED, IN_PROGRESS = "current", "expired", "in progress"
NOT_NAMED = "(not named)"  # a body without its credential: "AAPC certified"

_SEGMENTS = re.compile(r"[,;/&|+\n\r()\[\]{}]+|\band\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NONE = word_set(
    "none no nocertification nocertifications nocredential nocredentials notcertified "
    "noncertified uncertified noncredentialed nocert nocerts nonecurrently notyet nothing 0 false"
)
_NOISE = word_set(
    "certified certification certifications credential credentials credentialed certificate cert "
    "certs holder current currently active the a an my with w also from by in since as of have "
    "has i am hold holding exam passed coder"
)
_CERTIFIED = word_set("certified certification certifications credential credentialed")
_EXPIRED = word_set("expired lapsed inactive retired former formerly previously past")
_IN_PROGRESS = word_set(
    "studying pursuing progress pending candidate scheduled planning preparing student eligible "
    "enrolled upcoming awaiting soon"
)
_PROGRESS_NOISE = word_set("for to be taking take sit sitting working on toward towards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One credential that somebody says to hold or to have held.

    Parameters
    ----------
    name : str
        Canonical: "CPC", "CCS-P", or "AAPC (not named)".
    body : str
        Who awards it.
    level : str
        "full", "apprentice", "licence", or "not named" with the credential.
    status : str
        `CURRENT` unless the cell says `EXPIRED`.
    """

    name: str
    body: str
    level: str
    status: str = CURRENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """What one cell says about credentials.

    Parameters
    ----------
    credentials : tuple of Credential
        Sorted by name, each once; current where the cell names it both current and expired.
    in_progress : tuple of str
        Names of credentials that are being studied for; not held.
    unknown : tuple of str
        Parts that no alias covers, as written.
    says_none : bool
        The cell says that there is none.
    """

    credentials: tuple[Credential, ...] = ()
    in_progress: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    says_none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialNames:
    """Every alias of every credential, and what is known of each."""

    aliases: Phrases
    bodies: Phrases
    known: Mapping[str, Credential] = field(repr=False)


def credential_names(aliases: pd.DataFrame) -> CredentialNames:
    """Prepare the alias table.

    Parameters
    ----------
    aliases : DataFrame
        alias, credential, body, level; the credential itself is one of its aliases.

    Raises
    ------
    WrongInput
        A column is missing, an alias means two credentials, or a credential has two bodies.
    """
    if lacking := [name for name in ("body", "level") if name not in aliases]:
        raise WrongInput(f"The credential aliases must have the columns body and level: {lacking}.")
    facts = aliases[["credential", "body", "level"]].drop_duplicates()
    if (twice := facts["credential"].duplicated()).any():
        raise WrongInput(
            "Each credential must have one body and level in the alias table; "
            f"{facts.loc[twice, 'credential'].iloc[0]!r} has several."
        )
    known = {
        name: Credential(name=name, body=body, level=level)
        for name, body, level in facts.itertuples(index=False, name=None)
    }
    bodies = sorted({credential.body for credential in known.values()})
    known |= {
        f"{body} {NOT_NAMED}": Credential(name=f"{body} {NOT_NAMED}", body=body, level="not named")
        for body in bodies
    }
    pairs = alias_pairs(aliases, "credential", table="The credential aliases")
    named = phrases([*pairs, *((name, name) for _, name in pairs)])
    return CredentialNames(
        aliases=named,
        bodies=phrases((body, body) for body in bodies if key(body) not in named.meanings),
        known=MappingProxyType(known),
    )


def parse_certification(text: str, names: CredentialNames) -> Certification:
    """Read one cell of credentials.

    A part of the cell (between commas, semicolons, slashes, brackets, "and") is read only if
    every word of it is understood; else it is kept as written in `unknown`. "(expired)" speaks
    of the part before it. A body without a credential counts as one that is not named only with
    the word "certified" and where no credential of that body is named.

    Raises
    ------
    Unreadable
        Blank.

    Examples
    --------
    >>> names = credential_names(pd.DataFrame({
    ...     "alias": ["CPC", "RHIA"], "credential": ["CPC", "RHIA"],
    ...     "body": ["AAPC", "AHIMA"], "level": ["full", "full"]}))
    >>> found = parse_certification("RHIA (expired), C.P.C.; Widget coder", names)
    >>> [(each.name, each.status) for each in found.credentials], found.unknown
    ([('CPC', 'current'), ('RHIA', 'expired')], ('Widget coder',))
    """
    plain = tidied(text)
    if all(key(part) in _NONE for part in _SEGMENTS.split(plain)) or key(plain) in _NONE:
        return Certification(says_none=True)
    held: list[tuple[str, str]] = []
    unknown: list[str] = []
    mentioned: dict[str, str] = {}
    last: list[int] = []  # places in `held` that a following "(expired)" speaks of
    for segment in _SEGMENTS.split(_kept_whole(plain)):
        part = segment.strip(" .:-*'\"")
        read = _read_segment(part, names)
        mentioned |= dict.fromkeys(read.mentioned, part) if read else {}
        if read is None:
            unknown.append(part)
        elif read.names:
            last = list(range(len(held), len(held) + len(read.names)))
            held += [(name, read.status) for name in read.names]
        elif read.status != CURRENT:
            for place in last:
                held[place] = (held[place][0], read.status)
    explained = {names.known[name].body for name, _ in held}
    unknown += [part for body, part in mentioned.items() if body not in explained]
    if not held and not unknown:
        unknown = [plain]
    return _certification(held, tuple(dict.fromkeys(unknown)), names)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What one part of a cell says."""

    names: tuple[str, ...]
    status: str = CURRENT
    mentioned: tuple[str, ...] = ()  # bodies beside a credential, or without the word certified


def _kept_whole(text: str) -> str:
    """Keep "w/" from being cut at the slash, and "(apprentice)", "(not named)" at the bracket."""
    whole = re.sub(r"\(\s*apprentice\s*\)", " apprentice", text, flags=re.IGNORECASE)
    whole = whole.replace(NOT_NAMED, "certified")
    return re.sub(r"\bw/", "w ", whole, flags=re.IGNORECASE)


def _read_segment(part: str, names: CredentialNames) -> _Segment | None:
    """Read one part of a cell; None where a word of it is not understood."""
    found, rest = names.aliases.found_in(words(part))
    bodies, rest = names.bodies.found_in(rest)
    left = [word for word in rest if word not in _NOISE and not _YEAR.fullmatch(word)]
    status = CURRENT
    if _EXPIRED.intersection(left):
        status = EXPIRED
        left = [word for word in left if word not in _EXPIRED]
    elif _IN_PROGRESS.intersection(left) or {"working", "on"} <= {*left}:
        status = IN_PROGRESS
        left = [word for word in left if word not in _IN_PROGRESS | _PROGRESS_NOISE]
    if left or (rest and not found and not bodies and status == CURRENT and not _is_year(rest)):
        return None
    if found or not _CERTIFIED.intersection(rest):
        return _Segment((*found,), status, (*bodies,))
    return _Segment(tuple(f"{body} {NOT_NAMED}" for body in bodies), status)


def _is_year(rest: list[str]) -> bool:
    """Say whether a part is no more than a year: "CPC (2019)"."""
    return all(_YEAR.fullmatch(word) for word in rest)


def _certification(
    held: list[tuple[str, str]], unknown: tuple[str, ...], names: CredentialNames
) -> Certification:
    """Put each credential once, sorted; drop a bare body that a named credential explains."""
    status: dict[str, str] = {}
    best = (IN_PROGRESS, EXPIRED, CURRENT)
    for name, stated in held:
        status[name] = max(status.get(name, stated), stated, key=best.index)
    explained = {names.known[name].body for name in status if not name.endswith(NOT_NAMED)}
    credentials = tuple(
        Credential(name=name, body=fact.body, level=fact.level, status=status[name])
        for name in sorted(status)
        for fact in [names.known[name]]
        if status[name] != IN_PROGRESS and not (name.endswith(NOT_NAMED) and fact.body in explained)
    )
    in_progress = tuple(name for name in sorted(status) if status[name] == IN_PROGRESS)
    return Certification(credentials=credentials, in_progress=in_progress, unknown=unknown)
