/* A step of the form: questions that open others, and quiet saving. Without this file everything works by the button. */
const form = document.querySelector("form[data-step]");
const saved = form.querySelector("[data-saved]");
const announce = form.querySelector("[data-announce]");
const now = document.querySelector("[data-now]");
const words = JSON.parse(form.dataset.words);
const questions = new Map([...form.querySelectorAll("[data-item]")].map((one) => [one.dataset.item, one]));

/* ---- questions that open others: the same rule as svangre.catalogue.is_shown, for what stands on this page */

function keysOf(item) {
  const question = questions.get(item);
  const keys = new Set();
  let filled = false;
  for (const input of question.querySelectorAll("input, select, textarea")) {
    if (input.type === "hidden" || input.name.endsWith("-private")) continue;
    const isChoice = input.type === "radio" || input.type === "checkbox";
    if (isChoice ? !input.checked : !input.value.trim()) continue;
    filled = true;
    if (isChoice || input.tagName === "SELECT") keys.add(input.value.replace("~", ""));
  }
  if (!filled) keys.add("not_answered");
  return keys;
}

function isOpen(question) {
  const { when, any } = question.dataset;
  if (!when) return !question.dataset.closed;
  const opener = questions.get(when);
  return isOpen(opener) && any.split(" ").some((key) => keysOf(when).has(key));
}

function openAndClose(tell) {
  const opened = [];
  for (const question of questions.values()) {
    if (!question.dataset.when) continue;
    const open = isOpen(question);
    if (open && question.hidden) opened.push(question.querySelector(".sv-label").textContent.trim());
    question.hidden = !open;
    question.disabled = !open;
  }
  if (tell && opened.length) announce.textContent = `${words.new} ${opened.join(" ")}`;
}

/* ---- "none of these" and the ways out stand alone in a list of ticks */

function standAlone(input) {
  const boxes = [...questions.get(input.closest("[data-item]").dataset.item).querySelectorAll("input[type=checkbox]")]
    .filter((box) => box.name === input.name);
  const alone = (box) => box.value.startsWith("~") || box.value === "none";
  for (const box of boxes) {
    if (box !== input && (alone(input) || alone(box))) box.checked = false;
  }
}

/* ---- quiet saving: a second after the last key, one request at a time, never taking the focus */

let timer, running = null, changed = false, failed = false, ended = false;

function say(kind, strong, rest) {
  saved.classList.toggle("is-saving", kind === "saving");
  saved.classList.toggle("is-unsaved", kind === "unsaved");
  const text = saved.querySelector("span");
  const bold = document.createElement("b");
  bold.textContent = strong;
  text.replaceChildren(bold, ` ${rest}`);
}

function later(wait = 1000) {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

function save({ keepalive = false } = {}) {
  clearTimeout(timer);
  if (ended) return Promise.resolve();
  if (running) return running.then(() => (changed ? save() : undefined));
  changed = false;
  running = send(keepalive).finally(() => { running = null; });
  return running;
}

async function send(keepalive) {
  say("saving", words.saving, "");
  try {
    const response = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, keepalive,
    });
    if (response.status === 400) return told({ state: "lost" });
    if (!response.ok) throw new Error(String(response.status));
    told(await response.json());
  } catch {
    failed = changed = true;
    say("unsaved", words.unsaved, words.offline);
    timer = setTimeout(save, 5000);
  }
}

function told(answer) {
  failed = false;
  if (answer.state === "ended") {
    ended = true;
    say("unsaved", words.ended, words.again);
    return;
  }
  if (answer.state === "lost") {
    ended = true;
    say("unsaved", words.unsaved, words.lost);
    return;
  }
  if (answer.state === "closed") {
    ended = true;
    say("unsaved", words.unsaved, words.closed);
    return;
  }
  for (const [item, mark] of Object.entries(answer.marks)) {
    const asked = form.elements[`${item}-asked`];
    if (asked) asked.value = mark;
  }
  if (answer.unusable.length) say("unsaved", answer.told, "");
  else say("saved", answer.told, words.pause);
  showNow(answer.now);
}

/* ---- what cannot wait: the box stands on top of the page as soon as the answer is saved */

function showNow(boxes) {
  const shown = [...now.children].map((box) => box.dataset.box).join();
  if (shown === boxes.map((box) => box.key).join()) return;
  now.replaceChildren(...boxes.map((box) => {
    const section = document.createElement("section");
    section.className = "sv-note sv-note--stop";
    section.dataset.box = box.key;
    const title = document.createElement("h2"), text = document.createElement("p");
    title.textContent = box.title;
    text.textContent = box.text;
    section.append(title, text, document.querySelector(".me-foot .me-call").cloneNode(true));
    return section;
  }));
  if (boxes.length) now.scrollIntoView({ block: "nearest" });
}

form.addEventListener("input", (event) => {
  openAndClose(true);
  const question = event.target.closest("[data-item]");
  later(question && "atOnce" in question.dataset && event.target.type !== "text" && event.target.tagName !== "TEXTAREA" ? 0 : 1000);
});
form.addEventListener("change", (event) => {
  if (event.target.type === "checkbox" && event.target.checked && !event.target.name.endsWith("-private") && !event.target.name.endsWith("-state")) {
    standAlone(event.target);
    openAndClose(true);
  }
});
window.addEventListener("online", () => changed && save());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && changed && !failed) save({ keepalive: true });
});
window.addEventListener("svangre:leave", () => { ended = true; clearTimeout(timer); });

/* The button waits for a save that is under way, and never leaves the page while the network is away. */
let leaving = false;
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (leaving || (!running && !failed && navigator.onLine)) {
    if (leaving === "sent") event.preventDefault();
    leaving = "sent";
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  if (running) await running;
  if (!ended && (failed || !navigator.onLine)) await save();
  if (failed) return;
  leaving = true;
  form.requestSubmit(button);
});
window.addEventListener("pageshow", () => { leaving = false; });
window.addEventListener("beforeunload", (event) => {
  if (changed && failed && !ended && !leaving) event.preventDefault();
});

/* Ways of browsing back may fill the inputs anew. */
openAndClose(false);
