/** One interview on the phone: its pages, its answers to be checked, and keeping it meanwhile. */
import { labelOf, rendered, Shown } from "./show.js";
import { inWords, read } from "./fields.js";
import { Interview } from "./interview.js";
import { Unclear } from "./local.js";
import * as vault from "./vault.js";

export class Collecting {
  constructor(app, bundle, record, here) {
    Object.assign(this, { app, bundle, record, typed: record.typed ?? {}, checking: false });
    this.interview = here;
  }

  static async begin(app, form, { who, paper, activity }) {
    const bundle = await app.bundle(form.id, form.version);
    const title = app.me.activities.find(({ id }) => id === activity)?.title;
    const prefill = {
      ...form.known[who],
      ...(form.needsActivity ? { activity_id: activity, activity_title: title ?? app.sentences.general } : {}),
    };
    const seed = crypto.getRandomValues(new Uint32Array(1))[0];
    const record = {
      id: crypto.randomUUID(), form: form.id, version: form.version, by: app.me.account.id, status: "open",
      started: new Date().toISOString(), paper, activity,
    };
    return new Collecting(app, bundle, record, Interview.begin(bundle.form, reading(app, bundle), seed, prefill));
  }

  /** Opens what lies locked on the phone. */
  static async resume(app, record) {
    const bundle = await app.bundle(record.form, record.version);
    const { state, ...rest } = await vault.open(app.key, record.id, record.own);
    const interview = Interview.resume(bundle.form, reading(app, bundle), state);
    return new Collecting(app, bundle, { ...rest, id: record.id, form: record.form, version: record.version, by: record.by }, interview);
  }

  /** The same interview in another language, or at another moment. */
  async readOn() {
    this.remember();
    this.interview = Interview.resume(this.bundle.form, reading(this.app, this.bundle), this.interview.state());
    if (this.shown) this.showPage(this.shown.page.id, false);
    else this.check(false);
  }

  // -- pages

  goOn() {
    const page = this.toDo();
    if (page) this.showPage(page.id);
    else this.check();
  }

  /** The first page that is not finished. */
  toDo() {
    const frontier = this.interview.frontier();
    return this.interview.pages().find(({ id }) => this.typed[id] || id === frontier?.id) ?? null;
  }

  /** A page that the person has come as far as; a link of the list of answers comes back to it. */
  go(id, from) {
    this.checking = from === "check";
    this.showPage(id);
  }

  showPage(id, push = true) {
    const page = this.interview.page(id) ?? this.toDo();
    if (!page) return this.check();
    const { app, bundle } = this, words = bundle.languages[app.tag];
    const context = { bundle, words, sentences: app.sentences, tag: app.tag };
    this.shown = new Shown(app.view, context, this.interview, page);
    document.title = this.shown.title;
    this.restore(this.typed[page.id]);
    if (push && history.state?.page !== page.id) history.pushState({ page: page.id }, "");
    return app.focus(app.view.querySelector("h1"));
  }

  /** What was typed and is no answer yet. */
  restore(typed) {
    for (const control of typed ? this.boxes() : []) {
      const values = typed.filter(([name]) => name === control.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
  }

  boxes() {
    return [...this.app.view.querySelectorAll("#page input, #page select, #page textarea")];
  }

  async submit(pressed) {
    const { shown, interview, app } = this, { page } = shown;
    if (pressed === "next") return this.next();
    this.remember();
    if (pressed === "back") return this.back(page);
    if (pressed === "save" || pressed === "stop") return this.act(pressed);
    if (pressed === "add") {
      const row = interview.addRow(page.id);
      await this.keep();
      return this.showPage(row.id);
    }
    const number = Number(pressed.replace("remove-", ""));
    interview.removeRow(page.id, number);
    for (const id of Object.keys(this.typed)) if (id.startsWith(`${page.id}/`)) delete this.typed[id];
    await this.keep();
    this.showPage(page.id, false);
    return app.say(app.sentences.removed);
  }

  back(page) {
    if (this.checking && !this.toDo()) return this.check();
    const before = this.interview.before(page.id);
    return before ? this.showPage(before.id) : this.app.act("lists");
  }

  /** Keep what stands in the boxes, though nobody has asked whether it is right. */
  remember() {
    const { page } = this.shown ?? {};
    if (!page || page.repeat) return;
    const answers = this.boxes().filter(({ type, checked }) => checked || !["radio", "checkbox"].includes(type));
    this.typed[page.id] = answers.map(({ name, value }) => [name, value]);
  }

  /** Only Next asks whether the answers are right. */
  async next() {
    const { interview, shown, app } = this, { page } = shown;
    const unclear = this.take(page);
    const now = interview.pages().find(({ id }) => id === page.id) ?? page;
    const added = now.asked.filter(({ field }) => !page.asked.some((each) => each.field === field));
    const known = new Set(page.asked.map(({ field }) => field));
    const problems = [...unclear, ...interview.problems(now).filter(({ field }) => known.has(field) && !unclear.some((each) => each.field === field))]
      .filter(({ field }) => now.asked.some((each) => each.field === field));
    if (problems.length || added.length) return this.again(page, problems);
    interview.complete(page.id);
    delete this.typed[page.id];
    if (!(await this.keep())) return app.notice(app.sentences.not_kept);
    return this.onward(page);
  }

  /** Give the page's answers to the interview; what cannot be read is told. */
  take(page) {
    return page.asked.flatMap((asked) => {
      const { question, field } = asked;
      if (question.kind === "note" || question.readonly || isFile(question)) return [];
      try {
        this.interview.answer(asked, read(asked, this.shown.blocks.get(field), this.shown.context(asked)));
        return [];
      } catch (error) {
        if (!(error instanceof Unclear)) throw error;
        return [{ field, code: error.code, part: error.part }];
      }
    });
  }

  /** The page once more: what is wrong, or what more there is to ask. */
  again(page, problems) {
    const { app } = this;
    this.remember();
    this.showPage(page.id, false);
    if (problems.length) this.shown.complain(problems, app.piece("summary").firstElementChild);
    else app.notice(app.sentences.more_here);
  }

  onward(page) {
    const following = this.checking ? this.toDo() : this.interview.after(page.id);
    if (following) return this.showPage(following.id);
    if (this.interview.ended) return this.end();
    return this.check();
  }

  async end() {
    await this.app.store.remove("records", this.record.id);
    this.app.collecting = null;
    return this.app.show("ended");
  }

  // -- checking and finishing

  check(push = true) {
    const unfinished = this.toDo();
    if (unfinished) return this.showPage(unfinished.id);
    if (!this.interview.storable) return this.end();
    this.shown = null;
    const { app } = this, view = app.show("check"), sample = view.querySelector("[data-sample]");
    const [heading, list] = sample.children, [line] = list.children;
    let section = null, current = null;
    for (const { label, answer, id, part } of this.answers()) {
      if (section !== part || !current) {
        current = list.cloneNode(false);
        if (part) sample.append(Object.assign(heading.cloneNode(false), { innerHTML: part }));
        sample.append(current);
        section = part;
      }
      current.append(this.line(line.cloneNode(true), label, answer, id));
    }
    heading.remove();
    list.remove();
    if (push) history.pushState({ check: true }, "");
    return view;
  }

  line(line, label, answer, id) {
    const link = line.querySelector("a");
    line.querySelector("dt").textContent = label;
    line.querySelector("dd").textContent = answer;
    line.querySelector(".hidden").textContent = `: ${label}`;
    Object.assign(link.dataset, { page: id, from: "check" });
    link.href = "#";
    return line;
  }

  /** Every question asked, with its answer in words. */
  answers() {
    const words = this.bundle.languages[this.app.tag], context = { bundle: this.bundle, words, sentences: this.app.sentences, tag: this.app.tag };
    return this.interview.pages().filter(({ repeat }) => !repeat).flatMap((page) => {
      const shown = new Shown(document.createElement("div"), context, this.interview, page);
      return page.asked.filter(({ question }) => question.kind !== "note").map((asked) => {
        const block = shown.blocks.get(asked.field), label = block.querySelector("legend, label, .label, h1").cloneNode(true);
        label.querySelector(".optional")?.remove();
        const answer = inWords(asked, asked.node.value, shown.context(asked), (value) => labelOf(block, asked.field, value));
        return { label: label.textContent.trim(), answer, id: page.id, part: rendered(words, page.id).section };
      });
    });
  }

  async act(name) {
    const { app } = this;
    if (name === "last") this.showPage(this.interview.pages().at(-1).id);
    else if (name === "save") await app.leave();
    else if (name === "stop" && confirm(app.sentences.sure_delete)) {
      await app.store.remove("records", this.record.id);
      await app.home();
    } else if (name === "finish") await this.finish();
  }

  /** Sealed for the server, and locked for whoever collected it in case it must be mended. */
  async finish() {
    const { app, record } = this, { id, form, version, by, started, paper, activity } = record;
    const finished = new Date().toISOString(), state = this.interview.state();
    const content = { form, version, language: app.tag, state, started, finished, paper, activity };
    const sealed = await vault.seal(app.me.key, id, content), own = await this.locked();
    try {
      await app.store.put("records", { id, form, version, by, status: "waiting", when: finished, sealed, own });
    } catch {
      return app.notice(app.sentences.not_kept);
    }
    app.collecting = null;
    app.show("done");
    return app.send(true);
  }

  locked() {
    const { id, form, version, by, status, ...rest } = this.record;
    return vault.lock(this.app.key, id, { ...rest, state: this.interview.state(), typed: this.typed });
  }

  /** Before consent nothing is kept, and when it is taken back what was kept goes; false when full. */
  async keep() {
    const { app, record } = this, { id, form, version, by } = record;
    try {
      if (!this.interview.storable) await app.store.remove("records", id);
      else await app.store.put("records", { id, form, version, by, status: "open", when: new Date().toISOString(), own: await this.locked() });
      return true;
    } catch {
      return false;
    }
  }
}

const isFile = ({ kind }) => ["image", "audio", "video", "file"].includes(kind);

function reading(app, bundle) {
  const { names, labels, texts } = bundle.languages[app.tag];
  return { now: Date.now(), names, labels, texts };
}
