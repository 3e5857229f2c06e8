"""Pieces of a page that answer what a reader types: an offer, terms of a return, a team."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.live.controls import Controls, controls
    from analysis.live.offer import offer
    from analysis.live.piece import Piece
    from analysis.live.team import team
    from analysis.live.what_if import what_if
else:
    load_when_used(__name__)

__all__ = ["Controls", "Piece", "controls", "offer", "team", "what_if"]
