// given: { now, zone, random, language names, cases: [{ tree, root, at, instances }] }
const [{ evaluate }, { Node }, { Random }, values] = await Promise.all(
  ["expressions", "instance", "chance", "values"].map((name) => import(`/collect/${name}.js`)));

function encoded(value) {
  if (Array.isArray(value)) return ["nodes", value.map((node) => [node.ref, node.value])];
  if (typeof value === "number") return ["number", String(value), values.numberToText(value)];
  return [typeof value, value];
}

return given.cases.map(({ tree, root, at, relevant = [], instances = {}, labels = {}, texts = {} }) => {
  const nodes = [...Node.fromTree(root).walk()];
  for (const place of relevant) nodes[place].relevant = false;
  const environment = {
    now: given.now, zone: given.zone, random: new Random(given.random), names: given.names,
    instances: Object.fromEntries(Object.entries(instances).map(([n, each]) => [n, Node.fromTree(each)])),
    choiceLabel: (value, ref) => labels[`${value} ${ref}`] ?? "",
    itext: (id) => texts[id] ?? "",
  };
  try {
    return encoded(evaluate(tree, nodes[at], environment));
  } catch (error) {
    if (error instanceof values.ExpressionError) return ["error", error.message];
    return ["failed", String(error.stack)];
  }
});
