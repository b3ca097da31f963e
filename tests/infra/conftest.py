"""The emulator for tests of roles: the stack with the sample app, as in tests/local."""

from __future__ import annotations

from tests.local.conftest import sample_stack

__all__ = ["sample_stack"]
