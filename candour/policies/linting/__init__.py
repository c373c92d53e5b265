"""Finds what is wrong with a procedure that can be read: rules that nothing can ever reach."""

from candour.policies.linting.findings import Finding, Severity
from candour.policies.linting.whole import lint, lint_pack

__all__ = ["Finding", "Severity", "lint", "lint_pack"]
