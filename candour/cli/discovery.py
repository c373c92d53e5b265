"""Finds subcommands: each module of this folder that exposes ``command`` is one.

The subcommand's name is that of its click command, so that a word which Python keeps for itself
can still be a subcommand (``importing.py`` exposes ``import``).
"""

import ast
import importlib
import pkgutil
from pathlib import Path

import click

FOLDER = Path(__file__).parent


def command_modules() -> list[str]:
    """Return the names of the modules that expose ``command``, found without importing them."""
    return [
        module.name
        for module in pkgutil.iter_modules([str(FOLDER)])
        if not module.ispkg and _exposes_command(FOLDER / f"{module.name}.py")
    ]


def _exposes_command(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        names = [getattr(node, "name", None)]
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if "command" in names:
            return True
    return False


def _load(module: str) -> click.Command:
    found: click.Command = importlib.import_module(f"candour.cli.{module}").command
    return found


def _name(module: str) -> str:
    given = _load(module).name
    return module if given in {None, "command"} else str(given)


class DiscoveredGroup(click.Group):
    """A click group that imports only the module it needs, where the names allow it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every subcommand's name, in order."""
        return sorted({*super().list_commands(ctx), *map(_name, command_modules())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the subcommand of this name, or None when there is none."""
        modules = sorted(command_modules(), key=lambda module: module != cmd_name)
        for module in modules:  # the module of the same name first: usually the only one loaded
            if _name(module) == cmd_name:
                return _load(module)
        return super().get_command(ctx, cmd_name)
