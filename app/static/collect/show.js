/** A page of a form as the server rendered it, brought up to the answers of this interview. */
import { controls, inWords, partOf, show } from "./fields.js";

const MARK = /\ue000(\d+)\ue001/g;

/** Pages of rows have one rendered page: that of the first row. */
export const rendered = (words, id) => words.pages[id.split("/").map((part) => (/^\d+$/.test(part) ? "1" : part)).join("/")];

export class Shown {
  /** @param {{bundle, words, sentences, tag}} reading the form, and its words in the language of now */
  constructor(view, reading, interview, page) {
    Object.assign(this, { view, reading, interview, page });
    this.data = rendered(reading.words, page.id);
    view.innerHTML = page.rows.length ? this.data.rows : this.data.html;
    this.blocks = this.blocksByField();
    this.pipe(view, page.place);
    for (const asked of page.asked) this.ask(asked, this.blocks.get(asked.field));
    if (page.repeat) this.rows();
    // Browser histories are not private.
    this.title = decoded(this.piped(this.data.title, () => "…"));
  }

  context(asked) {
    const { names } = this.reading.words, months = [names.long, names.months];
    for (const other of Object.values(this.reading.bundle.languages)) months.push(other.names.long, other.names.months);
    return { ...this.reading, names: months, point: names.point, range: this.data.ranges?.[asked.field] };
  }

  /** Each question's block; one that is not asked now goes, with its guidance. */
  blocksByField() {
    const found = new Map(), fields = [...this.data.asked], asked = new Map(this.page.asked.map((each) => [each.field, each]));
    let guidance = [];
    for (const block of this.view.querySelectorAll("#page > .question, #page > .note, #page > h1")) {
      if (block.classList.contains("guidance")) {
        guidance.push(block);
        continue;
      }
      const field = fields.shift(), one = asked.get(field);
      for (const each of [...guidance, block]) {
        if (one) this.pipe(each, one.node);
        else each.remove();
      }
      guidance = [];
      if (one) found.set(field, block);
    }
    return found;
  }

  ask(asked, block) {
    const { question, node, field, required } = asked;
    if (question.kind === "note") return;
    if (question.readonly) {
      block.querySelector(".note").textContent = this.words(asked, block);
      return;
    }
    if (question.nodeset !== undefined) this.offer(asked, block);
    this.require(block, field, required);
    show(asked, block, node.value, this.context(asked));
  }

  words(asked, block) {
    return inWords(asked, asked.node.value, this.context(asked), (value) => labelOf(block, asked.field, value));
  }

  /** Only the choices that the filter lets through, in their order; error links lead to the first. */
  offer({ question, node, field }, block) {
    const offered = this.interview.choices({ question, node });
    const select = block.querySelector("select"), home = select ?? block.querySelector("fieldset");
    const all = select ? [...select.options].filter(({ value }) => value) : controls(block, field).map((control) => control.closest("label, .place"));
    const valueOf = (each) => (select ? each.value : question.kind === "rank"
      ? partOf(each.querySelector("input"), field) : each.querySelector("input").value);
    const known = new Map(all.map((each) => [valueOf(each), each]));
    for (const each of all) each.remove();
    offered.forEach((value, n) => {
      const each = known.get(value) ?? earlierAnswer(question, field, value);
      if (!select && question.kind !== "rank") each.querySelector("input").id = `q-${field}${n ? `-${n + 1}` : ""}`;
      home.append(each);
    });
    if (!offered.length && !select) home.append(element("p", this.reading.sentences.no_choice));
  }

  require(block, field, required) {
    const there = block.querySelector(".optional");
    if (required && there) there.remove();
    if (!required && !there) {
      const span = element("span", this.reading.sentences.optional);
      span.className = "optional";
      (block.querySelector("legend h1, legend, label") ?? block).append(" ", span);
    }
    const holder = block.querySelector("fieldset[role=radiogroup]");
    for (const each of holder ? [holder] : controls(block, field).filter(({ type }) => type !== "checkbox")) {
      if (required) each.setAttribute("aria-required", "true");
      else each.removeAttribute("aria-required");
    }
  }

  /** One line for each row, made from the line of the sample row. */
  rows() {
    const sample = this.view.querySelector("ul.rows > li");
    for (const { number, first } of this.page.rows) {
      const line = sample.cloneNode(true);
      line.innerHTML = line.innerHTML.replaceAll(String(this.reading.bundle.row), String(number));
      line.querySelector("a").dataset.page = first;
      sample.before(line);
    }
    sample?.remove();
  }

  /** Put answers in the place of marks, as text. */
  pipe(root, node) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text.data.includes("\ue000") && this.owner(text) === root) text.data = this.piped(text.data, (tree) => this.interview.result(tree, node));
    }
  }

  /** Texts of a question are seen from the question, all others from the page. */
  owner(text) {
    return text.parentElement.closest("#page > .question, #page > .note, #page > h1") ?? this.view;
  }

  piped(text, value) {
    return text.replace(MARK, (_, number) => value(this.reading.bundle.outputs[number]));
  }

  // -- what is wrong

  /** `problems`: `[{ field, code, part }]`; the summary takes the focus. */
  complain(problems, summary) {
    const lines = problems.map((problem) => this.mark(problem));
    const list = summary.querySelector("ul"), sample = list.firstElementChild;
    for (const { target, message, language, label } of lines) {
      const line = sample.cloneNode(true), link = line.querySelector("a");
      Object.assign(link, { href: `#${target}`, textContent: message });
      if (language && language !== this.reading.tag) link.lang = language;
      if (lines.length > 1) line.prepend(label, document.createElement("br"));
      list.append(line);
    }
    sample.remove();
    const [one, many] = this.reading.sentences.attention;
    summary.querySelector("p").textContent = (lines.length === 1 ? one : many)
      .replace(String(this.reading.sentences.number), String(lines.length));
    this.view.querySelector(".progress, h1, form").before(summary);
    document.title = this.reading.sentences.error_title.replace("{title}", document.title);
    summary.focus();
  }

  mark({ field, code, part = "" }) {
    const block = this.blocks.get(field), all = controls(block, field);
    const [message, language] = this.data.errors[field]?.[code] ?? [this.reading.words.sentences[code], this.reading.tag];
    const asked = this.page.asked.find((each) => each.field === field);
    const text = this.piped(message, (tree) => this.interview.result(tree, asked.node));
    const error = element("p", text);
    Object.assign(error, { className: "error", id: `e-${field}` });
    if (language && language !== this.reading.tag) error.lang = language;
    const before = block.querySelector(`[id="h-${field}"]`) ?? block.querySelector("legend, h1, label");
    before.after(error);
    block.classList.add("wrong");
    const group = block.querySelector("fieldset");
    for (const each of [group ?? all[0]]) {
      each.setAttribute("aria-describedby", [each.getAttribute("aria-describedby"), error.id].filter(Boolean).join(" "));
    }
    const wrong = all.filter((control) => !part || partOf(control, field) === part);
    for (const each of group?.getAttribute("role") === "radiogroup" ? [group] : wrong) each.setAttribute("aria-invalid", "true");
    const label = block.querySelector("legend, label, .label").cloneNode(true);
    label.querySelector(".optional")?.remove();
    return { target: (wrong[0] ?? all[0])?.id ?? "page", message: text, language, label: label.textContent.trim() };
  }
}

export function labelOf(block, field, value) {
  const control = controls(block, field).find((each) => each.value === value || partOf(each, field) === value);
  const option = block.querySelector(`option[value="${CSS.escape(value)}"]`);
  return (option ?? control?.closest("label, .place")?.querySelector("label, span"))?.textContent.trim() ?? value;
}

function decoded(html) {
  const area = document.createElement("textarea");
  area.innerHTML = html;
  return area.value;
}

export function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** A choice that is an earlier answer: no page could be rendered with it. */
function earlierAnswer(question, field, value) {
  const choice = element("label"), input = element("input");
  input.type = question.kind === "select_multiple" ? "checkbox" : "radio";
  Object.assign(input, { name: field, value });
  choice.className = "choice";
  choice.append(input, " ", element("span", value));
  return choice;
}
