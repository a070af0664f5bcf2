"""Filling in a form by keyboard alone: Tab to each question, arrows and letters to answer it."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from tests.collect.phone import Phone

MOST_PAGES = 80

# What the page asks, in the order of Tab: [id, type, whether it has an answer].
CONTROLS = """
return [...document.querySelectorAll('#page input, #page select, #page textarea')]
  .filter((e) => e.getClientRects().length)
  .map((e) => [e.id, e.type, e.name, e.type === 'radio' || e.type === 'checkbox'
    ? !!document.querySelector(`[name="${e.name}"]:checked`) : !!e.value,
    !!e.closest('[aria-invalid=true]')]);
"""


def answer_all(phone: Phone) -> list[str]:
    """Answer until the list of answers is there; gives the headings met."""
    met: list[str] = []
    for _ in range(MOST_PAGES):
        if not phone.all("#page"):
            return met
        met.append(phone.heading)
        answer_page(phone, len(met))
        seen = phone.find("h1")
        phone.find("#next").send_keys(Keys.ENTER)
        phone.until(lambda seen=seen: phone.find("h1") != seen, f"from {met[-1]}")
    raise AssertionError(met)


def answer_page(phone: Phone, number: int) -> None:
    done: set[str] = set()
    for identity, kind, name, answered, wrong in phone.driver.execute_script(CONTROLS):
        if name in done or (answered and not wrong):
            continue
        done.add(name)
        reach(phone, "name" if kind == "radio" else "id", name if kind == "radio" else identity)
        if kind == "radio":
            phone.keys(Keys.SPACE)
            if wrong or (number % 3 == 0 and name != "consent"):
                phone.keys(Keys.ARROW_DOWN)
        elif kind == "checkbox":
            phone.keys(Keys.SPACE)
        elif kind == "select-one":
            phone.keys(Keys.ARROW_DOWN)
        else:
            phone.keys("0812 3456 7890" if kind == "tel" else "2")


def reach(phone: Phone, what: str, wanted: str) -> None:
    """Press Tab until the focus is there; of radio buttons the chosen one has it."""
    for _ in range(60):
        if phone.driver.execute_script(f"return document.activeElement.{what}") == wanted:
            return
        phone.keys(Keys.TAB)
    raise AssertionError(f"Tab does not reach {wanted}")
