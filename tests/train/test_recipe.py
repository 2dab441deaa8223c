"""Recipes of a fit: what a stage is made of, and what a bad one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import SettingsError

torch = pytest.importorskip("torch", reason="needs the training extra")

RECIPE = Path(__file__).parents[2] / "training" / "reader.toml"


def recipe(tmp_path: Path, stage: str) -> Path:
    path = tmp_path / "recipe.toml"
    path.write_text(f"[fit]\nseed = 3\n[[stages]]\nepochs = 2.0\n{stage}\n")
    return path


def test_the_shipped_recipe_can_be_read() -> None:
    from tocsin.train.reader import load_recipe

    for stage in load_recipe(RECIPE).stages:
        assert sum(branch.share for branch in stage) == pytest.approx(1.0)


def test_branches_differ_in_what_they_name(tmp_path: Path) -> None:
    from tocsin.train.reader import load_recipe

    path = recipe(tmp_path, "branches = [{ share = 3.0 }, { seed = 4, epochs = 1.0 }]")
    ((first, second),) = load_recipe(path).stages
    assert (first.settings.seed, first.settings.epochs, first.share) == (3, 2.0, 0.75)
    assert (second.settings.seed, second.settings.epochs, second.share) == (4, 1.0, 0.25)


@pytest.mark.parametrize(
    ("stage", "fault"),
    [
        ("branches = [{ share = 0.0 }]", "each needs a share above 0"),
        ("branches = []", "each needs a share above 0"),
        ("branches = [{ speed = 1 }]", "stages 1.branches.speed: is not a setting"),
    ],
)
def test_a_bad_branch_is_named(tmp_path: Path, stage: str, fault: str) -> None:
    from tocsin.train.reader import load_recipe

    with pytest.raises(SettingsError, match=fault):
        load_recipe(recipe(tmp_path, stage))


def test_the_mean_of_fits() -> None:
    from tocsin.train.reader import blend

    mean = blend([{"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([3.0, 6.0])}], [0.75, 0.25])
    assert mean["w"].tolist() == [1.5, 3.0]
