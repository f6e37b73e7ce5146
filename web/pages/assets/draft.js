// 目标编制. The server renders the page; this saves what is typed, takes the answer into the page without disturbing
// what is being typed, and moves through the page by keys. Without it the same form and buttons are submitted.
import { morph } from "./morph.js";

const all = (s, n = document) => [...n.querySelectorAll(s)];
const one = (s, n = document) => n.querySelector(s);
const form = one("#draft");
if (form) drafting();

function drafting() {
  const wait = 400, again = 5000;
  const kept = () => "yardstick-draft-" + one("#main").dataset.draft;
  let timer, retry, told, dirty = false, composing = false, taking = false, busy = Promise.resolve(), sent = new Map();

  // ── what is in the form ──
  const entries = (of = form) => {
    const v = new URLSearchParams();
    for (const [k, x] of new FormData(of)) if (typeof x === "string") v.append(k, x);
    return v;
  };
  const fields = () => all("input, select, textarea", form);
  // what a person wrote, without revision and search
  const written = v => [...v].filter(([k]) => !"rev q do k".split(" ").includes(k)).map(p => p.join("=")).join("&");
  let last = written(entries());

  const say = text => { const s = one("#saved"); if (s && s.textContent !== text) s.textContent = text; };
  const store = () => {
    try { localStorage.setItem(kept(), JSON.stringify({ at: Date.now(), body: entries().toString() })); } catch { /* full or forbidden: the page still holds it */ }
  };
  const unstore = () => { try { localStorage.removeItem(kept()); } catch { /* as above */ } };

  // ── saving ──
  const changed = () => {
    if (taking) return; // a field that moves says that it changed
    if (written(entries()) === last) {
      if (dirty) unstore();
      dirty = false;
      clearTimeout(timer);
      return;
    }
    dirty = true;
    store();
    clearTimeout(timer);
    if (!composing) timer = setTimeout(() => push("op=save"), wait);
  };
  // one request at a time; the next one sees the revision of the one before
  const push = (op, after) => (busy = busy.then(() => send(op, after)).catch(e => console.error(e)));

  async function send(op, after) {
    clearTimeout(timer);
    const plain = op === "op=save";
    if (plain && !dirty) return;
    const body = entries();
    body.set("do", op);
    const mine = written(body);
    sent = new Map(fields().map(f => [f, f.value]));
    dirty = false;
    const slow = setTimeout(() => { say("正在保存"); form.setAttribute("aria-busy", "true"); }, 1000);
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "manual" });
    } catch {
      answer = null;
    }
    clearTimeout(slow);
    form.removeAttribute("aria-busy");
    if (!answer || answer.status >= 502) return away(plain ? null : op, after);
    const html = await answer.text();
    one("#away").hidden = true;
    if (!html.includes('id="main"')) { // not the page: what went wrong, in a sentence
      dirty = plain;
      store();
      say("没有存上");
      one("#toast").innerHTML = html;
      return;
    }
    last = mine;
    take(html, plain);
    if (!dirty) unstore();
    if (after) after();
    changed();
  }

  // no connection: the page keeps the change and tries again
  function away(op, after) {
    dirty = true;
    store();
    one("#away").hidden = false;
    say("还没有存上");
    clearTimeout(retry);
    retry = setTimeout(() => push(op || "op=save", after), again);
  }
  window.addEventListener("online", () => push("op=save"));

  // ── the answer ──
  function take(html, plain) {
    const to = new DOMParser().parseFromString(html, "text/html").getElementById("main");
    const here = document.activeElement, card = here && here.closest(".sug"), at = card ? all(".sug").indexOf(card) : -1;
    // typed since it was sent, or being typed in: stays as it is
    const keep = f => sent.has(f) && f.value !== sent.get(f) || plain && f === here;
    if (!plain) last = written(entries(one("form", to)));
    const trouble = one("#toast .note");
    if (trouble) trouble.remove(); // of the request before
    taking = true;
    morph(one("#main"), to, keep);
    taking = false;
    if (form.action !== location.href.split(/[?#]/)[0]) history.replaceState(null, "", form.action); // went on with a copy
    clearTimeout(told);
    told = setTimeout(() => { const s = one("#said"); if (s && !s.contains(document.activeElement)) s.remove(); }, 6000);
    show(form.dataset.show);
    sums();
    fit();
    const fresh = one("[data-focus]", form);
    if (fresh && !plain) { show("form"); one("[name=n]", fresh).focus(); return; }
    const row = one("tr.hit", form);
    if (row) row.scrollIntoView({ block: "nearest" });
    if (at >= 0 && !document.activeElement.closest(".sug")) {
      const list = all(".sug"), next = list[Math.min(at, list.length - 1)];
      if (next) next.focus();
    }
  }

  // ── events ──
  form.addEventListener("input", e => {
    if (e.target.name === "q") return;
    if (e.target.matches("[data-w]")) sums();
    if (e.target.matches("textarea")) fit();
    changed();
  });
  form.addEventListener("change", e => { if (e.target.name !== "q") { sums(); changed(); } });
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; changed(); });

  document.addEventListener("submit", e => {
    if (e.target !== form) return;
    e.preventDefault();
    const b = e.submitter, op = b && b.name === "do" ? b.value : "op=save";
    if (b && b.matches("[data-file]")) return file(op);
    if (op === "op=save") dirty = true;
    push(op);
  });

  // a file comes after what was typed is kept
  async function file(op) {
    await push("op=save");
    if (dirty) return; // not kept: the notes say why
    const d = one("#export");
    d.open = false;
    location.assign(`${form.action}/export.${op.includes("docx") ? "docx" : "xlsx"}`);
  }

  // a link leads away after what was typed is kept
  document.addEventListener("click", async e => {
    const a = e.target.closest("a[data-leave]");
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
    if (!dirty) return;
    e.preventDefault();
    await push("op=save");
    location.assign(a.href);
  });
  window.addEventListener("pagehide", () => {
    if (!dirty) return;
    store();
    const body = entries();
    body.set("do", "op=save");
    fetch(form.action, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
  });
  // a page from the back-forward cache may be older than the draft
  window.addEventListener("pageshow", e => { if (e.persisted) location.reload(); });

  // ── what an earlier visit could not keep ──
  const lost = () => {
    let k;
    try { k = JSON.parse(localStorage.getItem(kept())); } catch { return; }
    if (!k) return;
    const v = new URLSearchParams(k.body);
    if (written(v) === last) return unstore();
    const d = new Date(k.at), two = n => String(n).padStart(2, "0");
    one("[data-local]").textContent = `上次有没存上的改动（${d.getMonth() + 1} 月 ${d.getDate()} 日 ${two(d.getHours())}:${two(d.getMinutes())}）。`;
    one("#local").hidden = false;
  };
  document.addEventListener("click", async e => {
    const b = e.target.closest("[data-do^=local-]");
    if (!b) return;
    one("#local").hidden = true;
    if (b.dataset.do === "local-drop") return unstore();
    const v = new URLSearchParams(JSON.parse(localStorage.getItem(kept())).body);
    v.set("rev", one("[name=rev]", form).value);
    v.set("do", "op=save");
    try {
      const r = await fetch(form.action, { method: "POST", body: v, headers: { "HX-Request": "true" } });
      const html = await r.text();
      sent = new Map();
      take(html, false);
      unstore();
    } catch { one("#local").hidden = false; }
  });

  // ── weights add up while typing; the server's sums follow ──
  function sums() {
    const foot = one("[data-sums]"), by = {}, round = v => Math.round(v * 100) / 100;
    if (!foot) return;
    let total = 0;
    all("[data-w]", one(".ed")).forEach(i => {
      const v = parseFloat(i.value.replace(/[,，]/g, "")) || 0;
      by[i.dataset.w] = (by[i.dataset.w] || 0) + v;
      total += v;
    });
    const gap = (full, v) => { const g = round(full - v); return g === 0 ? "✓" : g > 0 ? `还差 ${g}` : `多 ${-g}`; };
    all("[data-sum]", foot).forEach(o => {
      const k = o.dataset.sum, v = by[k] || 0, full = Number(o.dataset.full), word = gap(full, v);
      o.textContent = String(round(v));
      one(`[data-gap="${k}"]`, foot).textContent = word;
      o.parentNode.classList.toggle("short", word !== "✓");
      const bar = one(`[data-bar="${k}"]`, foot);
      if (!bar) return;
      bar.setAttribute("width", `${full ? Math.min(1, v / full) * Number(bar.dataset.w) : 0}%`);
      bar.classList.toggle("short", word !== "✓");
    });
    one("[data-total]", foot).textContent = String(round(total + Number(foot.dataset.exec)));
  }

  // names grow with their text where the browser does not do it
  const grows = CSS.supports("field-sizing", "content");
  function fit() {
    if (grows) return;
    all("textarea.cell", form).forEach(t => { t.style.height = "auto"; t.style.height = `${t.scrollHeight + 2}px`; });
  }

  // ── keys ──
  const typing = e => e && /^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName);
  const rows = () => all("tr.ln", form);
  const bare = e => !e.ctrlKey && !e.metaKey && !e.altKey && !e.shiftKey;

  document.addEventListener("keydown", e => {
    if (e.isComposing || e.keyCode === 229) return; // the input method has the key
    const here = document.activeElement, cell = here && here.closest(".ed"), row = here && here.closest("tr.ln"), card = here && here.closest(".sug");
    const key = e.key.toLowerCase();
    if ((e.ctrlKey || e.metaKey) && !e.altKey && (key === "z" || key === "y")) {
      if (typing(here) && (dirty || here.name === "q")) return; // the field takes back its own
      e.preventDefault();
      push(key === "y" || e.shiftKey ? "op=redo" : "op=undo");
      return;
    }
    if (e.key === "F6") return pane(e);
    if (row && e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
      e.preventDefault();
      const name = here.name, k = row.dataset.row;
      push(`op=${e.key === "ArrowUp" ? "up" : "down"}&k=${k}`, () => { const f = one(`#row-${k} [name=${name || "n"}]`); if (f) f.focus(); });
      return;
    }
    if (!bare(e)) return;
    if (row && cell && e.key === "Enter" && typing(here) && here.tagName !== "SELECT") { e.preventDefault(); blank(row); return; }
    if (row && here.tagName === "INPUT" && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
      const list = rows(), next = list[list.indexOf(row) + (e.key === "ArrowUp" ? -1 : 1)], f = next && one(`[name=${here.name}]:not([type=hidden])`, next);
      if (f) { e.preventDefault(); f.focus(); f.select(); }
      return;
    }
    if (here && here.name === "q") {
      if (e.key === "Enter") { e.preventDefault(); const hit = one("#found .sug"); if (hit) hit.focus(); }
      if (e.key === "ArrowDown") { const first = one(".sug"); if (first) { e.preventDefault(); first.focus(); } }
      return;
    }
    if (here && here.closest(".facts") && e.key === "Enter" && here.tagName === "INPUT") { e.preventDefault(); push("op=save"); return; }
    if (card) cards(e, here, card);
  });

  // the list of suggestions: arrows choose, Enter adds, E shows the evidence, X dismisses
  function cards(e, here, card) {
    const list = all(".sug"), step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) {
      const next = list[list.indexOf(card) + step];
      if (next) { e.preventDefault(); next.focus(); next.scrollIntoView({ block: "nearest" }); }
      return;
    }
    if (here !== card) return; // a button or link in it has the key
    const press = q => { const b = one(q, card); if (b) { e.preventDefault(); b.click(); } };
    if (e.key === "Enter") press("[data-add]");
    if (e.key.toLowerCase() === "x") press("[data-skip]");
    if (e.key.toLowerCase() === "e") { const d = one("details", card); if (d) { e.preventDefault(); d.open = !d.open; } }
  }
  document.addEventListener("focusin", e => {
    const card = e.target.closest && e.target.closest(".sug");
    all(".sug.on").forEach(o => { if (o !== card) o.classList.remove("on"); });
    if (card) card.classList.add("on");
  });

  function pane(e) {
    e.preventDefault();
    const list = all(".pane").filter(p => p.getClientRects().length), i = list.findIndex(p => p.contains(document.activeElement)), next = list[(i + 1) % list.length];
    (one(".sug", next) || one("textarea.cell, input:not([type=hidden]), textarea, select, button, a", next) || next).focus();
  }

  // a new row at once, so that nothing typed goes astray; the server gives it the rest
  function blank(row) {
    const k = `n${Date.now().toString(36)}`, copy = row.cloneNode(true), old = row.dataset.row;
    copy.id = `row-${k}`;
    copy.dataset.row = k;
    copy.className = "ln";
    all("[id]", copy).forEach(n => { n.id = n.id.replace(old, k); });
    all("[aria-controls]", copy).forEach(n => n.remove());
    const cls = one("[name=a]", row).value;
    all("input, textarea", copy).forEach(f => { f.value = ""; f.removeAttribute("aria-invalid"); });
    one("[name=k]", copy).value = k;
    one("[name=a]", copy).value = cls;
    one(".rf", copy).textContent = "";
    const words = one(".tg[colspan]", copy);
    if (words) one("[name=c]", copy).value = "定性";
    else one("[name=c]", copy).value = one("[name=c]", row).value || "≥";
    let last = row;
    while (last.nextElementSibling && !last.nextElementSibling.matches("tr.ln, tr.grp")) last = last.nextElementSibling;
    last.after(copy);
    one("[name=n]", copy).focus();
  }

  // ── the library beside the suggestions ──
  let asking, typed;
  form.addEventListener("input", e => {
    if (e.target.name !== "q") return;
    clearTimeout(typed);
    typed = setTimeout(async () => {
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const r = await fetch(`${form.action}/find?q=${encodeURIComponent(e.target.value)}`, { headers: { "HX-Request": "true" }, signal: asking.signal });
        const to = new DOMParser().parseFromString(await r.text(), "text/html").getElementById("found");
        if (to) morph(one("#found"), to, () => false);
      } catch { /* a later word was typed, or the notes say that there is no connection */ }
    }, 150);
  });

  // ── narrow windows show one pane at a time ──
  function show(name) {
    form.dataset.show = name;
    all(".tabs-m [data-pane]", form).forEach(b => b.setAttribute("aria-selected", b.dataset.pane === name));
  }
  form.addEventListener("click", e => { const b = e.target.closest("[data-pane]"); if (b) show(b.dataset.pane); });
  form.addEventListener("click", e => { const a = e.target.closest('a[href^="#task-"]'); if (a) show("sugs"); });

  show(form.dataset.show);
  sums();
  fit();
  lost();
}
