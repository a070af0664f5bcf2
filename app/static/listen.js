// Reads questions aloud with the phone's own voice (Web Speech API). Loaded only for people who
// chose it; nothing starts by itself. A pause ends the speech and remembers the place, since
// speechSynthesis.pause() does nothing on many Android phones.

const { listen, pause, resume } = document.querySelector("script[data-listen]").dataset;
const synthesis = window.speechSynthesis;
const SPOKEN = "h1, legend, label, .label, .hint, .error, .note, option";
let playing = null;

const base = (tag) => tag.toLowerCase().split(/[-_]/)[0];
const voiceOf = (tag) => synthesis.getVoices().find((voice) => base(voice.lang) === base(tag));

function pieces(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.replace(/\s+/g, " ").trim();
    const { lang } = walker.currentNode.parentElement.closest("[lang]");
    const last = found.at(-1);
    if (text && last?.lang === lang) last.text += ` ${text}`;
    else if (text) found.push({ element, text, lang });
  }
  return found;
}

function parts(question, first) {
  const inside = [...question.querySelectorAll(SPOKEN)];
  const outer = inside.filter((one) => !inside.some((other) => other !== one && other.contains(one)));
  const heading = document.querySelector("main h1");
  const lead = first && !question.contains(heading) ? [heading] : [];
  return [...lead, ...outer].filter((one) => !one.closest("details:not([open])")).flatMap(pieces);
}

function show(player, words, part) {
  player.label.textContent = words;
  document.querySelector(".read-aloud")?.classList.remove("read-aloud");
  part?.element.classList.add("read-aloud");
}

function halt(words) {
  const player = playing;
  playing = null;
  synthesis.cancel();
  if (player) show(player, words);
}

function speak(player) {
  const part = player.parts[player.place];
  if (!part) {
    player.place = 0;
    halt(listen);
    return;
  }
  const saying = new SpeechSynthesisUtterance(part.text);
  saying.lang = part.lang;
  saying.voice = voiceOf(part.lang) ?? null;
  saying.onend = () => {
    if (playing !== player || player.saying !== saying) return;
    player.place += 1;
    speak(player);
  };
  player.saying = saying;
  show(player, pause, part);
  synthesis.speak(saying);
}

function press(player) {
  if (playing === player) {
    halt(resume);
    return;
  }
  halt(resume);
  if (player.place === 0) player.parts = parts(player.question, player.first);
  playing = player;
  speak(player);
}

function offer() {
  if (!voiceOf(document.documentElement.lang) || document.querySelector(".aloud")) return;
  document.querySelectorAll("#page > .question, #page > .note").forEach((question, index) => {
    const button = document.createElement("button");
    const label = document.createElement("span");
    const about = document.createElement("span");
    const named = question.querySelector("legend, label, .label") ?? question;
    about.className = "hidden";
    about.textContent = `: ${named.textContent.trim()}`;
    label.textContent = listen;
    button.type = "button";
    button.className = "button second aloud";
    button.append(label, about);
    const player = { question, label, first: index === 0, place: 0, parts: [] };
    button.addEventListener("click", () => press(player));
    question.before(button);
  });
}

if (synthesis) {
  offer();
  synthesis.addEventListener("voiceschanged", offer);
  window.addEventListener("pagehide", () => synthesis.cancel());
}
