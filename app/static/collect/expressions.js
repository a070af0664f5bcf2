/**
 * Runs the syntax trees of app/questionnaire/expressions/tree.py as evaluate.py does on the server;
 * tests hold both to the same vectors.
 *
 * An environment is `{ now, zone, random, names, instances, choiceLabel, itext }`: now in
 * milliseconds, names of months and days in the current language, roots of secondary instances.
 */
import { FUNCTIONS } from "./functions.js";
import { absoluteRef, descend, inOrder, keep, path, spend } from "./paths.js";
import {
  compares, display, ExpressionError, ordered, toNumber, toText, toTruth,
} from "./values.js";

const MAX_VISITS = 500000;

/** The value of a tree at a node. Throws ExpressionError. */
export function evaluate(tree, node, environment) {
  return run(tree, { node, current: node, position: 0, environment, budget: { left: MAX_VISITS } });
}

export function run(tree, scope) {
  if (!Array.isArray(tree)) return tree;
  const [head, ...parts] = tree;
  if (head === "f") return call(parts[0], parts.slice(1), scope);
  if (head === "/") return path(parts, scope, run);
  if (head === "[") {
    const base = nodes(run(parts[0], scope));
    return parts.slice(1).reduce((found, test) => keep(found, test, scope, run), base);
  }
  return operation(head, parts, scope);
}

function operation(operator, parts, scope) {
  const { zone } = scope.environment;
  const value = (part) => run(part, scope);
  const number = (part) => toNumber(value(part), zone);
  if (operator === "or") return parts.some((part) => toTruth(value(part)));
  if (operator === "and") return parts.every((part) => toTruth(value(part)));
  if (operator === "|") return union(parts.map((part) => nodes(value(part))), scope);
  if (parts.length === 1) return -number(parts[0]);
  if (operator in ARITHMETIC) return parts.map(number).reduce(ARITHMETIC[operator]);
  const [one, other] = parts.map(value);
  if (operator === "=" || operator === "!=") return compares(operator === "=", one, other, zone);
  return ordered(operator, one, other, zone);
}

const ARITHMETIC = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, div: (a, b) => a / b,
  mod: (a, b) => a % b,
};

function union(sets, scope) {
  spend(scope, sets.reduce((sum, set) => sum + set.length, 0));
  return inOrder(sets.flat(), scope);
}

function nodes(value) {
  if (!Array.isArray(value)) throw new ExpressionError("not-nodes");
  return value;
}

function call(name, parts, scope) {
  if (name in FORMS) return FORMS[name](parts, scope);
  const known = FUNCTIONS[name];
  if (!known) throw new ExpressionError("unknown-function");
  const [kinds, implementation] = known;
  return implementation(scope, ...parts.map((part, n) => argument(kinds, n, run(part, scope), scope)));
}

/** `kinds`: a letter for each argument (text, number, truth, nodes, any); after `*` they repeat. */
function argument(kinds, place, value, scope) {
  const [fixed, rest = ""] = kinds.split("*");
  const kind = place < fixed.length ? fixed[place] : rest[(place - fixed.length) % rest.length];
  if (kind === "t") return toText(value);
  if (kind === "n") return toNumber(value, scope.environment.zone);
  if (kind === "b") return toTruth(value);
  return kind === "s" ? nodes(value) : value;
}

/** Functions that do not always evaluate every argument, or that need one as a path. */
const FORMS = {
  if: ([test, yes, no], scope) => run(toTruth(run(test, scope)) ? yes : no, scope),
  coalesce: ([first, second], scope) => {
    const value = run(first, scope);
    return display(value) ? value : run(second, scope);
  },
  once: ([calculated], scope) => scope.current.value || run(calculated, scope),
  "indexed-repeat": indexedRepeat,
};

/** A question in the rows given for the repeats around it: below 1 is the first (JavaRosa). */
function indexedRepeat([target, ...rest], scope) {
  const here = scope.current.ref, own = scope.current.ancestors();
  const names = absoluteRef(pathText(target), here).split("/").slice(1);
  const wanted = new Map();
  for (let n = 0; n < rest.length; n += 2) {
    const level = absoluteRef(pathText(rest[n]), here).split("/").length - 2;
    wanted.set(level, toNumber(run(rest[n + 1], scope), scope.environment.zone));
  }
  let found = own[0].name === names[0] ? [own[0]] : [];
  names.slice(1).forEach((name, n) => {
    const level = n + 1;
    found = descend(found, [name], scope);
    if (wanted.has(level)) {
      const place = Math.max(1, Math.trunc(wanted.get(level)) || 0);
      found = found.slice(place - 1, place);
    } else if (level < own.length && found.includes(own[level])) found = [own[level]];
  });
  return found.filter((node) => node.isRelevant());
}

function pathText([, start, ...steps]) {
  return (start === 1 ? "/" : "") + steps.join("/");
}
