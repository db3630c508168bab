"""Undoing a change of the station (站): name and region stand as before."""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.stations import RenameStation, rename_station
from app.actions.undo import Undoing, undoes
from app.facts.stations import StationRenamed
from app.storage import stations as storage


@undoes(StationRenamed)
def undo_renaming(work: Work, that: Undoing[StationRenamed]) -> None:
    before = storage.before(that.before, that.it.body.station)
    rename_station.inside(work, RenameStation(name=before["name"], region=before["region"]))
