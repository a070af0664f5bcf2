/** The offline app: what is on this phone, what waits, and one interview after another. */
import { Collecting } from "./collecting.js";
import { sendWaiting } from "./sending.js";
import { element } from "./show.js";
import { openStore } from "./store.js";
import * as vault from "./vault.js";

const ROOM = 5e6;

class App {
  constructor(view) {
    this.view = view;
    this.said = document.getElementById("said");
    this.base = view.dataset.base;
    this.tag = document.documentElement.lang;
    this.bundles = new Map();
  }

  async start() {
    Object.assign(this, await this.load(this.tag));
    if (!vault.canSeal() || !globalThis.indexedDB) return this.say(this.sentences.no_storage);
    try {
      this.store = await openStore();
    } catch {
      return this.say(this.sentences.no_storage);
    }
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("popstate", ({ state }) => this.went(state));
    addEventListener("online", () => this.send());
    navigator.serviceWorker?.register(`${this.base}worker.js`, { type: "module" }).catch(() => {});
    this.me = (await this.store.get("settings", "me"))?.value ?? null;
    this.pin = (await this.store.get("settings", "pin"))?.value ?? null;
    await this.home();
    this.send(true);
    return null;
  }

  async load(tag) {
    return (await fetch(`${this.base}app/${tag}/views.json`)).json();
  }

  // -- what is shown

  /** Show a view, its heading focused and in the title; fill in the texts that it has places for. */
  show(name, texts = {}) {
    this.view.innerHTML = this.views[name];
    fill(this.view, texts);
    const heading = this.view.querySelector("h1");
    document.title = `${heading.textContent} – Suara Inklusi`;
    this.focus(heading);
    return this.view;
  }

  focus(target) {
    target.tabIndex = -1;
    target.focus();
    scrollTo(0, 0);
  }

  piece(name) {
    const made = document.createElement("div");
    made.innerHTML = this.views.pieces;
    return made.querySelector(`[data-piece="${name}"]`);
  }

  say(words) {
    this.said.replaceChildren(...(words ? [element("p", words)] : []));
  }

  /** A message in the page where it happened, which takes the focus. */
  notice(words) {
    const made = fill(this.piece("notice"), { words });
    this.view.prepend(made);
    made.focus();
  }

  async home() {
    this.collecting = null;
    if (!this.pin && this.me) return this.show("pin");
    if (this.pin && !this.key) return this.show("unlock");
    this.show("lists", { warning: await this.warning() });
    return this.lists();
  }

  async lists() {
    const records = await this.store.all("records"), forms = this.me?.forms ?? [];
    const lists = { open: [], waiting: [], sent: [], forms: [] };
    for (const record of records.sort((one, other) => one.when.localeCompare(other.when))) {
      const list = record.status === "open" || record.status === "sent" ? record.status : "waiting";
      lists[list].push(this.row(list, record, await this.titleOf(record)));
    }
    for (const form of forms) lists.forms.push(this.row("forms", form, await this.titleOf(form)));
    for (const [name, rows] of Object.entries(lists)) {
      this.view.querySelector(`[data-list="${name}"]`)?.replaceChildren(...rows);
      const empty = this.view.querySelector(`[data-empty="${name}"]`);
      if (empty) empty.hidden = rows.length > 0;
    }
    this.count(records.filter(({ status }) => status === "waiting").length);
  }

  row(list, record, title) {
    const when = record.when ? new Intl.DateTimeFormat(this.tag, { dateStyle: "medium", timeStyle: "short" }).format(new Date(record.when)) : "";
    const row = fill(this.piece(list), { title, when, name: ` ${title}, ${when}`.replace(/, $/, ""), code: record.code ?? "", words: record.words ?? "" });
    row.dataset.id = record.id;
    return row;
  }

  count(number) {
    const { waiting: [one, many], nothing_waiting: none } = this.sentences;
    const words = number === 0 ? none : number === 1 ? one : many.replace(String(this.sentences.number), String(number));
    this.say(words);
  }

  async titleOf({ id, form, version }) {
    const bundle = await this.bundle(form ?? id, version);
    return bundle?.languages[this.tag]?.title ?? form ?? id;
  }

  /** A form that was taken along; every version stays that an interview needs. */
  async bundle(form, version) {
    const key = `${form} ${version}`;
    if (!this.bundles.has(key)) {
      const found = await this.store.get("forms", key);
      if (!found) return null;
      this.bundles.set(key, found.bundle);
    }
    return this.bundles.get(key);
  }

  async warning() {
    const { quota = Infinity, usage = 0 } = await navigator.storage?.estimate?.() ?? {};
    if (quota - usage < ROOM) return this.sentences.almost_full;
    return this.me && !(await navigator.storage?.persisted?.()) ? this.sentences.may_vanish : "";
  }

  // -- what is done

  clicked(event) {
    const language = event.target.closest(".languages a");
    const target = event.target.closest("[data-do], [data-page], .brand"), within = event.target.closest('a[href^="#"]');
    if (!language && !target && !within) return;
    event.preventDefault();
    // An address with # would be a step in the history, and Back would lead to it.
    if (within && !target) document.getElementById(within.hash.slice(1)).focus();
    else if (language) this.read(language.hreflang);
    else if (target.dataset.page) this.collecting.go(target.dataset.page, target.dataset.from);
    else this.act(target.dataset.do ?? "lists", target.closest("[data-id]")?.dataset.id);
  }

  async act(name, id) {
    const actions = {
      lists: () => this.leave(), send: () => this.send(), take: () => this.take(), lock: () => this.lock(), wipe: () => this.wipe(),
      begin: () => this.begin(id), open: () => this.open(id), look: () => this.look(id), mend: () => this.mend(),
      delete: () => this.remove(id ?? this.looked), forget: () => this.remove(id, false),
      "next-person": () => this.nextPerson(),
    };
    await (actions[name] ?? (() => this.collecting?.act(name)))();
  }

  async submitted(event) {
    event.preventDefault();
    const form = event.target, kind = form.dataset.form;
    if (kind === "pin" || kind === "unlock") await this.enterPin(kind, form);
    else if (kind === "begin") await this.begun(new FormData(form));
    else await this.collecting?.submit(event.submitter?.value ?? "next");
  }

  /** Enter in a box is Next, whatever button comes first. */
  pressed(event) {
    if (event.key !== "Enter" || !event.target.closest("#page input:not([type=radio]):not([type=checkbox])")) return;
    event.preventDefault();
    this.collecting?.submit("next");
  }

  went(state) {
    if (this.collecting && state?.page) this.collecting.showPage(state.page);
    else if (this.collecting && state?.check) this.collecting.check();
    else this.leave();
  }

  async leave() {
    await this.collecting?.keep();
    await this.home();
  }

  /** Read on in another language: what was typed stays. */
  async read(tag) {
    const shell = new DOMParser().parseFromString(await (await fetch(`${this.base}app/${tag}`)).text(), "text/html");
    for (const part of [".skip", ".top", ".bottom"]) document.querySelector(part).replaceWith(shell.querySelector(part));
    this.tag = document.documentElement.lang = tag;
    Object.assign(this, await this.load(tag));
    this.say("");
    if (this.collecting) await this.collecting.readOn();
    else await this.home();
  }

  async enterPin(kind, form) {
    const input = form.querySelector("#pin"), error = form.querySelector("#pin-error");
    const pin = input.value.trim();
    if (kind === "pin" && pin.length >= 6) {
      const { key, kept } = await vault.newPin(pin);
      await this.store.put("settings", { key: "pin", value: kept });
      Object.assign(this, { key, pin: kept });
    } else if (kind === "unlock") this.key = await vault.unlock(pin, this.pin);
    if (this.key) return this.home();
    error.textContent = kind === "pin" ? this.sentences.short_pin : this.sentences.wrong_pin;
    error.hidden = false;
    input.setAttribute("aria-invalid", "true");
    return input.focus();
  }

  lock() {
    this.key = null;
    return this.home();
  }

  async wipe() {
    if (!confirm(this.sentences.sure_wipe)) return;
    await this.store.wipe();
    Object.assign(this, { me: null, pin: null, key: null });
    this.bundles.clear();
    await this.home();
    this.say(this.sentences.wiped);
  }

  /** Forms, activities and the server's key, as they are now; then nothing more is needed of it. */
  async take() {
    try {
      const reply = await fetch(`${this.base}forms.json`, { cache: "no-store" });
      if (reply.status === 401) {
        location.assign(this.base);
        return;
      }
      const me = await reply.json();
      for (const { id, version, address } of me.forms) {
        const key = `${id} ${version}`;
        // Another version of the app renders the same form anew.
        if ((await this.store.get("forms", key))?.app === me.app) continue;
        const bundle = await (await fetch(address)).json();
        await this.store.put("forms", { key, app: me.app, bundle });
        this.bundles.delete(key);
      }
      await this.store.put("settings", { key: "me", value: me });
      this.me = me;
    } catch {
      this.notice(this.sentences.not_taken);
      return;
    }
    await navigator.storage?.persist?.();
    // Over a slow network the person may have begun an interview meanwhile.
    if (!this.collecting) await this.home();
    this.say(this.sentences.taken_along);
  }

  async send(quietly = false) {
    if (!quietly) this.say(this.sentences.sending);
    const { sent, refused, stopped } = await sendWaiting(this.base);
    if (stopped === "network") await this.later();
    if (this.view.querySelector("[data-list=waiting]")) await this.lists();
    fill(this.view, { "sign-in": stopped === "sign-in" ? "1" : "" });
    const { no_network: network, sign_in: signIn, refused: some, all_sent: all } = this.sentences;
    const words = { network, "sign-in": signIn }[stopped] ?? (refused ? some : sent ? all : "");
    if (words && !(quietly && stopped === "network")) this.say(words);
    else if (!quietly) await this.lists();
  }

  /** Ask the browser to send when there is a network, where it can. */
  async later() {
    const registration = await navigator.serviceWorker?.getRegistration(this.base);
    await registration?.sync?.register("send").catch(() => {});
  }

  // -- interviews

  async begin(id) {
    const form = this.me.forms.find((each) => each.id === id);
    const title = await this.titleOf(form);
    this.show("begin", { title, warning: await this.warning() });
    this.beginning = form;
    const activity = this.view.querySelector("[name=activity]");
    if (!form.needsActivity) activity.closest(".question").remove();
    else activity.append(...this.me.activities.filter(({ id: value }) => ![...activity.options].some((o) => o.value === value))
      .map(({ id: value, title: text }) => new Option(text, value)));
  }

  async begun(data) {
    this.chosen = { who: data.get("who"), paper: data.has("paper"), activity: data.get("activity") ?? "" };
    await this.nextPerson();
  }

  async nextPerson() {
    if (!this.beginning) return this.home();
    this.collecting = await Collecting.begin(this, this.beginning, this.chosen);
    return this.collecting.showPage(this.collecting.interview.pages()[0].id);
  }

  async open(id) {
    const record = await this.store.get("records", id);
    this.collecting = await Collecting.resume(this, record);
    this.collecting.goOn();
  }

  /** Why the server did not take it, and after a conflict both versions. */
  async look(id) {
    const record = await this.store.get("records", id), { words, problems = [], theirs = [] } = record;
    this.looked = id;
    const own = (await Collecting.resume(this, record)).answers().map(({ label, answer }) => [label, answer]);
    this.show("compare", { words, theirs: theirs.length ? "1" : "" });
    for (const [name, pairs] of Object.entries({ problems, theirs, own })) {
      this.view.querySelector(`[data-list=${name}]`).replaceChildren(
        ...pairs.map(([label, answer]) => fill(this.piece("pair"), { label, answer })));
    }
  }

  async mend() {
    await this.open(this.looked);
  }

  async remove(id, ask = true) {
    if (ask && !confirm(this.sentences.sure_delete)) return;
    await this.store.remove("records", id);
    await this.home();
  }
}

/** Put texts into the places of a view; what has a place for no text is hidden. */
function fill(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    for (const place of root.querySelectorAll(`[data-text="${name}"]`)) place.textContent = text;
    for (const part of root.querySelectorAll(`[data-show="${name}"]`)) part.hidden = !text;
  }
  return root;
}

new App(document.getElementById("view")).start();
