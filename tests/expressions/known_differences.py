"""Vectors of openrosa-xpath-evaluator that we mean to answer otherwise, and why."""

from __future__ import annotations

WHOLE_DAYS = (
    "JavaRosa, XPathFuncExpr.daysSinceEpoch: a date in arithmetic is a whole local day. "
    "openrosa-xpath-evaluator counts from UTC, so 2020-01-01 in Jakarta is 18261.708… days."
)

_TOTALS = "onadata__select_one_choices_test.xlsx"

KNOWN: dict[tuple[str, str, str], tuple[str, str]] = {
    (_TOTALS, "/data/totnfxp", "18265.708333333332"): ("18266", WHOLE_DAYS),
    (_TOTALS, "/data/toexppc", "18273.708333333332"): ("18274", WHOLE_DAYS),
    (_TOTALS, "/data/cextotal", "0.005475938952407246"): ("0.005475851494907458", WHOLE_DAYS),
    (_TOTALS, "/data/foodexpshare", "1826170.8333333333"): ("1826200", WHOLE_DAYS),
}
"""(form, context, what the vector expects) → (what we give, the rule that we follow)."""
