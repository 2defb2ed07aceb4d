"""Bodies against schemas: the engines, the walk, and the sites where promise and body part."""

from wireproof.validating.applicable import Applicable, json_type
from wireproof.validating.judge import Judge, Judgement, Verdict
from wireproof.validating.site import Path, Site

__all__ = ["Applicable", "Judge", "Judgement", "Path", "Site", "Verdict", "json_type"]
