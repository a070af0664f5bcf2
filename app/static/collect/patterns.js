/** regex(): patterns of RE2, as app/questionnaire/expressions/patterns.py takes them, in JavaScript's. */
import { ExpressionError } from "./values.js";

const SPACE = "\\t\\n\\f\\r ";
const POSIX = {
  alnum: "0-9A-Za-z", alpha: "A-Za-z", ascii: "\\x00-\\x7F", blank: "\\t ", cntrl: "\\x00-\\x1F\\x7F",
  digit: "0-9", graph: "!-~", lower: "a-z", print: " -~", punct: "!-\\/:-@\\[-`{-~", space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z", word: "\\w", xdigit: "0-9A-Fa-f",
};
const compiled = new Map();

/** Whether a pattern matches the whole text. */
export function matches(text, pattern) {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern).test(text);
}

function compile(pattern) {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  try {
    const body = translate(flags ? pattern.slice(flags[0].length) : pattern, flags?.[1].includes("s"));
    const chosen = (flags?.[1] ?? "").replace(/[^im]/g, "");
    return new RegExp(`^(?:${body})$(?![^])`, `u${chosen}`);
  } catch {
    throw new ExpressionError("bad-pattern");
  }
}

/** Escapes one at a time; what stands in brackets has rules of its own. */
function translate(pattern, dotAll) {
  let made = "", inClass = false;
  const rest = { text: pattern };
  while (rest.text) {
    if (rest.text[0] === "\\") made += escape(rest, inClass);
    else if (inClass) made += member(rest, /(\\[wWdD]|\\[pP]\{[^}]*\}|\\f\\r )$/.test(made));
    else made += outside(rest, dotAll);
    if (!inClass && made.endsWith("[") && !made.endsWith("\\[")) {
      inClass = true;
      made += take(rest, /^\^?\]?/).replace("]", "\\]");
    } else if (inClass && rest.closed) inClass = rest.closed = false;
  }
  return made;
}

function take(rest, expression) {
  const found = expression.exec(rest.text)[0];
  rest.text = rest.text.slice(found.length);
  return found;
}

function escape(rest, inClass) {
  const found = take(rest, /^\\(u[0-9A-Fa-f]{4}|x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|[pP]\{\^?\w+\}|[pP]\w|[0-7]{1,3}|Q[^]*?(?:\\E|$)|[^]|$)/u);
  const letter = found[1];
  if (letter === "x") return `\\u{${found.slice(2).replace(/[{}]/g, "")}}`;
  if (letter === "u" && found.length > 2) return found;
  if (letter === "p" || letter === "P") return property(found);
  if (letter === "Q") return found.slice(2).replace(/\\E$/, "").replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  if (/[0-7]/.test(letter)) return `\\u{${parseInt(found.slice(1), 8).toString(16)}}`;
  if (letter === "s") return inClass ? SPACE : `[${SPACE}]`;
  if (letter === "S" && !inClass) return `[^${SPACE}]`;
  if (letter === "A") return "(?<![^])";
  if (letter === "z" || letter === "Z") return "(?![^])";
  if (letter === "a") return "\\x07";
  if (/[dDwWbBfnrtvS^$.*+?()[\]{}|\\/]/.test(letter) || (letter === "-" && inClass)) return found;
  return found.slice(1);
}

function property(found) {
  const name = found.slice(2).replace(/[{}]/g, "");
  const not = name[0] === "^" ? (found[1] === "p" ? "P" : "p") : found[1];
  const plain = name.replace("^", "");
  return `\\${not}{${plain.length > 2 ? "Script=" : ""}${plain}}`;
}

function member(rest, afterClass) {
  const posix = /^\[:(\^?)(\w+):\]/.exec(rest.text);
  if (posix) {
    rest.text = rest.text.slice(posix[0].length);
    if (posix[1]) throw new ExpressionError("bad-pattern");
    return POSIX[posix[2]];
  }
  const character = take(rest, /^[^]/u);
  if (character === "]") rest.closed = true;
  if (character === "-" && (afterClass || /^(\\[wWdDsSpP]|\])/.test(rest.text))) return "\\-";
  return character === "[" ? "\\[" : character;
}

function outside(rest, dotAll) {
  const counted = /^\{\d+(,\d*)?\}/.exec(rest.text);
  if (counted) return take(rest, /^\{\d+(,\d*)?\}/);
  const found = take(rest, /^(\(\?P<|[^])/u);
  if (found === "(?P<") return "(?<";
  if (found === ".") return dotAll ? "[^]" : "[^\\n]";
  return "{}]/".includes(found) ? `\\${found}` : found;
}
