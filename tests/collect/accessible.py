"""axe-core on the page of a phone, best practices included."""

from __future__ import annotations

import json

from axe_selenium_python import Axe

from tests.browser.axe import SCRIPT
from tests.collect.phone import Phone


def accessible(phone: Phone) -> list[str]:
    """What breaks a rule, level AAA apart."""
    axe = Axe(phone.driver, SCRIPT)
    axe.inject()
    found = axe.run(options=json.dumps({"resultTypes": ["violations"]}))["violations"]
    return [
        f"{each['id']}: " + " | ".join(node["html"][:120] for node in each["nodes"][:3])
        for each in found
        if "wcag2aaa" not in each["tags"]
    ]
