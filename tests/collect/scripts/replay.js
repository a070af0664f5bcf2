// given: { form, here, seed, prefill, steps } → where the browser's interview first says otherwise
const { Interview } = await import("/collect/interview.js");

function saidBy(interview) {
  const pages = interview.pages();
  return {
    pages: pages.map((page) => ({
      id: page.id,
      asked: page.asked.map((each) => [each.field, each.required, interview.choices(each)]),
      rows: page.rows.map(({ number, first }) => [number, first]),
    })),
    problems: interview.problems().map(({ page, field, code }) => [page, field, code]),
    frontier: interview.frontier()?.id ?? null,
    after: pages.map((page) => interview.after(page.id)?.id ?? null),
    storable: interview.storable,
    ended: interview.ended,
    state: interview.state(),
  };
}

const pathOf = (node) => node.ancestors()
  .map((each) => `/${each.name}${each.repeats ? `[${each.position}]` : ""}`).join("");
const sorted = (value) => (value && typeof value === "object" && !Array.isArray(value)
  ? Object.fromEntries(Object.entries(value).sort().map(([key, inner]) => [key, sorted(inner)]))
  : Array.isArray(value) ? value.map(sorted) : value);
const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

let interview = Interview.begin(given.form, given.here, given.seed, given.prefill);
for (const [number, step] of given.steps.entries()) {
  let said = null;
  if (step.do === "answer") {
    const asked = interview.pages().flatMap((page) => page.asked).find(({ node }) => pathOf(node) === step.at);
    if (asked) interview.answer(asked, step.value);
  } else if (step.do === "complete") {
    interview.complete(step.page);
    interview = Interview.resume(given.form, given.here, JSON.parse(JSON.stringify(interview.state())));
    said = saidBy(interview);
  } else if (step.do === "add") {
    said = { first: interview.addRow(step.page).id };
  } else {
    interview.removeRow(step.page, step.number);
    said = saidBy(interview);
  }
  if (step.then) {
    for (const key of Object.keys(step.then)) {
      if (!same(said[key], step.then[key])) return { number, step: step.do, page: step.page, key, wanted: step.then[key], given: said[key] };
    }
  }
}
return null;
