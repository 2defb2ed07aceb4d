"""How much the property tests try (`HYPOTHESIS_PROFILE=deep`: a long night), and what they leave behind."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile(
    "deep", settings.get_profile("default"), max_examples=5000, derandomize=False, database=None
)
os.environ["WIREPROOF_CACHE"] = ""  # tests leave nothing in the user's cache folder

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
