// The text spacing of WCAG 2.2, 1.4.12, as a style that the content policy lets through.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }
`);
document.adoptedStyleSheets = arguments[0] ? [sheet] : [];
