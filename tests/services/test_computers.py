"""The machine of copies, backups and restores finds no split; and it finds every planted one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inventory.services import restoring, streams, whereabouts
from inventory.services.clinics import save_setting
from inventory.storage.marks import Mark, Marks
from tests.crash.figures import Reached, Scale
from tests.services.computers import Split, World, run_machine

Plant = Callable[[pytest.MonkeyPatch], None]
Story = Callable[[World], None]


def test_no_ledger_ever_splits_unseen(tmp_path: Path) -> None:
    run_machine(tmp_path, runs=4, steps=12)


# What happens to files in clinics, told so that each planted fault shows in one of them.


def older_file_comes_back(world: World) -> None:
    world.keep_copy(0)
    world.work(0, 1)
    world.put_back(0, 0)


def killed_before_it_comes_back(world: World) -> None:
    world.keep_copy(0)
    world.work(0, 1, killed=True)
    world.put_back(0, 0)


def file_on_two_computers(world: World) -> None:
    world.keep_copy(0)
    world.put_back(0, 1)
    world.work(0, 1)


def file_that_a_stranger_wrote_in(world: World) -> None:
    world.keep_copy(0)
    world.work(0, 1)
    world.stranger(world.copies[0], 2)
    world.put_back(0, 0)


def newer_file_comes_back_too_late(world: World) -> None:
    world.keep_copy(0)
    world.work(0, 1)
    world.keep_copy(0)
    world.put_back(0, 0)
    world.go_on(0)
    world.put_back(1, 0)


def one_backup_restored_twice(world: World) -> None:
    world.work(0, 1)
    world.back_up(0)
    world.work(0, 2)
    for _ in range(2):
        world.restore(0, world.backups()[0])
        world.work(0, 1)


def restored_on_another_computer(world: World) -> None:
    world.back_up(0)
    world.restore(1, world.backups()[0])
    world.work(0, 1)


def both_go_on(world: World) -> None:
    world.keep_copy(0)
    world.put_back(0, 1)
    world.go_on(1)
    world.work(1, 1)
    world.work(0, 1)


STORIES = (older_file_comes_back, killed_before_it_comes_back, file_on_two_computers,
           file_that_a_stranger_wrote_in, newer_file_comes_back_too_late,
           restored_on_another_computer, both_go_on, one_backup_restored_twice)  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_what_happens_to_files(story: Story, tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    story(world)
    world.prove()


def _forgets_marks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Marks, "seen", lambda self, stream: None)


def _never_notes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whereabouts.Watch, "note", lambda self: None)


def _notes_only_at_the_end(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whereabouts.Watch, "after", lambda self: setattr(self, "_dirty", True))


def _ignores_other_computers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whereabouts, "_is_elsewhere", lambda *args: False)


def _compares_numbers_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whereabouts, "holds", lambda c, place, mark: mark is None or
                  (place.seq >= mark.seq and not mark.continued))  # fmt: skip


def _writes_all_the_same(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whereabouts.Watch, "before", lambda self: None)


def _restores_into_the_old_stream(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(restoring, "open_next", lambda *args, **more: "")


def _forgets_what_was_continued(patch: pytest.MonkeyPatch) -> None:
    real = Mark.to_text
    patch.setattr(Mark, "to_text", lambda self: real(Mark(self.seq, self.head)))


def _never_leaps(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(streams, "_leap", lambda *args: "")


def _leaps_to_the_same_thousand(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Marks, "numbers", lambda self, clinic: None)
    patch.setattr(restoring, "numbers_on_stick", lambda *args: {})


def _continues_in_the_same_stream(patch: pytest.MonkeyPatch) -> None:
    def go_on() -> Any:
        def act(connection: Any, stamp: Any, finding: Any, marks: Marks) -> None:
            holder = whereabouts.holder_of(connection, marks.installation())
            save_setting(connection, 0, whereabouts.INSTALLATION, holder)

        return act

    patch.setattr(whereabouts, "_use_case", go_on)
    patch.setattr(whereabouts, "guard", lambda *args: whereabouts.Whereabouts(
        whereabouts.Finding.FINE))  # fmt: skip


PLANTED: dict[str, Plant] = {
    "forgets marks": _forgets_marks,
    "never notes": _never_notes,
    "notes only at the end": _notes_only_at_the_end,
    "ignores other computers": _ignores_other_computers,
    "compares numbers only": _compares_numbers_only,
    "writes all the same": _writes_all_the_same,
    "restores into the old stream": _restores_into_the_old_stream,
    "forgets what was continued": _forgets_what_was_continued,
    "never leaps": _never_leaps,
    "leaps to the same thousand": _leaps_to_the_same_thousand,
    "continues in the same stream": _continues_in_the_same_stream,
}


def is_found(place: Path, plant: Plant) -> bool:
    """Whether one of the stories fails while that fault is planted."""
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        return any(_fails(place / story.__name__, story) for story in STORIES)


def planted(_scale: Scale) -> Reached:
    """How many planted faults are found."""
    with tempfile.TemporaryDirectory() as folder:
        missed = [name for name, plant in PLANTED.items()
                  if not is_found(Path(folder) / name, plant)]  # fmt: skip
    return Reached(len(PLANTED), len(missed), f"not seen: {missed}" if missed else "all seen")


def _fails(place: Path, story: Story) -> bool:
    try:
        story(World(place / "world"))
    except Split:
        return True
    return False


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    assert is_found(tmp_path, PLANTED[name])
