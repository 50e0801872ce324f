"""The table of `make crash`: every line runs or says what it needs, and a loss is never hidden."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.crash.__main__ import chosen, measure, table
from tests.crash.figures import FIGURES, Figure, Reached, Scale


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_every_line_names_a_function_or_what_it_needs(figure: Figure) -> None:
    assert bool(figure.function) != bool(figure.needs)
    if figure.function:
        module, _, name = figure.function.partition(":")
        assert callable(getattr(import_module(module), name))


def test_a_name_is_used_once() -> None:
    assert len({figure.name for figure in FIGURES}) == len(FIGURES)


def test_a_count_given_by_hand_goes_before_the_size() -> None:
    assert Scale().of(small=2, full=500) == 2
    assert Scale(full=True).of(small=2, full=500) == 500
    assert Scale(full=True, count=7).of(small=2, full=500) == 7


def failing(_scale: Scale) -> Reached:
    raise AssertionError("basket 3 is lost")


def working(scale: Scale) -> Reached:
    return Reached(scale.of(small=1_000, full=1), 0, "none lost")


def test_a_fault_is_a_loss_and_what_cannot_run_says_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    here = f"{__name__}:"
    rows = [
        measure(Figure("bad", "kept", "10", f"{here}failing"), Scale()),
        measure(Figure("good", "done", "10", f"{here}working"), Scale()),
        measure(Figure("far", "cut", "200", needs="a rig"), Scale()),
    ]
    assert [row.lost for row in rows] == [1, 0, 0]
    assert "basket 3 is lost" in capsys.readouterr().err
    lines = table(rows).splitlines()
    assert "basket 3 is lost" in lines[1]
    assert lines[2].split() == ["done", "10", "1,000", "0", "0", "none", "lost"]
    assert lines[3].endswith("not run here: needs a rig")


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(SystemExit, match="no figure called speed"):
        chosen(["speed"])
