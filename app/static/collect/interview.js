/**
 * One person's answers against one form, on the phone: the same decisions as Interview on the server
 * (app/questionnaire/interview.py, live.py, rules.py), which a test holds it to. A form is what
 * app/exchange/offline.py makes of it.
 */
import { Random } from "./chance.js";
import { evaluate } from "./expressions.js";
import { Node } from "./instance.js";
import { fromMilliseconds, iso, isoDate } from "./moments.js";
import { Paths } from "./pages.js";
import { addRow, build, fill, fits, leaves, matched, raw } from "./answers.js";
import { display, ExpressionError, toNumber, toTruth, words } from "./values.js";

const MOST_ROWS = 200;
const WAYS_OUT = ["7", "pns"];

export class Interview {
  /**
   * @param {{now: number, names, labels, texts, context}} here milliseconds, words of the language
   *   read in now: names of months and days, labels of choices by list, other texts by id
   */
  constructor(form, here, root, seed, done) {
    Object.assign(this, { form, here, root, seed, done, changed: true, nodes: new Map() });
    this.paths = new Paths(form);
    this.elements = this.paths.elements;
    this.environment = {
      now: here.now, zone: form.zone, random: new Random(seed), names: here.names,
      instances: form.roots ??= rootsOf(form),
      choiceLabel: (value, ref) => this.choiceLabel(value, ref),
      itext: (id) => here.texts?.[id] ?? "",
    };
  }

  static begin(form, here, seed, prefill = {}) {
    const root = build(form.root);
    const interview = new Interview(form, here, root, seed, new Set());
    for (const [question, node] of leaves(form.root, root)) {
      if (question.name in prefill) node.value = prefill[question.name];
    }
    interview.preload();
    interview.happen("odk-instance-first-load", root);
    return interview;
  }

  static resume(form, here, { values, done, seed }) {
    const root = build(form.root, false);
    fill(form.root, root, values ?? {});
    return new Interview(form, here, root, seed ?? 0, new Set(done));
  }

  /** What is kept: raw values (not relevant ones too), pages done, the random seed. */
  state() {
    return { values: raw(this.form.root, this.root), done: [...this.done].sort(), seed: this.seed };
  }

  // -- the path

  pages() {
    if (this.changed || !this.found) {
      this.settle();
      this.found = [...this.paths.pages(this.root, this)];
    }
    return this.found;
  }

  /** The page, if the person has come as far as that; else null. */
  page(id) {
    const frontier = this.frontier();
    if (frontier && this.place(id) > this.place(frontier.id)) return null;
    return this.pages()[this.place(id)] ?? null;
  }

  frontier() {
    return this.pages().find((page) => !this.done.has(page.id) || this.problems(page).length) ?? null;
  }

  complete(id) {
    this.done.add(id);
  }

  after(id) {
    const following = this.pages()[this.place(id) + 1] ?? null;
    return this.hubLeft(id, following) ?? following;
  }

  before(id) {
    return this.pages()[this.place(id) - 1] ?? null;
  }

  place(id) {
    return this.pages().findIndex((page) => page.id === id);
  }

  hubLeft(id, following) {
    return this.pages().find((hub) => {
      if (!hub.repeat || !id.startsWith(`${hub.id}/`)) return false;
      const inside = `${hub.id}/${id.slice(hub.id.length + 1).split("/")[0]}/`;
      return !following || !`${following.id}/`.startsWith(inside);
    });
  }

  /** A new row on a hub; the page on which it begins. */
  addRow(id) {
    const hub = this.page(id);
    if (!hub.repeat || hub.rows.length >= MOST_ROWS) return hub;
    const row = addRow(hub.repeat, hub.place);
    this.changed = true;
    this.happen("odk-new-repeat", row);
    const number = hub.place.named(hub.repeat.name).length;
    const fresh = this.pages()[this.place(id)];
    const first = fresh.rows.find((each) => each.number === number)?.first;
    return this.pages()[this.place(first ?? id)];
  }

  removeRow(id, number) {
    const hub = this.page(id), rows = hub.place.named(hub.repeat.name);
    if (!rows[number - 1]) return;
    hub.place.remove(rows[number - 1]);
    this.changed = true;
    const gone = `${id}/${rows.length}`;
    this.done = new Set([...this.done].filter((page) => page !== gone && !page.startsWith(`${gone}/`)));
  }

  // -- answers and what is wrong with them

  answer(asked, value) {
    const { question, node } = asked;
    if (this.readonly(asked) || node.value === value) return;
    node.value = value;
    this.changed = true;
    for (const each of this.form.set ?? []) {
      if (each.trigger === question.ref) this.set(this.beside(node, each.ref), each.value);
    }
  }

  /** Whether a question is only shown now. */
  readonly({ question, node }) {
    return Boolean(question.readonly || (question.readonly_if && this.true(question.readonly_if, node)));
  }

  /** Values of the choices offered now, in their order; without a list they are earlier answers. */
  choices({ question, node }) {
    const listed = this.listed(question);
    if (!question.nodeset) return listed;
    const found = this.value(question.nodeset, node);
    const names = (Array.isArray(found) ? found : []).flatMap((item) => item.named(question.value ?? "name"));
    const values = names.map((name) => name.value);
    return question.list ? values.filter((value) => listed.includes(value)) : values;
  }

  listed(question) {
    return this.form.lists?.[question.list ?? ""] ?? [];
  }

  /** What is wrong on a page, or on all: `{ page, field, code, question, asked }`. */
  problems(page) {
    return (page ? [page] : this.pages()).flatMap((each) => each.asked.flatMap((asked) => {
      const code = asked.question.kind === "note" ? null : this.wrong(asked);
      return code ? [{ page: each.id, field: asked.field, code, question: asked.question, asked }] : [];
    }));
  }

  wrong(asked) {
    const { question, node } = asked;
    if (node.value === "") return this.required(question, node) ? this.missing(asked) : null;
    if (!fits(question.kind, node.value)) return "type";
    if (selects(question) && !this.offers(asked)) return "choice";
    return question.constraint && !this.true(question.constraint, node) ? "constraint" : null;
  }

  missing(asked) {
    if (selects(asked.question) && !this.choices(asked).length) return null;
    const wayOut = this.listed(asked.question).some((value) => WAYS_OUT.includes(value));
    return wayOut ? "required_way_out" : "required";
  }

  offers(asked) {
    const { question, node } = asked, offered = this.choices(asked);
    return (question.kind === "select_one" ? [node.value] : words(node.value))
      .every((value) => offered.includes(value));
  }

  // -- what the form says about the whole

  get storable() {
    return !this.form.storeIf || this.true(this.form.storeIf, this.root);
  }

  get ended() {
    if (this.storable || !this.done.size) return false;
    return !this.pages().some((page) => page.takesAnswers && (!this.done.has(page.id) || this.problems(page).length));
  }

  // -- evaluating

  true(tree, node) {
    return toTruth(this.value(tree, node));
  }

  /** The value of a tree as text; not-a-number is "". */
  result(tree, node) {
    return display(this.value(tree, node));
  }

  value(tree, node) {
    this.settle();
    return quietly(tree, node, this.environment);
  }

  required(question, node) {
    return question.required !== undefined && this.true(question.required, node);
  }

  shown(repeat, parent) {
    return repeat.relevant === undefined || this.true(repeat.relevant, parent);
  }

  choiceLabel(value, ref) {
    const { list } = this.elements.get(ref) ?? {};
    return this.here.labels?.[list]?.[value] ?? value;
  }

  // -- the rules of the form, whenever anything changed

  settle() {
    if (!this.changed) return;
    this.changed = false;
    this.found = null;
    for (let pass = 0; pass < 3; pass += 1) {
      this.nodes = new Map([[this.form.root.ref, [this.root]]]);
      this.index(this.form.root, this.root);
      if (!this.apply()) return;
    }
  }

  index(group, node) {
    for (const [child, nodes] of matched(group, node)) {
      this.nodes.set(child.ref, [...(this.nodes.get(child.ref) ?? []), ...nodes]);
      if (child.children) for (const inner of nodes) this.index(child, inner);
    }
  }

  apply() {
    let reshaped = false;
    for (const [ref, flags = 0] of this.form.order ?? []) {
      const element = this.elements.get(ref);
      (this.nodes.get(ref) ?? []).forEach((node, position) => {
        if (element.relevant !== undefined) {
          node.relevant = toTruth(quietly(element.relevant, node, this.environment));
        }
        if (element.calculate !== undefined) this.calculate(element, node, flags, position);
      });
      reshaped = this.resize(element) || reshaped;
    }
    return reshaped;
  }

  calculate(element, node, flags, position) {
    if (!node.isRelevant() || (flags & 2 && node.value)) return;
    const random = flags & 1 ? new Random(`${this.seed} ${element.ref} ${position}`) : this.environment.random;
    node.value = display(quietly(element.calculate, node, { ...this.environment, random }));
  }

  resize(element) {
    if (!element.repeat || element.count === undefined) return false;
    let changed = false;
    for (const parent of this.nodes.get(element.parent) ?? []) {
      const number = toNumber(quietly(element.count, parent, this.environment), this.form.zone);
      const wanted = Number.isFinite(number) ? Math.trunc(Math.min(Math.max(number, 0), MOST_ROWS)) : 0;
      const rows = parent.named(element.name);
      for (const row of rows.slice(wanted)) parent.remove(row);
      for (let n = rows.length; n < wanted; n += 1) addRow(element, parent);
      changed ||= wanted !== rows.length;
    }
    return changed;
  }

  // -- what the form sets by itself

  preload() {
    const now = fromMilliseconds(this.here.now, this.form.zone);
    const stamp = iso(now, true);
    const known = { "timestamp start": stamp, "timestamp end": stamp, "date today": isoDate(now.day) };
    for (const [question, node] of leaves(this.form.root, this.root)) {
      if (question.preload) {
        node.value = known[question.preload.join(" ")] ?? this.here.context?.[question.preload[1]] ?? "";
      }
    }
    this.changed = true;
  }

  happen(event, scope) {
    for (const each of this.form.set ?? []) {
      if (!each.event.split(" ").includes(event)) continue;
      this.set(this.all(each.ref).filter((node) => node.ancestors().includes(scope)), each.value);
    }
  }

  set(nodes, tree) {
    for (const node of nodes) {
      node.value = this.result(tree, node);
      this.changed = true;
    }
  }

  /** In the same row where the row has such a node, else wherever it is. */
  beside(node, ref) {
    const found = this.all(ref);
    const near = found.filter((each) => each.ancestors().includes(node.parent));
    return near.length ? near : found;
  }

  all(ref) {
    this.settle();
    return this.nodes.get(ref) ?? [];
  }
}

const selects = ({ kind }) => ["select_one", "select_multiple", "rank"].includes(kind);

const rootsOf = (form) =>
  Object.fromEntries(Object.entries(form.instances ?? {}).map(([name, tree]) => [name, Node.fromTree(tree)]));

/** What fails on an answer counts as no answer: nobody who answers can mend it. */
function quietly(tree, node, environment) {
  try {
    return evaluate(tree, node, environment);
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof RangeError) return "";
    throw error;
  }
}
