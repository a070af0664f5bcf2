/** The nodes of an XForm instance, as app/questionnaire/instance.py has them. */

export class Node {
  constructor(name, value = "", repeats = false) {
    Object.assign(this, { name, value, repeats, relevant: true, parent: null, children: [] });
    this.order = [];
  }

  /** A tree from nested answers: a group is an object, a repeat an array of its rows. */
  static fromData(name, data) {
    if (data === null || typeof data === "string") return new Node(name, data ?? "");
    const node = new Node(name);
    for (const [child, inner] of Object.entries(data)) {
      if (!Array.isArray(inner)) node.append(Node.fromData(child, inner));
      else {
        node.reserve(child);
        for (const row of inner) node.append(Node.fromData(child, row)).repeats = true;
      }
    }
    return node;
  }

  /** A tree from `[name, value or children]`, a row of a repeat marked by a third element. */
  static fromTree([name, inner, row]) {
    const node = new Node(name, typeof inner === "string" ? inner : "", Boolean(row));
    if (typeof inner !== "string") for (const each of inner) node.append(Node.fromTree(each));
    return node;
  }

  get root() {
    let node = this;
    while (node.parent) node = node.parent;
    return node;
  }

  /** The value, or "" when this node or one that holds it is not relevant. */
  get text() {
    return this.isRelevant() ? this.value : "";
  }

  isRelevant() {
    for (let node = this; node; node = node.parent) if (!node.relevant) return false;
    return true;
  }

  /** What holds this node, the root first, and itself. */
  ancestors() {
    const found = [];
    for (let node = this; node; node = node.parent) found.unshift(node);
    return found;
  }

  get ref() {
    return this.ancestors().map((node) => `/${node.name}`).join("");
  }

  /** The place among the siblings of the same name, from 1. */
  get position() {
    return this.parent ? this.parent.named(this.name).indexOf(this) + 1 : 1;
  }

  named(name) {
    return this.children.filter((child) => child.name === name);
  }

  *walk() {
    yield this;
    for (const child of this.children) yield* child.walk();
  }

  /** Of a root: every node outside repeats by its ref. */
  singles() {
    if (!this.known) {
      this.known = new Map();
      this.note(`/${this.name}`, this.known);
    }
    return this.known;
  }

  note(ref, known) {
    known.set(ref, this);
    const seen = new Map();
    for (const { name } of this.children) seen.set(name, (seen.get(name) ?? 0) + 1);
    for (const child of this.children) {
      if (!child.repeats && seen.get(child.name) === 1) child.note(`${ref}/${child.name}`, known);
    }
  }

  append(child) {
    return this.insert(this.children.length, child);
  }

  /** Remember that a repeat without rows belongs at this place among the children. */
  reserve(name) {
    if (!this.order.includes(name)) this.order.push(name);
  }

  /** Put a row of a repeat after its last sibling, or where the first had been. */
  addRow(row) {
    row.repeats = true;
    this.reserve(row.name);
    const place = this.order.indexOf(row.name);
    let after = this.children.length;
    while (after && this.order.indexOf(this.children[after - 1].name) > place) after -= 1;
    return this.insert(after, row);
  }

  remove(child) {
    this.children.splice(this.children.indexOf(child), 1);
    this.root.known = null;
    child.parent = null;
  }

  insert(index, child) {
    this.reserve(child.name);
    this.children.splice(index, 0, child);
    child.parent = this;
    this.root.known = null;
    return child;
  }
}
