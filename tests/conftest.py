"""How much the property tests try: a little by default, `HYPOTHESIS_PROFILE=deep` for a long night."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile(
    "deep", settings.get_profile("default"), max_examples=5000, derandomize=False, database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
