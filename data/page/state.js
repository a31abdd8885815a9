"use strict";
// The run, and what is said on each day. Texts of reports reach the page through textContent alone.
const run = JSON.parse(document.getElementById("data").textContent);
const words = run.words;
const say = words.own;
const classes = words.classes.map(([key, label]) => ({ key, label }));
const UNKNOWN = classes.length - 1;
const STALE = 1, CONFLICT = 2, DERIVED = 4, BASELINE = 8, EDITOR = 16, WHOLE = 32;
const PRESSURES = [null, "approach", "advance", "siege"];
const last = run.days.length - 1;

const $ = id => document.getElementById(id);
const text = number => number == null ? "" : run.strings[number];
const fill = (template, slots) => template.replace(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);

// What the reader has chosen.
const state = { day: last, unit: null, events: null, hiddenClasses: new Set(), hiddenGroups: new Set() };

function element(tag, attributes = {}, ...inside) {
  const svg = ["svg", "g", "path", "rect", "circle", "use", "text", "line", "title"].includes(tag);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null) made.setAttribute(name, value);
  }
  made.append(...inside.filter(part => part != null && part !== ""));
  return made;
}

const begin = Date.parse(run.first + "T00:00:00Z");
function dated(number, template) {
  const date = new Date(begin + number * 86400000);
  return fill(template, {
    weekday: words.weekdays[(date.getUTCDay() + 6) % 7],
    day: date.getUTCDate(),
    month: words.months[date.getUTCMonth()],
    year: date.getUTCFullYear(),
  });
}
const iso = number => new Date(begin + number * 86400000).toISOString().slice(0, 10);
const numbered = isoDate => Math.round((Date.parse(isoDate + "T00:00:00Z") - begin) / 86400000);

function spell([[from, to, status, since, flags, pressure, before], independent, evidence, shares]) {
  return { from, to, status, since, flags, pressure, before, independent, evidence, shares };
}

// Everything that can be chosen, by id. A district that is an area hides nothing else of its id.
const units = new Map();
for (const [kind, list] of [["area", run.areas], ["province", run.provinces], ["spot", run.spots]]) {
  for (const unit of list) {
    unit.kind = kind;
    unit.spells = (unit.s || []).map(spell);
    if (!units.has(unit.i)) units.set(unit.i, unit);
  }
}
const capitals = run.spots.filter(spot => spot.l === "capital").sort((a, b) => b.w - a.w);

const said = (unit, day) => unit.spells.find(s => s.from <= day && day <= s.to);
const status = (unit, day) => said(unit, day)?.status ?? UNKNOWN;
const changed = (unit, day) => day > 0 && status(unit, day) !== status(unit, day - 1);

// How many areas of each class, day by day.
const counts = run.days.map((_, day) => {
  const sums = classes.map(() => 0);
  for (const area of run.areas) sums[status(area, day)] += 1;
  return sums;
});

function eventsOf(day) {
  return run.days[day].events.filter(n => !state.hiddenGroups.has(run.events[n].group));
}

function kindOf(unit) {
  const level = unit.l || (unit.kind === "province" || !run.provinces.length ? "province" : "district");
  return unit.p && level !== "province" ? fill(say.in_province, { kind: say[level], province: unit.p }) : say[level];
}

// What else was reported in a unit up to a day, the latest first.
function reportedIn(unit, day, but) {
  const inside = event => [event.area, event.unit].some(n => text(n) === unit.i)
    || (unit.kind === "province" && text(event.province) === unit.i);
  const upTo = event => event.days && event.days[1] <= day;
  return run.events.map((_, n) => n)
    .filter(n => inside(run.events[n]) && upTo(run.events[n]) && !but.includes(n))
    .sort((a, b) => run.events[b].days[1] - run.events[a].days[1]);
}

// A province of which some is known has no status as a whole; of others there is no report.
function named(unit, s) {
  const n = s ? s.status : UNKNOWN;
  const some = s?.shares?.slice(0, -1).some(share => share > 0);
  return n === UNKNOWN && some ? say.no_whole : classes[n].label;
}

function sinceOf(s) {
  return s && s.since != null && s.status !== UNKNOWN ? fill(say.since, { date: dated(s.since, words.date) }) : "";
}

function daysOf(event) {
  if (!event.days) return say.undated;
  const [from, to] = event.days;
  if (from === to) return dated(to, words.date);
  return fill(say.days, { from: dated(from, words.short_date), to: dated(to, words.date) });
}
