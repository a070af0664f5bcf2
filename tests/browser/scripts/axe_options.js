// Every rule that axe-core has, those that it leaves out by itself too.
const rules = {};
for (const rule of axe.getRules()) {
  if (!rule.tags.includes("deprecated")) rules[rule.ruleId] = { enabled: true };
}
return { rules, resultTypes: ["violations"] };
