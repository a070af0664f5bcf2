// given: { names, cases: [[function, ...texts]] } → the lexical value, or ["unclear", part]
const local = await import("/collect/local.js");
return given.cases.map(([name, ...texts]) => {
  try {
    return local[name](...texts, ...(name === "calendarDate" ? [given.names] : []));
  } catch (error) {
    if (error instanceof local.Unclear) return ["unclear", error.part];
    throw error;
  }
});
