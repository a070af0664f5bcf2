/**
 * From where an expression stands to the nodes that it names (app/questionnaire/expressions/paths.py,
 * which says where this differs from XPath).
 */
import { Node } from "./instance.js";
import { ExpressionError, toTruth } from "./values.js";

const NOT_NAMES = ["*", "//", "..", "."];

export function spend(scope, visits) {
  scope.budget.left -= visits;
  if (scope.budget.left < 0) throw new ExpressionError("too-much-work");
}

/** The ref that a path of names, `.` and `..` leads to from a context ref. */
export function absoluteRef(text, context) {
  const written = text.trim().replace(/^current\(\)\//, "");
  const names = written.startsWith("/") ? [] : context.split("/").slice(1);
  for (const name of written.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names.map((name) => `/${name}`).join("");
}

export function path([start, ...written], scope, run) {
  const steps = written.map((step) => (Array.isArray(step) ? step : [step]));
  const plain = start === 1 ? leading(steps) : [];
  let found;
  if (start === 0) found = [scope.node];
  else if (start !== 1) found = beginning(start, steps, scope, run);
  else if (plain.length) found = absolute(plain, scope);
  else found = [documentOf(scope.current.root)];
  for (const step of steps.slice(plain.length)) found = walk(step, found, scope, run);
  if (steps.some(([name]) => name === "//")) found = inOrder(found, scope);
  return found.filter((node) => node.isRelevant());
}

function leading(steps) {
  const end = steps.findIndex(([name, ...tests]) => NOT_NAMES.includes(name) || tests.length);
  return steps.slice(0, end < 0 ? steps.length : end).map(([name]) => name);
}

function absolute(names, scope) {
  const single = scope.node.root.singles().get(names.map((name) => `/${name}`).join(""));
  return single ? [single] : inOwnRow(names, scope);
}

function beginning(start, steps, scope, run) {
  if (start[1] === "current" && start[0] === "f") return [scope.current];
  const found = run(start, scope);
  if (!Array.isArray(found)) throw new ExpressionError("not-nodes");
  if (start[0] !== "f" || start[1] !== "instance") return found;
  // instance('x')/root/item as in ODK, and instance('x')/item as in XForms 1.1.
  const [root] = found[0].children;
  return steps[0][0] !== root.name && root.named(steps[0][0]).length ? [root] : found;
}

/** What `/` stands for: a nameless node that holds the root. */
export function documentOf(root) {
  const above = new Node("");
  above.children.push(root);
  return above;
}

/** Names along the current node's own rows as far as they agree. */
function inOwnRow(names, scope) {
  const own = scope.current.ancestors();
  let shared = 0;
  while (shared < Math.min(own.length, names.length) && own[shared].name === names[shared]) shared += 1;
  return shared ? descend([own[shared - 1]], names.slice(shared), scope) : [];
}

export function descend(nodes, names, scope) {
  return names.reduce((found, name) => {
    spend(scope, found.reduce((sum, node) => sum + node.children.length, 0));
    return found.flatMap((node) => node.named(name));
  }, nodes);
}

function walk([name, ...tests], nodes, scope, run) {
  if (name === ".") return nodes;
  if (name === "..") return [...new Set(nodes.map((node) => node.parent).filter(Boolean))];
  if (name === "//") {
    const all = new Set(nodes.flatMap((node) => [...node.walk()]));
    spend(scope, all.size);
    return [...all];
  }
  return nodes.flatMap((node) => {
    spend(scope, node.children.length);
    const rows = name === "*" ? node.children : node.named(name);
    return tests.reduce((kept, test) => keep(kept, test, scope, run), rows);
  });
}

/** The nodes for which a predicate holds; a number is the place of the one node wanted. */
export function keep(nodes, test, scope, run) {
  spend(scope, nodes.length);
  return nodes.filter((node, n) => {
    const found = run(test, { ...scope, node, position: n + 1 });
    return typeof found === "number" ? found === n + 1 : toTruth(found);
  });
}

/** In document order, each once, without the nameless one above a root. */
export function inOrder(nodes, scope) {
  const wanted = new Set(nodes.filter((node) => node.name));
  const found = [];
  for (const root of new Set([...wanted].map((node) => node.root))) {
    for (const node of root.walk()) {
      spend(scope, 1);
      if (wanted.has(node)) found.push(node);
    }
  }
  return found;
}
