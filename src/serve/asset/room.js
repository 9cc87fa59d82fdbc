// The live side of a room: everything here works without it, by forms and a reload.
"use strict";
(() => {
  const body = document.body;
  const base = body.dataset.base;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const random = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const say = (text) => { const news = $("#news"); if (news) news.textContent = text; };
  const store = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* a private window keeps nothing */ } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };

  // The door: a code that came with the link is filled in, and leaves the address.
  const door = $("form[data-door]");
  if (door && location.hash.length > 1) {
    door.elements.code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    door.elements.name.focus();
  }
  if ("lobby" in body.dataset) setTimeout(() => location.reload(), 4000);
  if (!base) return;

  let last = Number(body.dataset.after);
  let source = null;
  // When something was heard last, when the line was opened, and whether it broke since.
  let alive = 0;
  let opened = 0;
  let broken = false;
  let again = 0;

  // --- What is shown: parts whose mark has changed are exchanged, the others stay as they are, with what is typed in them.
  function exchange(text, alerting) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (!fresh.body.dataset.base) { location.reload(); return; }
    for (const list of $$("[data-list]", fresh)) {
      const here = document.getElementById(list.id);
      if (here) merge(here, list);
    }
    for (const id of ["clock", "state", "day"]) {
      const [here, there] = [document.getElementById(id), fresh.getElementById(id)];
      if (here && there && here.textContent !== there.textContent) here.textContent = there.textContent;
    }
    if (!$("#day") && fresh.getElementById("day")) $(".status").prepend(fresh.getElementById("day"));
    const seconds = Number(fresh.getElementById("clock").dataset.seconds);
    setClock(seconds, fresh.getElementById("state").textContent !== "running");
    if (alerting) $("#alert").replaceChildren(...fresh.getElementById("alert").childNodes);
    prepare();
  }
  function merge(here, there) {
    const wanted = [...there.children];
    const ids = new Set(wanted.map((part) => part.id));
    for (const part of [...here.children]) if (!ids.has(part.id)) part.remove();
    wanted.forEach((part, at) => {
      const known = document.getElementById(part.id);
      const keep = known && known.parentElement === here && known.dataset.live === part.dataset.live;
      if (known && !keep) {
        const open = $$("details", known).map((details) => details.open);
        const name = (form) => form && `${form.action} ${form.elements[0]?.type === "hidden" ? form.elements[0].value : ""}`;
        const dirty = $$("form[data-dirty]", known).map((form) => [name(form), fields(form).toString()]);
        const active = known.contains(document.activeElement) ? document.activeElement : null;
        const fresh = document.importNode(part, true);
        known.replaceWith(fresh);
        $$("details", fresh).forEach((details, index) => { if (open[index]) details.open = true; });
        for (const form of $$("form[data-send]", fresh)) {
          const own = dirty.find(([other]) => other === name(form));
          if (own && !form.dataset.draft) { fill(form, own[1]); form.dataset.dirty = "yes"; }
          if (active?.name && name(active.form) === name(form)) [...form.elements].find((field) => field.name === active.name)?.focus();
        }
      } else if (!known) {
        here.insertBefore(document.importNode(part, true), here.children[at] ?? null);
      }
    });
  }
  let asking = null;
  let askAgain = false;
  async function refresh() {
    if (asking) { askAgain = true; return; }
    asking = fetch(location.pathname + location.search, { credentials: "same-origin" });
    try {
      const answer = await asking;
      if (answer.ok) exchange(await answer.text(), false);
      else if (answer.status === 404) location.reload();
    } catch { badge(); }
    asking = null;
    if (askAgain) { askAgain = false; refresh(); }
  }
  let waiting = null;
  const refreshSoon = () => { clearTimeout(waiting); waiting = setTimeout(refresh, 60); };

  // --- The stream: where it left off is asked for, so nothing comes twice and nothing is missed.
  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(`${base}/stream?after=${last}`);
    opened = Date.now();
    source.onopen = () => { again = 0; broken = false; sign(); flush(); };
    source.addEventListener("news", (event) => {
      sign();
      const id = Number(event.lastEventId);
      if (id <= last) return;
      last = id;
      say(event.data);
      refreshSoon();
    });
    source.addEventListener("look", () => { sign(); refreshSoon(); });
    source.addEventListener("reset", () => location.reload());
    source.addEventListener("beat", (event) => {
      sign();
      const [seconds, state] = event.data.split(" ");
      setClock(Number(seconds), state === "paused");
    });
    source.addEventListener("typing", (event) => { sign(); typing(event.data); });
    source.onerror = () => {
      broken = true;
      badge();
      // After an answer that is an error a browser gives up: we do not.
      if (source && source.readyState === EventSource.CLOSED) { leave(); retry(); }
    };
  }
  function leave() { if (source) { source.close(); source = null; } }
  function retry() {
    again = Math.min(again + 1, 6);
    setTimeout(() => { refresh(); listen(); }, 500 * 2 ** again);
  }
  function sign() { alive = Date.now(); badge(); }
  const quiet = () => Date.now() - Math.max(alive, opened);
  function badge() {
    const link = $("#link");
    const open = source && source.readyState === EventSource.OPEN && quiet() < 30000;
    const lost = !open && (broken || quiet() > 5000);
    const text = open ? "live" : lost ? "no link: what you type is kept here" : "connecting";
    if (link.textContent !== text) { link.textContent = text; link.classList.toggle("off", lost); }
  }
  // Only a page that is looked at holds a line: a browser has six of them for all its tabs.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { leave(); } else { refresh(); listen(); }
  });
  addEventListener("online", () => { leave(); refresh(); listen(); });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) { refresh(); listen(); } });

  // --- The clock of the room, and what is said when time runs out.
  let shown = { seconds: Number($("#clock").dataset.seconds), since: Date.now(), paused: $("#state").textContent !== "running" };
  const said = new Set();
  function setClock(seconds, paused) {
    shown = { seconds, since: Date.now(), paused };
    const state = $("#state");
    if (state.textContent !== "over") state.textContent = paused ? "paused" : "running";
    tick();
  }
  function tick() {
    const passed = shown.paused ? 0 : Math.floor((Date.now() - shown.since) / 1000);
    const now = shown.seconds + passed;
    const two = (number) => String(number).padStart(2, "0");
    $("#clock").textContent = `${Math.floor(now / 3600)}:${two(Math.floor(now / 60) % 60)}:${two(now % 60)}`;
    for (const until of $$("[data-until]")) {
      const left = Number(until.dataset.until) - now;
      for (const minutes of [10, 5, 1, 0]) {
        const key = `${until.dataset.name} ${minutes}`;
        if (left <= minutes * 60 && left > minutes * 60 - 30 && !said.has(key)) {
          said.add(key);
          const told = minutes ? `${minutes} ${minutes > 1 ? "minutes" : "minute"} left` : "time is over";
          if (!shown.paused) say(`${until.dataset.name}: ${told}`);
        }
      }
    }
    // A line may be dead without anybody having said so, as after a change of network.
    if (source && quiet() > 30000) { broken = true; leave(); retry(); }
    badge();
  }
  setInterval(tick, 1000);

  // --- Forms: sent without leaving the page; what is typed stays until it is acknowledged.
  const fields = (form) => new URLSearchParams(new FormData(form));
  const typed = (form) => {
    const all = fields(form);
    for (const name of ["question", "role", "base", "receipt"]) all.delete(name);
    return all.toString();
  };
  const keyOf = (form) => `casus ${base} ${form.dataset.draft}`;
  function fill(form, text) {
    const values = new URLSearchParams(text);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden") continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.getAll(field.name).includes(field.value);
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
    if ($$("details input", form).some((field) => field.value)) $("details", form).open = true;
  }
  function prepare() {
    for (const form of $$("form[data-send]")) {
      if (form.elements.receipt && !form.elements.receipt.value) form.elements.receipt.value = random();
      if (!form.dataset.draft || form.dataset.ready || base.startsWith("/facilitator")) continue;
      form.dataset.ready = "yes";
      const own = store.get(keyOf(form));
      if (own !== null) fill(form, own);
      else shared(form);
    }
  }
  async function shared(form) {
    try {
      const answer = await fetch(`${base}/draft?question=${encodeURIComponent(form.dataset.draft)}`);
      if (answer.status === 200 && !form.dataset.dirty) fill(form, await answer.text());
    } catch { /* there is no link: nothing is shared */ }
  }
  let saving = null;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    form.dataset.dirty = "yes";
    // Whoever says something of a sentence means it.
    const tick = event.target.closest(".fields") && $("input[name^=pick]", event.target.closest(".claim"));
    if (tick && event.target.value) tick.checked = true;
    if (!form.dataset.draft || base.startsWith("/facilitator")) return;
    store.set(keyOf(form), typed(form));
    clearTimeout(saving);
    saving = setTimeout(() => {
      const draft = new URLSearchParams({ question: form.dataset.draft, form: typed(form) });
      fetch(`${base}/draft`, { method: "POST", body: draft }).catch(badge);
    }, 700);
  });
  function typing(text) {
    const at = text.indexOf(" ");
    const form = $(`form[data-draft="${CSS.escape(text.slice(0, at))}"]`);
    if (!form) return;
    const note = $(".typing", form);
    note.textContent = `${text.slice(at + 1)} is writing`;
    clearTimeout(note.timer);
    note.timer = setTimeout(() => { note.textContent = ""; }, 5000);
    if (!form.dataset.dirty) shared(form);
  }
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!("send" in form.dataset)) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const sent = fields(form);
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
      await taken(form, answer);
    } catch {
      if ("queue" in form.dataset) queue(form, sent);
      else say("Not sent: there is no link. What you typed is kept; send it again.");
    }
    delete form.dataset.sending;
  });
  async function taken(form, answer) {
    const home = new URL(answer.url);
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) { say(`Not taken: ${await answer.text()}`); return; }
    if (answer.ok) {
      $("#alert").replaceChildren();
      if (form.dataset.draft) store.drop(keyOf(form));
      if (!home.pathname.startsWith(base) || (home.pathname !== location.pathname && form.dataset.draft)) { location.href = answer.url; return; }
      delete form.dataset.dirty;
      if (!form.dataset.draft) form.reset();
      if (form.elements.receipt) form.elements.receipt.value = random();
    }
    const text = await answer.text();
    if (home.pathname === location.pathname || !answer.ok) exchange(text, true);
    else refresh();
    if (answer.status === 409 || answer.status === 422) $("#alert").scrollIntoView({ block: "center" });
  }

  // --- Notes of evaluators wait here while there is no link.
  const queued = () => JSON.parse(store.get(`casus ${base} queue`) || "[]");
  function queue(form, sent) {
    const all = queued();
    all.push({ to: form.action, body: sent.toString() });
    store.set(`casus ${base} queue`, JSON.stringify(all));
    form.reset();
    form.elements.receipt.value = random();
    $(".queued", form).textContent = `${all.length} kept here until the link is back`;
  }
  async function flush() {
    for (const note of queued()) {
      try {
        const answer = await fetch(note.to, { method: "POST", body: new URLSearchParams(note.body) });
        if (answer.status >= 500) return;
      } catch { return; }
      store.set(`casus ${base} queue`, JSON.stringify(queued().filter((other) => other.body !== note.body)));
    }
    const note = $(".queued");
    if (note) note.textContent = "";
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input[type=text], input:not([type]), textarea, select")) return;
    const rating = $$(".ratings input")["1234".indexOf(event.key)];
    if (rating) { rating.checked = true; rating.focus(); }
  });

  prepare();
  listen();
  badge();
})();
