"""Finds subcommands: each module of this folder that exposes ``command`` is one."""

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


class DiscoveredGroup(click.Group):
    """A click group that imports a subcommand's module only when it is called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every subcommand's name, in order."""
        return sorted({*super().list_commands(ctx), *command_modules()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the subcommand of this name, or None when there is none."""
        if cmd_name in command_modules():
            module = importlib.import_module(f"candour.cli.{cmd_name}")
            found: click.Command = module.command
            return found
        return super().get_command(ctx, cmd_name)
