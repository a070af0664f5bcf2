// given: { now, zone, names, cases: [{ tree, root, at }], kinds: whether each is a truth }
const [{ evaluate }, { Node }, { Random }, { toText, toTruth }] = await Promise.all(
  ["expressions", "instance", "chance", "values"].map((name) => import(`/collect/${name}.js`)));
const environment = {
  now: Date.parse(given.now), zone: given.zone, random: new Random(1), names: given.names,
  instances: {}, choiceLabel: (value) => value, itext: () => "",
};
return given.cases.map(({ tree, root, at }, place) => {
  const value = evaluate(tree, [...Node.fromTree(root).walk()][at], environment);
  return toText(given.kinds[place] ? toTruth(value) : value);
});
