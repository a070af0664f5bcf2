window.said = [];
class Saying { constructor(text) { this.text = text; } }
const fake = new EventTarget();
fake.getVoices = () => VOICES.map((lang) => ({ lang }));
fake.speak = (saying) => { window.said.push([saying.lang, saying.text]); window.saying = saying; };
fake.cancel = () => window.saying?.onend?.();
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Saying });
Object.defineProperty(window, "speechSynthesis", { value: fake });
