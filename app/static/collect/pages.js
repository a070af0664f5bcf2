/** Which pages there are for the answers given so far (app/questionnaire/pages.py). */
import { matched } from "./answers.js";

const HIDDEN = ["calculate", "hidden", "metadata"];

export class Paths {
  constructor(form) {
    this.elements = new Map();
    this.names = new Map();
    this.prefix = `/${form.root.name}`.length + 1;
    this.root = form.root;
    this.learn(form.root, "");
  }

  /** Give every element its ref and its parent's, and count names. */
  learn(element, parent) {
    element.ref = `${parent}/${element.name}`;
    element.parent = parent;
    if (parent) {
      this.elements.set(element.ref, element);
      this.names.set(element.name, (this.names.get(element.name) ?? 0) + 1);
    }
    for (const child of element.children ?? []) this.learn(child, element.ref);
  }

  /** `{ id, asked, group, repeat, rows, place, takesAnswers }`, in order. */
  pages(root, deciding) {
    return this.inside(this.root, root, "", deciding);
  }

  * inside(group, node, prefix, deciding) {
    for (const [child, nodes] of matched(group, node)) {
      if (child.repeat) yield* this.repeat(child, node, nodes, prefix, deciding);
      else if (!nodes[0]?.relevant) continue;
      else if (!child.children) {
        if (!HIDDEN.includes(child.kind)) yield page(this.id(child, prefix), [this.ask(child, nodes[0], deciding)], nodes[0]);
      } else if (child.page) yield* this.fieldList(child, nodes[0], prefix, deciding);
      else yield* this.inside(child, nodes[0], `${prefix}${child.name}/`, deciding);
    }
  }

  * fieldList(group, node, prefix, deciding) {
    const asked = [...this.askedIn(group, node, deciding)];
    if (asked.length) yield page(this.id(group, prefix), asked, node, group);
    for (const [repeat, parent, below] of this.repeatsIn(group, node, `${prefix}${group.name}/`)) {
      yield* this.repeat(repeat, parent, parent.named(repeat.name), below, deciding);
    }
  }

  * askedIn(group, node, deciding) {
    for (const [child, nodes] of matched(group, node)) {
      if (child.repeat || !nodes[0]?.relevant) continue;
      if (child.children) yield* this.askedIn(child, nodes[0], deciding);
      else if (!HIDDEN.includes(child.kind)) yield this.ask(child, nodes[0], deciding);
    }
  }

  * repeatsIn(group, node, prefix) {
    for (const [child, nodes] of matched(group, node)) {
      if (child.repeat) yield [child, node, prefix];
      else if (child.children && nodes[0]?.relevant) yield* this.repeatsIn(child, nodes[0], `${prefix}${child.name}/`);
    }
  }

  * repeat(repeat, parent, nodes, prefix, deciding) {
    if (!deciding.shown(repeat, parent)) return;
    const rows = [];
    for (const [n, node] of nodes.entries()) {
      const pages = [...this.row(repeat, node, `${prefix}${repeat.name}/${n + 1}/`, deciding)];
      if (pages.length) rows.push({ number: n + 1, first: pages[0].id });
      yield* pages;
    }
    if (repeat.count === undefined) yield { ...page(`${prefix}${repeat.name}`, [], parent), repeat, rows, takesAnswers: true };
  }

  * row(repeat, node, prefix, deciding) {
    if (!repeat.page) {
      yield* this.inside(repeat, node, prefix, deciding);
      return;
    }
    const asked = [...this.askedIn(repeat, node, deciding)];
    if (asked.length) yield page(prefix.slice(0, -1), asked, node, repeat);
  }

  ask(question, node, deciding) {
    const field = this.names.get(question.name) === 1
      ? question.name : question.ref.slice(this.prefix).replaceAll("/", ".");
    return { question, node, field, required: deciding.required(question, node) };
  }

  id(element, prefix) {
    const inRow = prefix.split("/").some((part) => /^\d+$/.test(part));
    return this.names.get(element.name) === 1 && !inRow ? element.name : prefix + element.name;
  }
}

const page = (id, asked, place, group = null) =>
  ({ id, asked, group, place, repeat: null, rows: [], takesAnswers: asked.some(({ question }) => question.kind !== "note") });
