"""Failures of what all journeys must agree on are shown with their values."""

import pytest

pytest.register_assert_rewrite("tests.journeys.agreement")
